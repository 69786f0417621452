package org.positionmanager.workflows.position;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Extra;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.PriceSource;
import org.positionmanager.workflows.value.Quantity;

/** One look at a position: what was seen, what the plan says, what follows. */
final class Review {
  /** Between two looks at an absence that people have been told of. */
  private static final Duration UNEXPLAINED_LOOK = Duration.ofMinutes(5);

  private static final Duration AFTER_A_FAILED_READ = Duration.ofSeconds(5);

  private final StateCell cell;
  private final Recorder recorder;
  private final Reconciler reconciler;
  private final Waiting waiting;
  private final Notices notices;
  private final UntoldSplit untold;
  private final ShadowReview shadow;

  Review(StateCell cell, Recorder recorder, Reconciler reconciler, Waiting waiting) {
    this.cell = cell;
    this.recorder = recorder;
    this.reconciler = reconciler;
    this.waiting = waiting;
    this.notices = new Notices(cell, recorder);
    this.untold = new UntoldSplit(cell, recorder);
    this.shadow = new ShadowReview(cell, waiting);
  }

  /** The position is closed: its shadow plan sees what was seen until then. */
  void endShadow(Instant at) {
    shadow.end(at);
  }

  void step() {
    PositionState state = cell.get();
    if (state.pendingClose().isPresent()) {
      closeByHand(state.pendingClose().get());
      return;
    }
    Optional<Observation> seen = look();
    if (seen.isEmpty()) {
      waiting.upTo(AFTER_A_FAILED_READ, "the broker to be readable again");
    } else if (!isOvertaken() && !cell.get().held().isZero()) {
      if (untold.isSeen(seen.get())) {
        waiting.upTo(UntoldSplit.LOOK, "the broker to tell of a split");
      } else {
        judge(seen.get());
      }
    }
  }

  /**
   * Whether the watch's exit was taken over while something was read: it goes on from there. Lives
   * from before that was asked judged all the same.
   */
  boolean isOvertaken() {
    return cell.get().exit().isPresent()
        && Workflow.getVersion("overtaken-review", Workflow.DEFAULT_VERSION, 1) == 1;
  }

  /** Empty where market or holdings could not be read, of which the note tells. */
  private Optional<Observation> look() {
    shadow.prepare();
    PositionState state = cell.get();
    try {
      return Optional.of(
          sinceEntry(
              Steps.market("review " + state.id().instrument())
                  .checkPosition(state.id(), state.terms().direction(), asked(state))));
    } catch (ActivityFailure failure) {
      String why = "could not read market or holdings: " + failure.getCause();
      cell.update(change -> change.note(Optional.of(why)));
      return Optional.empty();
    }
  }

  /** Runs from before that judged by quotes from before the entry, too. */
  private Observation sinceEntry(Observation seen) {
    Instant filledAt = cell.get().basis().orElseThrow().filledAt();
    return seen.isQuotedBefore(filledAt)
            && Workflow.getVersion("quotes-since-entry", Workflow.DEFAULT_VERSION, 1) == 1
        ? seen.sinceEntry(filledAt)
        : seen;
  }

  /**
   * What the plan says to all that is held, while an exit of a part cannot go on.
   *
   * @return an exit of everything; empty where there is none, or where people paused the rules
   */
  Optional<Decision.Exit> exitOfAll() {
    Optional<Observation> seen = look();
    if (seen.isEmpty() || cell.get().isPaused() || untold.isSeen(seen.get())) {
      return Optional.empty();
    }
    return take(judge(cell.get()), seen.get()).decision() instanceof Decision.Exit exit
            && exit.part().isEmpty()
        ? Optional.of(exit)
        : Optional.empty();
  }

  /** Judges what was seen, and remembers both. */
  private Judge.Look take(Judge before, Observation seen) {
    Judge.Look look = RulesEdition.look(before, seen);
    Optional<Observation> last = cell.get().lastSeen();
    cell.update(
        change -> {
          change.basis(look.judge().basis()).seen(seen).decided(look.decision());
          return QuoteRecords.keep(change, cell.get(), look.judge(), seen, look.decision());
        });
    shadow.look(seen, last);
    return look;
  }

  private void closeByHand(CloseCommand command) {
    Quantity wanted =
        command
            .quantity()
            .map(asked -> Quantity.min(asked, cell.get().held()))
            .orElse(cell.get().held());
    decide(ExitReason.MANUAL, wanted, command.why());
  }

