package org.positionmanager.workflows.position;

import io.temporal.failure.ActivityFailure;
import java.time.Duration;
import java.util.Optional;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.ExitReadiness;
import org.positionmanager.workflows.broker.OrderPricing;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.value.Quantity;

/** Sends one exact order and deals with the three outcomes there are. */
final class ExitSubmission {
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration FIRST_WAIT_FOR_A_PERSON = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT_FOR_A_PERSON = Duration.ofMinutes(10);

  private final StateCell cell;
  private final Recorder recorder;
  private final Waiting waiting;
  private final CurrentExit exit;
  private final ExitSettlement settlement;

  ExitSubmission(
      StateCell cell,
      Recorder recorder,
      Waiting waiting,
      CurrentExit exit,
      ExitSettlement settlement) {
    this.cell = cell;
    this.recorder = recorder;
    this.waiting = waiting;
    this.exit = exit;
    this.settlement = settlement;
  }

  /** Records the intent, then sends; never more than the broker said is free. */
  void send(ExitReadiness.Ready ready) {
    PositionState state = cell.get();
    ExitOrder order =
        new ExitOrder(
            state.id(),
            exit.clientOrderId(),
            exit.direction(),
            Quantity.min(ready.sendable(), exit.closable()),
            ExitPricing.next(
                exit.style(),
                exit.now().limitsTried(),
                state.id().instrument(),
                exit.direction(),
                ready.quote()));
    if (order.pricing() instanceof OrderPricing.Market) {
      exit.endChase();
    }
    exit.note(ExitRecord.Status.INTENDED, order.quantity(), Optional.empty());
    recorder.catchUp("record the intent to send " + order.clientOrderId());
    if (exit.closable().compareTo(order.quantity()) < 0) {
      // less is held than a moment ago, by what the sync told meanwhile: everything is read again
      return;
    }
    switch (submit(order)) {
      case SubmitOutcome.Accepted(OrderView accepted) -> sent(accepted);
      case SubmitOutcome.Refused(Refusal refusal) -> refused(order, refusal);
      case SubmitOutcome.Unknown(String why) -> unknown(order, why);
    }
  }

  /** A worker that was lost in the middle of a submission leaves an unknown outcome, no failure. */
  private SubmitOutcome submit(ExitOrder order) {
    try {
      return Steps.submission("send " + order.clientOrderId()).submitExit(order);
    } catch (ActivityFailure lost) {
      return new SubmitOutcome.Unknown(String.valueOf(lost.getCause()));
    }
  }

  /** The order is at the broker, sent now or found under its id. */
  void sent(OrderView order) {
    ExitProgress now = exit.now();
    cell.update(
        change ->
            change
                .exit(now.sentAs(order.id()))
                .event(
                    PositionEvent.Type.ORDER_SENT,
                    order.submittedAt(),
                    "exit %d is at the broker: %s %s"
                        .formatted(now.number(), order.side(), order.quantity()),
                    "clientOrderId",
                    exit.clientOrderId().toString(),
                    "order",
                    order.id().toString()));
    exit.note(ExitRecord.Status.SENT, order.quantity(), Optional.of(order));
    recorder.catchUp("record that " + exit.clientOrderId() + " is sent");
  }

  private void unknown(ExitOrder order, String why) {
    cell.update(
        change ->
            change.event(
                PositionEvent.Type.OUTCOME_UNKNOWN,
                cell.now(),
                "no answer to " + order.clientOrderId() + "; looked up before it goes again",
                "why",
                why));
    exit.hinder("the outcome of the order is unknown: " + why);
    exit.note(ExitRecord.Status.UNKNOWN, order.quantity(), Optional.empty());
    waiting.upTo(
        Backoff.after(exit.now().refusals(), FIRST_WAIT, LONGEST_WAIT),
        "looking the order up again");
  }

  private void refused(ExitOrder order, Refusal refusal) {
    cell.update(
        change ->
            change.event(
                PositionEvent.Type.ORDER_REFUSED,
                cell.now(),
                "the broker refused " + order.clientOrderId() + ": " + refusal,
                "kind",
                refusal.kind().name()));
    exit.hinder(refusal.toString());
    exit.note(ExitRecord.Status.REFUSED, order.quantity(), Optional.empty());
    recorder.catchUp("record the refusal");
    switch (refusal.kind()) {
      case HELD_BY_ORDERS, RATE_LIMITED, MARKET_CLOSED ->
          waiting.upTo(
              Backoff.after(exit.now().refusals(), FIRST_WAIT, LONGEST_WAIT),
              "trying the exit again");
      case NOT_HELD -> settlement.reconcile(cell.get().held());
      case NEEDS_A_PERSON -> {
        recorder.alert(
            "exit-refused/" + cell.get().id(),
            Alert.Severity.CRITICAL,
            "exit refused and a retry will not mend it: " + refusal);
        waiting.upTo(
            Backoff.after(exit.now().refusals(), FIRST_WAIT_FOR_A_PERSON, longestWaitForAPerson()),
            "a person, or the next try");
      }
    }
  }

  /** What is not on its way out yet is judged as often as ever. */
  private Duration longestWaitForAPerson() {
    return exit.isStuckPart()
        ? cell.get().plan().orElseThrow().reviewEvery()
        : LONGEST_WAIT_FOR_A_PERSON;
  }
}
