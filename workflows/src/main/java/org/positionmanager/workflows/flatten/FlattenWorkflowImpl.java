package org.positionmanager.workflows.flatten;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.activity.FailureReason;
import org.positionmanager.workflows.flatten.FlattenState.Step;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.position.Backoff;
import org.positionmanager.workflows.position.CloseCommand;
import org.positionmanager.workflows.position.NextRun;
import org.positionmanager.workflows.position.Waiting;

/**
 * The story of a flatten: look at the account, and as long as anything is left have it closed by
 * those who watch it. It sends no order, so it can close nothing twice.
 */
public final class FlattenWorkflowImpl implements FlattenWorkflow {
  /** So many are asked to close at once, before the budget of requests sets the pace. */
  static final int AT_ONCE = 25;

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final Waiting waiting = new Waiting();
  private FlattenState state;

  /** How many requests this run has seen kept in the ledger. */
  private int kept;

  /** Restores the whole state before any handler runs. */
  @WorkflowInit
  public FlattenWorkflowImpl(FlattenState state) {
    this.state = state;
  }

  @Override
  public FlattenState flatten(FlattenState ignored) {
    while (!state.isFlat()) {
      if (NextRun.isDue()) {
        Workflow.continueAsNew(NextRun.options(), state);
      }
      step();
    }
    return state;
  }

  /** No failed step ends it: people are told, and it is tried again. */
  private void step() {
    try {
      haltIntake();
      FlattenLook look = FlattenSteps.now("read what is left").look(state.account());
      Remaining left = Remaining.of(look, state, now());
      become(state.seeing(left.unwatched()));
      keepRequests();
      if (left.isNothing(state)) {
        check();
      } else if (look.moment().isOpen()) {
        close(left, look.pace());
      } else {
        waitForOpen(left, look);
      }
    } catch (ActivityFailure failure) {
      stuck("cannot go on: " + FailureReason.of(failure));
      waiting.upTo(pause(), "the next try");
    }
  }

  private void haltIntake() {
    if (!state.halted()) {
      FlattenRequest asked = state.first();
      FlattenSteps.now("halt the intake")
          .haltIntake(state.account(), asked.by(), "flatten: " + asked.reason());
      become(state.intakeHalted());
    }
  }

  /** Should the engine lose this workflow, it is begun again from what is kept. */
  private void keepRequests() {
    List<FlattenRequest> asked = state.requests();
    if (kept < asked.size() && areRequestsKept()) {
      FlattenSteps.now("keep what was asked for").keepRequests(state.account(), asked);
      kept = asked.size();
    }
  }

  /** Returns whether all that was asked for has ended: more may be asked for meanwhile. */
  private boolean endRequests() {
    List<FlattenRequest> asked = state.requests();
    if (areRequestsKept()) {
      FlattenSteps.now("keep that it has ended")
          .endRequests(state.account(), asked.stream().map(FlattenRequest::id).toList());
    }
    return state.requests().equals(asked);
  }

  /** Flattens from before had nothing but their workflow. */
  private static boolean areRequestsKept() {
    return Workflow.getVersion("kept-requests", Workflow.DEFAULT_VERSION, 1) == 1;
  }

  /** Absence is believed after two good reads that lie at least the broker's lag apart. */
  private void check() {
    goesOn();
    Instant now = now();
    Instant since = state.flatSince().orElse(now);
    Duration toGo = Duration.between(now, since.plus(Remaining.BROKER_LAG));
    if (toGo.isPositive()) {
      become(state.flatFrom(since));
      waiting.upTo(toGo, "the broker's lag, then a second look");
    } else if (endRequests()) {
      become(state.at(Step.FLAT, "flat: %d positions closed".formatted(state.closed())));
    }
  }

  private void close(Remaining left, Duration pace) {
    become(state.at(Step.CLOSING, left.words()));
    long closedBefore = state.closed();
    if (!left.openings().isEmpty()) {
      FlattenSteps.now("cancel orders that may open something")
          .cancelOpenings(state.account(), left.openings());
    }
    left.believed(now()).forEach(this::adopt);
    ask(left.toAsk(state), pace);
    tellOfLost();
    become(state.afterRounds(state.closed() > closedBefore ? 0 : state.quietRounds() + 1));
    waiting.upTo(pause(), "what was asked to be done");
  }

