package org.positionmanager.benchmarks.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.positionmanager.benchmarks.Latencies;
import org.positionmanager.e2e.DispatcherRows;
import org.positionmanager.worker.process.ManagedProcess;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;

/**
 * A long while with faults: positions breach at random moments, requests and streams fail, workers
 * are killed and started again, and what was closed is replaced by a new position. Then all is let
 * come to an end, and the exchange's list of orders says whether each breach led to exactly one
 * filled exit, and nothing else was sold.
 */
final class Soak {
  static final String EXITS = "soak: every breach has exactly one filled exit";
  static final String TIMES = "soak: breach to exit filled";

  private static final int BREACH_EACH_MILLIS = 2_000;
  private static final int FAULT_EACH_MILLIS = 4_000;
  private static final int KILL_EACH_MILLIS = 180_000;
  private static final Duration TURN = Duration.ofMillis(200);
  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(5);

  private final SystemDesk desk;
  private final Progress progress;
  private final LedgerLook look;
  private final Opener opener;
  private final SplittableRandom random;
  private final SoakFaults faults;
  private final SoakMemory memory;
  private final Map<PositionId, Instant> breached = new LinkedHashMap<>();
  private final Deque<PositionId> closing = new ArrayDeque<>();
  private final List<PositionId> open = new ArrayList<>();

  /** The worker whose memory is judged, and the one that may be killed all the time. */
  private ManagedProcess lasting;

  private ManagedProcess other;
  private int workers = 2;
  private int kills;

  private Soak(SystemDesk desk, LedgerLook look, Progress progress, long seed) {
    this.desk = desk;
    this.look = look;
    this.progress = progress;
    opener = new Opener(desk, progress);
    random = new SplittableRandom(seed);
    faults =
        new SoakFaults(
            desk.broker(), desk.layout().accountsOf(Layout.Group.WATCHED), random.split());
    memory = new SoakMemory(desk);
  }

  /** Runs one on a desk of its own. */
  static void run(int positions, Duration lasts, long seed, Progress progress, Consumer<Row> rows)
      throws Exception {
    Layout layout = Layout.probesOnly(positions);
    try (SystemDesk desk = SystemDesk.start(layout, List.of("-Xmx1g"), progress::tell);
        LedgerLook look = desk.look()) {
      new Soak(desk, look, progress, seed).run(lasts, rows);
    }
  }

  private void run(Duration lasts, Consumer<Row> rows) throws Exception {
    lasting = worker(1);
    other = worker(2);
    desk.startIntake();
    open(desk.layout().probesOf(Layout.Group.WATCHED));
    int positions = open.size();
    progress.tell("soaking for " + lasts);
    long begun = System.nanoTime();
    long end = begun + lasts.toNanos();
    long third = begun + lasts.toNanos() / 3;
    Dice breaches = new Dice(BREACH_EACH_MILLIS, random.split());
    Dice strikes = new Dice(FAULT_EACH_MILLIS, random.split());
    Dice deaths = new Dice(KILL_EACH_MILLIS, random.split());
    long minute = 0;
    while (System.nanoTime() < end) {
      Thread.sleep(TURN);
      if (breaches.falls()) {
        breach();
      }
      if (strikes.falls()) {
        faults.strike();
      }
      if (deaths.falls()) {
        kill(System.nanoTime() < third);
      }
      replace();
      if ((System.nanoTime() - begun) / Duration.ofMinutes(1).toNanos() >= minute) {
        minute++;
        memory.sample(lasting);
        progress.tell(
            "  minute %d: %d breaches, %d closing, %d open, %d kills, faults %s"
                .formatted(
                    minute - 1,
                    breached.size(),
                    closing.size(),
                    open.size(),
                    kills,
                    faults.set().values().stream().mapToInt(it -> it).sum()));
      }
    }
    settle();
    judge(positions, rows);
    memory.rows(positions).forEach(rows);
  }

  private ManagedProcess worker(int number) throws IOException {
    return desk.startWorker(
        "worker-" + number, Layout.Group.WATCHED, true, SystemDesk.REVIEW_EVERY);
  }

  private void open(List<Holding> holdings) throws Exception {
    List<DispatcherRows.Row> rows = opener.buy(holdings);
    opener.openAll(rows, Layout.Group.WATCHED, look, Duration.ofMinutes(20));
    rows.forEach(row -> open.add(row.id()));
  }

