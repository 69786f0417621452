package org.positionmanager.workflows.position;

import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.watch.ExitSent;

/** Takes over an exit that the watch has sent: pure. */
final class WatchExits {
  private WatchExits() {}

  /** Whether the watch's exit is the next of this position, or the one that is under way. */
  static boolean isNews(PositionState state, ExitSent sent) {
    return state.phase() != Phase.AWAITING_ENTRY
        && !state.phase().isFinal()
        && sent.exit() == state.exitsSettled() + 1
        && state.exit().filter(exit -> exit.attempt() > 1 || exit.order().isPresent()).isEmpty();
  }

  /**
   * Whether the watch would have exited by a permission that people took back meanwhile. Where
   * there may be an order it counts all the same. Where there is none, it is no more than a wish.
   */
  static boolean isWithdrawn(PositionState state, ExitSent sent) {
    return !sent.mayBeAtBroker() && state.exit().isEmpty() && !isPermitted(state, sent);
  }

  /** It is told to people, and the plan in force decides. */
  static StateChange withdrawn(StateChange change, ExitSent sent) {
    return change.event(
        PositionEvent.Type.REQUEST_REFUSED,
        sent.at(),
        "the watch wanted to exit (%s) by permission %d, which is no longer in force, and sent nothing"
            .formatted(sent.reason(), sent.arming()));
  }

  private static boolean isPermitted(PositionState state, ExitSent sent) {
    return !state.isPaused()
        && Armer.isToldOf(state)
        && state.arming().filter(told -> told.number() == sent.arming()).isPresent();
  }

  /**
   * The exit is under way as the watch sent it. Where its outcome is not known, or was a refusal,
   * it is looked up under its id before anything is sent.
   */
  static StateChange apply(StateChange change, PositionState state, ExitSent sent) {
    Basis basis = state.basis().orElseThrow().seeing(sent.peak());
    String why =
        "the watch: %s: %s (level %s, observed %s)"
            .formatted(
                sent.rule().rule(),
                sent.rule().because(),
                sent.rule().level(),
                sent.rule().observed());
    ExitProgress exit =
        state
            .exit()
            .orElseGet(
                () ->
                    ExitProgress.decided(
                        sent.exit(), sent.reason(), sent.quantity(), why, sent.at()));
    change
        .basis(basis)
        .keptQuotes(sent.quotes())
        .phase(Phase.EXITING)
        .exit(exit)
        .event(
            PositionEvent.Type.EXIT_DECIDED,
            sent.at(),
            "exit %d: %s, %s".formatted(sent.exit(), sent.reason(), why),
            "quantity",
            sent.quantity().toString(),
            "clientOrderId",
            exit.clientOrderId(state.id()).toString(),
            "quote",
            sent.quote().map(quote -> quote.bid() + " / " + quote.ask()).orElse("none"));
    return sent.outcome().map(outcome -> with(change, state, exit, outcome, sent)).orElse(change);
  }

  private static StateChange with(
      StateChange change,
      PositionState state,
      ExitProgress exit,
      SubmitOutcome outcome,
      ExitSent sent) {
    String id = exit.clientOrderId(state.id()).toString();
    return switch (outcome) {
      case SubmitOutcome.Accepted(OrderView order) ->
          change
              .exit(exit.sentAs(order.id()))
              .event(
                  PositionEvent.Type.ORDER_SENT,
                  order.submittedAt(),
                  "exit %d is at the broker: %s %s"
                      .formatted(exit.number(), order.side(), order.quantity()),
                  "clientOrderId",
                  id,
                  "order",
                  order.id().toString())
              .exitRecord(sent.record(state.id(), exit.reason()));
      case SubmitOutcome.Refused(var refusal) ->
          change
              .exit(exit.hinderedBy(refusal.toString()))
              .event(
                  PositionEvent.Type.ORDER_REFUSED,
                  sent.at(),
                  "the broker refused %s: %s".formatted(id, refusal),
                  "kind",
                  refusal.kind().name())
              .exitRecord(sent.record(state.id(), exit.reason()));
      case SubmitOutcome.Unknown(String because) ->
          change
              .exit(exit.hinderedBy("the outcome of the order is unknown: " + because))
              .event(
                  PositionEvent.Type.OUTCOME_UNKNOWN,
                  sent.at(),
                  "no answer to " + id + "; looked up before it goes again",
                  "why",
                  because)
              .exitRecord(sent.record(state.id(), exit.reason()));
    };
  }
}
