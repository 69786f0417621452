package org.positionmanager.benchmarks.system;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.positionmanager.e2e.Broker;
import org.positionmanager.e2e.DispatcherRows;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;

/** Opens positions as a dispatcher does: an order at the broker, then a row. */
final class Opener {
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration LOOK_AT_MANY = Duration.ofMillis(100);

  private final SystemDesk desk;
  private final Broker broker;
  private final Progress progress;

  Opener(SystemDesk desk, Progress progress) {
    this.desk = desk;
    this.broker = desk.broker();
    this.progress = progress;
  }

  /** Buys one of each; rows for them are not written yet. */
  List<DispatcherRows.Row> buy(List<Holding> holdings) throws IOException {
    Instant now = broker.now();
    List<DispatcherRows.Row> rows = new ArrayList<>();
    Progress.Counting bought = progress.counting("bought", holdings.size());
    for (Holding holding : holdings) {
      PositionId id =
          new PositionId(
              new AccountName(holding.account()),
              Instrument.parse(holding.symbol()),
              UUID.randomUUID());
      rows.add(
          new DispatcherRows.Row(id, 1, broker.buys(holding.account(), holding.symbol(), 1), now));
      bought.at(rows.size());
    }
    return rows;
  }

  /** Writes one row and waits until its position is armed and its watch goes by that. */
  Duration openOne(DispatcherRows.Row row, LedgerLook look, Duration patience)
      throws SQLException, InterruptedException {
    long begun = System.nanoTime();
    DispatcherRows.insert(desk.ledger(), List.of(row));
    while (!look.isArmed(row.id().execution())) {
      if (System.nanoTime() - begun > patience.toNanos()) {
        throw new IllegalStateException("not armed within " + patience + ": " + row.id());
      }
      Thread.sleep(LOOK);
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /**
   * Writes all rows at once and waits until all positions are armed, watched or not.
   *
   * @return for each, when it was seen to be armed, within {@link Looking some tenths} of a second
   *     for a thousand
   */
  List<Duration> openAll(
      List<DispatcherRows.Row> rows, Layout.Group group, LedgerLook look, Duration patience)
      throws SQLException, InterruptedException {
    long before = ready(group, look);
    long begun = System.nanoTime();
    Progress.Counting counting = progress.counting("positions armed", rows.size());
    DispatcherRows.insert(desk.ledger(), rows);
    List<Duration> armed = new ArrayList<>();
    Looking looking = Looking.each(LOOK_AT_MANY);
    while (armed.size() < rows.size()) {
      looking.pause();
      long ready = ready(group, look) - before;
      long now = System.nanoTime();
      while (armed.size() < ready) {
        armed.add(Duration.ofNanos(now - begun));
      }
      if (now - begun > patience.toNanos()) {
        throw new IllegalStateException(
            "%d of %d positions armed within %s".formatted(ready, rows.size(), patience));
      }
      counting.at(ready);
    }
    return armed;
  }

  private static long ready(Layout.Group group, LedgerLook look) throws SQLException {
    return switch (group) {
      case WATCHED -> look.armed(group.prefix());
      case REVIEWED, POLLED -> look.inPhase(group.prefix(), "PROTECTED");
    };
  }
}