  /**
   * What plan and shadow want to see, in a fixed order. While quotes are unusable the watch's is
   * not enough; a trade of the underlying is worth a request once its quote has been missed for too
   * long.
   */
  private List<Extra> asked(PositionState state) {
    Judge judge = judge(state);
    Set<Extra> extras = EnumSet.copyOf(judge.asks());
    state.shadow().ifPresent(shadow -> extras.addAll(shadow.judge().asks()));
    if (state.arming().filter(Arming::armed).isPresent()) {
      extras.add(Extra.WATCH);
    }
    if (judge.basis().track().unknownSince().isPresent()) {
      extras.add(Extra.READ_QUOTE);
    }
    Plan plan = judge.plan();
    if (plan.sight().fallbacks().contains(PriceSource.LAST_TRADE)
        && cell.lastSeenAsOfNow()
            .filter(seen -> state.told().missesUnderlying(plan, seen.moment().now()))
            .isPresent()) {
      extras.add(Extra.UNDERLYING_TRADE);
    }
    return List.copyOf(extras);
  }

  private static Judge judge(PositionState state) {
    return Judge.of(
        state.plan().orElseThrow(), state.basis().orElseThrow().closing(state.closed()));
  }

  private void judge(Observation seen) {
    Judge before = judge(cell.get());
    Optional<Decision> decidedBefore = cell.get().lastDecision();
    boolean wasBlind = isBlind(before, cell.get().lastSeen());
    Judge.Look look = take(before, seen);
    Judge judge = look.judge();
    Decision decision = look.decision();
    if (isGone(seen)) {
      return;
    }
    if (decision instanceof Decision.Exit exit && !cell.get().isPaused()) {
      decide(exit.reason(), exit.part().orElse(cell.get().held()), why(exit));
      return;
    }
    notices.tell(judge, seen, decision, wasBlind, decidedBefore);
    recorder.catchUp("record what happened");
    waiting.upTo(
        ReviewTiming.untilNext(
            seen.moment(),
            ReviewTiming.interval(
                judge.plan().reviewEvery(),
                // a plan that stands in is to be replaced soon, however well it is watched
                seen.watch().filter(watch -> !cell.get().standIn()),
                cell.get().arming()),
            Stream.concat(
                    nextChange(judge, seen).stream(),
                    cell.get().told().nextDue(judge.plan(), seen.moment().now()).stream())
                .min(Instant::compareTo)),
        "the next review");
  }

  /** The trace of the rule that decided, in one sentence. */
  static String why(Decision.Exit exit) {
    return "%s: %s (level %s, observed %s)"
        .formatted(
            exit.rule().rule(), exit.rule().because(), exit.rule().level(), exit.rule().observed());
  }

  private Optional<Instant> nextChange(Judge judge, Observation seen) {
    return Stream.concat(
            judge.nextChange(seen).stream(),
            cell.get().shadow().stream()
                .filter(shadow -> !shadow.isOver())
                .flatMap(shadow -> shadow.judge().nextChange(seen).stream()))
        .min(Instant::compareTo);
  }

  private static boolean isBlind(Judge judge, Optional<Observation> lastSeen) {
    return lastSeen.filter(seen -> judge.isBlind(seen.moment().now())).isPresent();
  }

  /** Whether the holding went, in part or all, without us: then nothing is decided on it now. */
  private boolean isGone(Observation seen) {
    Quantity atBroker = seen.holding().map(Holding::quantity).orElse(Quantity.ZERO);
    Quantity missing = cell.get().held().lessAtMost(atBroker);
    if (missing.isZero()) {
      if (cell.get().missingSince().isPresent() || cell.get().note().isPresent()) {
        cell.update(change -> change.missingSince(Optional.empty()).note(Optional.empty()));
      }
      return false;
    }
    if (reconciler.bookWhatClosed(missing)) {
      return true;
    }
    boolean believed = reconciler.unexplained(missing);
    if (believed && !atBroker.isZero()) {
      // people know; what is left goes on being protected
      return false;
    }
    waiting.upTo(
        believed ? UNEXPLAINED_LOOK : Reconciler.BROKER_LAG,
        "the broker's orders and positions to agree");
    return true;
  }

  private void decide(ExitReason reason, Quantity wanted, String why) {
    PositionState state = cell.get();
    ExitProgress exit =
        ExitProgress.decided(state.exitsSettled() + 1, reason, wanted, why, cell.now());
    cell.update(
        change ->
            change
                .exit(exit)
                .phase(Phase.EXITING)
                .pendingClose(
                    reason == ExitReason.MANUAL || wanted.compareTo(state.held()) >= 0
                        ? Optional.empty()
                        : change.pendingClose())
                .event(
                    PositionEvent.Type.EXIT_DECIDED,
                    cell.now(),
                    "exit %d: %s, %s".formatted(exit.number(), reason, why),
                    "quantity",
                    wanted.toString(),
                    "clientOrderId",
                    exit.clientOrderId(state.id()).toString()));
  }
}
