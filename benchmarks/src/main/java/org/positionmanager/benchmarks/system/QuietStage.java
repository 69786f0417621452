package org.positionmanager.benchmarks.system;

import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.positionmanager.e2e.DispatcherRows;

/** What positions cost while nothing happens to them. */
final class QuietStage {
  static final String CALLS = "broker calls per account-minute, quiet";
  static final String ACTIONS = "engine actions per quiet position-day";

  /** Exchange seconds in one real second while engine actions are counted. */
  static final int SPEED = 30;

  private static final Duration ARMED_WITHIN = Duration.ofMinutes(3);
  private static final int MOST_ACTIONS = 100;
  private static final double MOST_GROWTH = 1.2;
  private static final Duration SESSION = Duration.ofMinutes(390);

  /** Events that Temporal bills as actions; heartbeats, which leave no event, come on top. */
  private static final Set<EventType> BILLED =
      Set.of(
          EventType.EVENT_TYPE_TIMER_STARTED,
          EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
          EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
          EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
          EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
          EventType.EVENT_TYPE_MARKER_RECORDED,
          EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW);

  private final Bench bench;

  QuietStage(Bench bench) {
    this.bench = bench;
  }

  /** Requests of the watched accounts over a while, for each account and minute. */
  double callsPerAccountMinute() throws Exception {
    long before = calls();
    long begun = System.nanoTime();
    Thread.sleep(bench.scale().quiet());
    double minutes = (System.nanoTime() - begun) / 60e9;
    return (calls() - before) / minutes / bench.layout().accounts();
  }

  private long calls() throws Exception {
    return bench.desk().broker().requestCounts().entrySet().stream()
        .filter(it -> it.getKey().startsWith(Layout.Group.WATCHED.prefix()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** The row, from one measurement with few positions and one with many. */
  Row calls(int few, double ofFew, int many, double ofMany) {
    double growth = ofMany / ofFew;
    return Row.figure(
            CALLS,
            Optional.of(many),
            Math.round(ofMany * 10) / 10.0,
            "requests",
            Optional.of("at most %.1f times those with %d positions".formatted(MOST_GROWTH, few)),
            Optional.of(growth <= MOST_GROWTH))
        .with(
            "note",
            "%.1f with %d positions, %.1f with %d, over %d s each"
                .formatted(ofFew, few, ofMany, many, bench.scale().quiet().toSeconds()));
  }

  /**
   * Counts what the histories of open positions gain while exchange time runs faster, so that many
   * reviews come in short time. By a worker of its own, for one that runs learns of the pace only
   * after a while, and timers keep their length.
   */
  Row actions(List<Holding> holdings) throws Exception {
    bench.desk().broker().runsAt(SPEED);
    bench.startWorker();
    List<DispatcherRows.Row> rows = bench.opener().buy(holdings);
    bench.opener().openAll(rows, Layout.Group.WATCHED, bench.look(), ARMED_WITHIN);
    bench.opened(rows.size());
    Duration window = bench.scale().actions();
    // the first review comes before the watch vouches for its prices
    Thread.sleep(Duration.ofSeconds(10));
    long before = billed(rows);
    long begun = System.nanoTime();
    Thread.sleep(window);
    long gained = billed(rows) - before;
    double sessions = (System.nanoTime() - begun) / 1e9 * SPEED / SESSION.toSeconds();
    bench.worker().close();
    bench.desk().broker().runsAt(1);
    double perDay = gained / sessions / rows.size();
    return Row.figure(
            ACTIONS,
            Optional.of(rows.size()),
            Math.round(perDay * 10) / 10.0,
            "actions",
            Optional.of("at most " + MOST_ACTIONS),
            Optional.of(perDay <= MOST_ACTIONS))
        .with(
            "note",
            "timers, activities, signals, updates, upserts and markers in histories of %d s at %d times real time, for a session of 390 min; the watch's heartbeats, one a second and account, come on top"
                .formatted(window.toSeconds(), SPEED));
  }

  private long billed(List<DispatcherRows.Row> rows) {
    WorkflowClient client = bench.desk().client();
    return rows.stream()
        .mapToLong(
            row ->
                client.fetchHistory(row.id().workflowId()).getEvents().stream()
                    .filter(event -> BILLED.contains(event.getEventType()))
                    .count())
        .sum();
  }
}
