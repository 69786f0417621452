package org.positionmanager.workflows.position;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.activity.FailureReason;
import org.positionmanager.workflows.activity.LedgerActivities.RecordedQuotes;
import org.positionmanager.workflows.rules.Observation;

/**
 * Lets the shadow plan see what the position was judged by, in its order, and records what it would
 * have done. Reviews of a watched position are rare; what its watch saw between them is in the
 * ledger. Nothing of the real position waits for it.
 */
final class ShadowReview {
  /** Of a quiet position that is three hours; the next look goes on from there. */
  private static final int AT_ONCE = 200;

  /** The exchange's, which tells of fills, and ours, by which the watch saw quotes. */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(1);

  /** More than a position keeps of two busy days. */
  private static final int LOOKS_AT_THE_END = 6;

  private final StateCell cell;
  private final Waiting waiting;
  private boolean byRecord;
  private boolean reading;

  ShadowReview(StateCell cell, Waiting waiting) {
    this.cell = cell;
    this.waiting = waiting;
  }

  /**
   * To be called before anything is looked at: asking for a version yields, and between a look and
   * what follows from it nothing else may happen. Lives from before saw what reviews saw, and no
   * more.
   */
  void prepare() {
    byRecord =
        cell.get().shadow().filter(shadow -> !shadow.isOver()).isPresent()
            && Workflow.getVersion("shadow-by-record", Workflow.DEFAULT_VERSION, 1) == 1;
  }

  /**
   * A review has seen something.
   *
   * @param before what the review before has seen
   */
  void look(Observation seen, Optional<Observation> before) {
    Optional<Instant> since = seenUpTo();
    if (since.isEmpty() || cell.get().arming().isEmpty() || !byRecord) {
      see(List.of(seen));
    } else if (!reading) {
      reading = true;
      // a thread of the workflow's own: neither an exit nor a person waits for the ledger
      Async.procedure(() -> look(seen, before, since.get()));
    }
  }

  private void look(Observation seen, Optional<Observation> before, Instant since) {
    try {
      RecordedQuotes recorded =
          Steps.ledgerSoon("quotes for the shadow plan")
              .quotesAfter(cell.get().id(), since, AT_ONCE);
      // a split, or the position's end, may have come between
      if (seenUpTo().equals(Optional.of(since))) {
        boolean isAll = recorded.quotes().size() < AT_ONCE;
        Instant settled = ShadowPath.settled(seen);
        Instant until = isAll ? settled : earlier(settled, recorded.quotes().getLast().seenAt());
        boolean isNews =
            see(
                ShadowPath.of(recorded, seen)
                    .and(before)
                    .and(Optional.of(seen))
                    .upTo(until, since));
        if (isNews) {
          // so that it is recorded
          waiting.nudge();
        }
      }
    } catch (ActivityFailure failure) {
      Workflow.getLogger(ShadowReview.class)
          .warn("{}: the shadow plan waits: {}", cell.get().id(), FailureReason.of(failure));
    } finally {
      reading = false;
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /**
   * The position is closed, and so is the shadow's story: with what was seen until then.
   *
   * @param at exchange time
   */
  void end(Instant at) {
    prepare();
    Optional<Observation> last = cell.get().lastSeen();
    boolean isMore = byRecord && last.isPresent();
    for (int i = 0; isMore && i < LOOKS_AT_THE_END; i++) {
      isMore = endWith(last.get(), at.plus(CLOCKS_DIFFER));
    }
  }

  /** Returns whether there is more. */
  private boolean endWith(Observation last, Instant at) {
    Optional<Instant> since = seenUpTo();
    if (since.isEmpty()) {
      return false;
    }
    RecordedQuotes recorded = recordedAtTheEnd(since.get());
    // a review's look may have come to its end meanwhile
    since = seenUpTo();
    if (since.isEmpty()) {
      return false;
    }
    boolean isAll = recorded.quotes().size() < AT_ONCE;
    ShadowPath path = ShadowPath.of(recorded, last);
    if (isAll) {
      path = path.and(Optional.of(last)).and(cell.get().unrecordedQuotes(), last);
    }
    see(path.upTo(isAll ? at : recorded.quotes().getLast().seenAt(), since.get()));
    return !isAll;
  }

  /** The history is written to the same ledger, so that being patient keeps nobody waiting. */
  private RecordedQuotes recordedAtTheEnd(Instant since) {
    try {
      return Steps.ledgerForAWhile("the last quotes for the shadow plan")
          .quotesAfter(cell.get().id(), since, AT_ONCE);
    } catch (ActivityFailure failure) {
      Workflow.getLogger(ShadowReview.class)
          .warn(
              "{}: the shadow plan ends with what it has seen: {}",
              cell.get().id(),
              FailureReason.of(failure));
      return new RecordedQuotes(List.of(), List.of());
    }
  }

  /** Empty where it has not seen anything, is over, or is not there. */
  private Optional<Instant> seenUpTo() {
    return cell.get().shadow().filter(shadow -> !shadow.isOver()).flatMap(Shadow::seenUpTo);
  }

  /** Returns whether it would have closed something. */
  private boolean see(List<Observation> path) {
    Optional<Shadow> before = cell.get().shadow();
    Optional<Shadow> after = before.map(shadow -> seeing(shadow, path));
    if (after.equals(before)) {
      return false;
    }
    Shadow now = after.orElseThrow();
    int known = before.orElseThrow().exits().size();
    List<Shadow.Exit> fresh = now.exits().subList(known, now.exits().size());
    cell.update(
        change -> {
          fresh.forEach(exit -> tell(change, now, exit));
          return change.shadow(after);
        });
    return !fresh.isEmpty();
  }

  private static Shadow seeing(Shadow shadow, List<Observation> path) {
    Shadow now = shadow;
    for (Observation seen : path) {
      now = now.seeing(seen);
    }
    return now;
  }

  private static void tell(StateChange change, Shadow shadow, Shadow.Exit exit) {
    change.event(
        PositionEvent.Type.SHADOW_EXIT,
        exit.at(),
        "shadow plan %s would have closed %s at %s: %s"
            .formatted(
                shadow.plan().name().orElse("without a name"),
                exit.quantity(),
                exit.price().map(Object::toString).orElse("an unknown price"),
                exit.rule()),
        "reason",
        exit.reason().name(),
        "quantity",
        exit.quantity().toString(),
        "price",
        exit.price().map(Object::toString).orElse(""));
  }
}