  /** One that is armed, or none this time. */
  private void breach() throws IOException, SQLException {
    PositionId id = open.get(random.nextInt(open.size()));
    if (!look.isArmed(id.execution())) {
      return;
    }
    open.remove(id);
    breached.put(id, desk.broker().pricesAre(Map.of(id.instrument().symbol(), Bench.BREACHED)));
    closing.add(id);
  }

  /**
   * After the first third the same worker goes on living, so that its memory can be judged: with
   * each death of the other it keeps more workflows in memory, and by the last third nearly all.
   */
  private void kill(boolean any) throws IOException {
    kills++;
    if (any && random.nextBoolean()) {
      lasting.kill();
      lasting = other;
    } else {
      other.kill();
    }
    workers++;
    other = worker(workers);
  }

  /** Who is closed makes room for a new position of the same symbol at its own price. */
  private void replace() throws Exception {
    List<Holding> free = new ArrayList<>();
    for (int i = closing.size(); i > 0; i--) {
      PositionId id = closing.removeFirst();
      if (look.isClosed(id.execution())) {
        free.add(new Holding(id.account().value(), id.instrument().symbol()));
      } else {
        closing.addLast(id);
      }
    }
    if (free.isEmpty()) {
      return;
    }
    desk.broker().pricesAreFree(free.stream().map(Holding::symbol).toList());
    List<DispatcherRows.Row> rows = opener.buy(free);
    DispatcherRows.insert(desk.ledger(), rows);
    rows.forEach(row -> open.add(row.id()));
  }

  private void settle() throws Exception {
    progress.tell("waiting until everything that breached is closed");
    long end = System.nanoTime() + SETTLED_WITHIN.toNanos();
    while (!closing.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(TURN);
      List<PositionId> closed = new ArrayList<>();
      for (PositionId id : closing) {
        if (look.isClosed(id.execution())) {
          closed.add(id);
        }
      }
      closing.removeAll(closed);
    }
  }

  private void judge(int positions, Consumer<Row> rows) throws IOException {
    Map<PositionId, List<JsonNode>> sold = new LinkedHashMap<>();
    int strangers = 0;
    for (String account : desk.layout().accountsOf(Layout.Group.WATCHED)) {
      for (JsonNode order : desk.broker().ordersOf(account, Optional.empty())) {
        if (order.path("side").asText().equals("sell")
            && new BigDecimal(order.path("filled_qty").asText()).signum() > 0) {
          Optional<PositionId> of = ownerOf(order);
          of.ifPresent(it -> sold.computeIfAbsent(it, id -> new ArrayList<>()).add(order));
          strangers += of.isEmpty() ? 1 : 0;
        }
      }
    }
    List<Duration> took = new ArrayList<>();
    int missed = 0;
    int twice = 0;
    for (Map.Entry<PositionId, Instant> each : breached.entrySet()) {
      List<JsonNode> exits = sold.getOrDefault(each.getKey(), List.of());
      missed += exits.isEmpty() ? 1 : 0;
      twice += exits.size() > 1 ? 1 : 0;
      if (!exits.isEmpty()) {
        took.add(
            Duration.between(
                each.getValue(), Instant.parse(exits.getFirst().path("filled_at").asText())));
      }
    }
    List<PositionId> unasked =
        sold.keySet().stream().filter(it -> !breached.containsKey(it)).toList();
    unasked.forEach(
        it -> progress.tell("  sold without a breach: %s %s".formatted(it, sold.get(it))));
    boolean good = missed + twice + unasked.size() + strangers + closing.size() == 0;
    rows.accept(
        Row.figure(
                EXITS,
                Optional.of(positions),
                breached.size() - missed - twice,
                "of " + breached.size() + " breaches",
                Optional.of("all"),
                Optional.of(good))
            .with(
                "note",
                "%d missed, %d sold twice, %d sold without a breach, %d sold by nobody known, %d not closed in the ledger; %d kills; faults %s"
                    .formatted(
                        missed,
                        twice,
                        unasked.size(),
                        strangers,
                        closing.size(),
                        kills,
                        faults.set())));
    if (!took.isEmpty()) {
      rows.accept(Row.durations(TIMES, positions, Latencies.of(took)));
    }
  }

  private Optional<PositionId> ownerOf(JsonNode order) {
    return ClientOrderId.ifOurs(order.path("client_order_id").asText())
        .flatMap(
            ours ->
                Stream.concat(breached.keySet().stream(), open.stream())
                    .filter(ours::belongsTo)
                    .findFirst());
  }
}