  /** What nobody watches gets a workflow, whose exit protocol closes it as any other. */
  private void adopt(UnwatchedHolding taken) {
    Instrument instrument = taken.holding().instrument();
    // runs from before the activity answered go by this one; drawn first, as they did
    PositionId own = new PositionId(state.account(), instrument, Workflow.randomUUID());
    PositionId told =
        FlattenSteps.now("have " + instrument + " looked after, which nobody does")
            .adopt(state.account(), taken.holding());
    become(state.adopting(told == null ? own : told, taken));
  }

  /** In order, as fast as the budget allows; then until each has replied. */
  private void ask(List<PositionId> positions, Duration pace) {
    List<Promise<Void>> asked = new ArrayList<>();
    for (PositionId position : positions) {
      if (NextRun.isDue()) {
        break;
      }
      if (asked.size() >= AT_ONCE && pace.isPositive()) {
        Workflow.sleep(pace);
      }
      asked.add(Async.procedure(this::ask, position));
    }
    Promise.allOf(asked).get();
  }

  private void ask(PositionId position) {
    int number = state.nextCommandOf(position);
    CloseReply reply;
    try {
      reply =
          FlattenSteps.patient("close " + position.instrument())
              .askClose(position, command(number));
    } catch (ActivityFailure failure) {
      reply =
          CloseReply.of(
              CloseReply.Status.UNANSWERED, "it did not answer: " + FailureReason.of(failure));
    }
    become(state.with(new CloseAcknowledgement(position, number, reply, now())));
  }

  private CloseCommand command(int number) {
    FlattenRequest asked = state.first();
    return new CloseCommand(
        "flatten/%s/%d".formatted(asked.id(), number),
        Optional.empty(),
        asked.by(),
        Optional.of("flatten: " + asked.reason()));
  }

  private void tellOfLost() {
    List<String> lost =
        state.acknowledged().stream()
            .filter(it -> it.reply().status() == CloseReply.Status.LOST)
            .map(it -> it.position().toString())
            .toList();
    if (lost.isEmpty()) {
      goesOn();
    } else {
      stuck(
          "no workflow is there to close %s, which the ledger has open; close it at the broker, or have its workflow started again"
              .formatted(String.join(", ", lost)));
    }
  }

  /**
   * Entry orders can be withdrawn at any time; nothing that is held can be sold before the open.
   */
  private void waitForOpen(Remaining left, FlattenLook look) {
    MarketMoment moment = look.moment();
    Instant opens = moment.next().openInclusive();
    become(
        state.at(
            Step.WAITING_FOR_OPEN,
            "the market is closed; goes on at %s with %s".formatted(opens, left.words())));
    if (!left.openings().isEmpty()) {
      FlattenSteps.now("cancel orders that may open something")
          .cancelOpenings(state.account(), left.openings());
    }
    ask(
        left.open().stream()
            .filter(OpenPosition::isWaitingForEntry)
            .map(OpenPosition::id)
            .filter(id -> state.replyOf(id).isEmpty())
            .toList(),
        look.pace());
    goesOn();
    Duration until = moment.realTimeUntil(opens);
    waiting.upTo(
        until.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : until, "the market to open");
  }

  private Duration pause() {
    return Backoff.after(state.quietRounds(), SHORTEST_PAUSE, LONGEST_PAUSE);
  }

  private void stuck(String why) {
    boolean isNews = !state.trouble().equals(Optional.of(why));
    become(state.troubledBy(Optional.of(why)).afterRounds(state.quietRounds() + 1));
    if (isNews) {
      tell(Optional.of(why));
    }
  }

  private void goesOn() {
    if (state.trouble().isPresent()) {
      tell(Optional.empty());
      become(state.troubledBy(Optional.empty()));
    }
  }

  /** The trouble can be read in the workflow even where nobody can be told of it now. */
  private void tell(Optional<String> trouble) {
    try {
      FlattenSteps.soon("tell people").tellTrouble(state.account(), trouble);
    } catch (ActivityFailure failure) {
      Workflow.getLogger(FlattenWorkflowImpl.class)
          .warn("{}: {}", state.account(), FailureReason.of(failure));
    }
  }

  private void become(FlattenState next) {
    state = next;
    Workflow.setCurrentDetails(FlattenStory.of(state));
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  @Override
  public void ask(FlattenRequest request) {
    FlattenState asked = state.with(request);
    if (!asked.equals(state)) {
      become(asked);
      waiting.nudge();
    }
  }

  @Override
  public FlattenState progress() {
    return state;
  }
}
