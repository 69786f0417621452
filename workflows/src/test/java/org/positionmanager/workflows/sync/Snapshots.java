package org.positionmanager.workflows.sync;

import static org.positionmanager.workflows.sync.Examples.SHARES;
import static org.positionmanager.workflows.sync.Examples.TEN;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What an account looks like at noon, with one stock. */
final class Snapshots {
  static final AccountName LARGE = new AccountName("large");
  static final Instant NOON = TEN.plus(Duration.ofHours(2));

  private Snapshots() {}

  static LedgerView.Row row(PositionId id, int held, Instant openedAt) {
    return row(id, held, openedAt, Phase.PROTECTED, Optional.empty());
  }

  static LedgerView.Row row(
      PositionId id, int held, Instant openedAt, Phase phase, Optional<Instant> closedAt) {
    return new LedgerView.Row(
        id,
        phase,
        Direction.LONG,
        Optional.of(Quantity.of(10)),
        Quantity.of(held),
        Optional.of(Price.parse("100")),
        Optional.of(openedAt),
        Optional.empty(),
        closedAt,
        openedAt,
        false,
        false,
        Map.of(),
        Map.of(),
        Map.of(),
        Optional.of(Duration.ofMinutes(1)),
        Optional.of(NOON.minusSeconds(20)));
  }

  /** The same as if another system had looked after it until then. */
  static LedgerView.Row takenOver(LedgerView.Row row, Instant since) {
    return new LedgerView.Row(
        row.id(),
        row.phase(),
        row.direction(),
        row.opened(),
        row.held(),
        row.entry(),
        row.openedAt(),
        Optional.of(since),
        row.closedAt(),
        row.trackedSince(),
        row.adopted(),
        row.paused(),
        row.booked(),
        row.splits(),
        row.gaveWay(),
        row.reviewEvery(),
        row.reviewedAt());
  }

  static Snapshot snapshot(
      Instant at,
      int held,
      List<Closing> closings,
      List<Opening> openings,
      LedgerView.Row... rows) {
    Quantity quantity = Quantity.of(Math.abs(held));
    Direction direction = held < 0 ? Direction.SHORT : Direction.LONG;
    List<Holding> holdings =
        held == 0
            ? List.of()
            : List.of(
                new Holding(
                    SHARES.instrument(), direction, quantity, quantity, Price.parse("101")));
    Map<PositionId, EngineView.Life> lives =
        List.of(rows).stream()
            .collect(Collectors.toMap(LedgerView.Row::id, row -> EngineView.Life.RUNNING));
    List<WatchView.Armed> armed =
        List.of(rows).stream()
            .map(row -> new WatchView.Armed(row.id(), 1, true, 1, true, false, Optional.empty()))
            .toList();
    return new Snapshot(
        LARGE,
        new BrokerView(at, at, holdings, List.of(), closings, openings, List.of()),
        new LedgerView(at, List.of(rows)),
        new EngineView(at, lives),
        new WatchView(at, true, armed));
  }

  static Closing sold(String order, int quantity, Instant at) {
    return new Closing(
        SHARES.instrument(),
        Direction.LONG,
        Closing.Kind.FILLED,
        new ClosingFill(
            new BrokerOrderId(order), "", Quantity.of(quantity), Price.parse("99"), at));
  }

  static Closing bought(String order, int quantity, Instant at) {
    return new Closing(
        SHARES.instrument(),
        Direction.SHORT,
        Closing.Kind.FILLED,
        new ClosingFill(
            new BrokerOrderId(order), "", Quantity.of(quantity), Price.parse("99"), at));
  }

  static List<Finding> found(Snapshot snapshot) {
    return Comparison.of(snapshot, SyncRules.SHIPPED).found();
  }

  static Snapshot with(Snapshot of, List<ShareChange> changes) {
    BrokerView broker =
        new BrokerView(
            of.broker().readAt(),
            of.broker().exchangeTime(),
            of.broker().holdings(),
            List.of(),
            of.broker().closings(),
            of.broker().openings(),
            changes);
    return new Snapshot(LARGE, broker, of.ledger(), of.engine(), of.watch());
  }
}
