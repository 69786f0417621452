package org.positionmanager.workflows.position;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.value.Quantity;

/**
 * What became of an exit's order, or of a holding that went without one: fills are booked at their
 * prices, and the exit is settled once nothing more can come of it.
 */
final class ExitSettlement {
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT_FOR_A_PERSON = Duration.ofMinutes(10);

  private final StateCell cell;
  private final Recorder recorder;
  private final Reconciler reconciler;
  private final Waiting waiting;
  private final CurrentExit exit;

  ExitSettlement(
      StateCell cell, Recorder recorder, Reconciler reconciler, Waiting waiting, CurrentExit exit) {
    this.cell = cell;
    this.recorder = recorder;
    this.reconciler = reconciler;
    this.waiting = waiting;
    this.exit = exit;
  }

  /**
   * The broker holds nothing of it, or not what is recorded: its own fills say why.
   *
   * @param missing the most that can have gone
   */
  void reconcile(Quantity missing) {
    boolean explained = reconciler.bookWhatClosed(missing);
    if (cell.get().held().isZero()) {
      settle();
      return;
    }
    if (!explained) {
      reconciler.unexplained(cell.get().held());
      exit.hinder("the broker holds nothing of it, and no fill explains that yet");
      waiting.upTo(
          Backoff.after(exit.now().refusals(), Reconciler.BROKER_LAG, LONGEST_WAIT_FOR_A_PERSON),
          "the broker's orders and positions to agree");
    }
  }

  /**
   * All of it is closed otherwise, and the exit's order is not known to the broker. A request may
   * still be under way, from here or from the watch: once two looks for it, the broker's lag apart,
   * have found none, there is none.
   */
  void overtaken() {
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    Optional<Instant> since = cell.get().missingSince();
    if (since.filter(first -> !now.isBefore(first.plus(Reconciler.BROKER_LAG))).isPresent()) {
      settle();
      return;
    }
    if (since.isEmpty()) {
      cell.update(change -> change.missingSince(Optional.of(now)));
    }
    waiting.upTo(Reconciler.BROKER_LAG, "an order that may still be under way");
  }

  /** An order ended for good: the exit is settled, or its next attempt follows. */
  void ended(OrderView order, boolean wasLimit) {
    ExitProgress now = exit.now();
    Quantity filledNow = order.filled();
    book(order);
    boolean full = order.status() == OrderStatus.FILLED;
    exit.note(
        full ? ExitRecord.Status.FILLED : ExitRecord.Status.DEAD,
        order.quantity(),
        Optional.of(order));
    if (cell.get().held().isZero() || now.filled().plus(filledNow).compareTo(now.wanted()) >= 0) {
      settle();
      return;
    }
    cell.update(
        change ->
            change
                .exit(now.nextAttempt(filledNow, wasLimit))
                .event(
                    PositionEvent.Type.ORDER_ENDED,
                    order.updatedAt(),
                    "the order ended %s with %s of %s filled"
                        .formatted(order.brokerStatus(), order.filled(), order.quantity())));
    if (order.status() == OrderStatus.REJECTED) {
      exit.hinder("the exchange rejected the order");
      recorder.alert(
          "exit-rejected/" + cell.get().id(),
          Alert.Severity.CRITICAL,
          "the exchange rejected exit order " + order.clientOrderId());
      waiting.upTo(
          Backoff.after(exit.now().attempt(), FIRST_WAIT, LONGEST_WAIT), "trying the exit again");
    }
  }

  private void book(OrderView order) {
    if (order.filled().isZero()) {
      return;
    }
    List<ClosingFill> booked = Closings.ofOrder(cell.get().fills(), order.id());
    ClosingFill told =
        new ClosingFill(
            order.id(),
            order.clientOrderId(),
            order.filled(),
            Closings.averageOfRest(order.filled(), order.averagePrice().orElseThrow(), booked),
            order.updatedAt());
    for (ClosingFill fill : Closings.unbooked(cell.get().fills(), List.of(told))) {
      Quantity held = cell.get().held();
      Quantity beyond = fill.quantity().lessAtMost(held);
      if (beyond.isZero() || isBookedWhole()) {
        book(fill);
      } else {
        Closings.upTo(held, List.of(fill)).forEach(this::book);
        recorder.alert(
            AlertKind.MISMATCH.key("exit-beyond/" + cell.get().id()),
            Alert.Severity.CRITICAL,
            "exit order %s closed %s more than the position still held: what else the account holds of %s lacks it"
                .formatted(order.clientOrderId(), beyond, cell.get().id().instrument()));
      }
    }
  }

  /** Lives from before what was closed elsewhere was told of while an exit was under way. */
  private static boolean isBookedWhole() {
    return Workflow.getVersion("exit-beyond-held", Workflow.DEFAULT_VERSION, 1) != 1;
  }

  private void book(ClosingFill fill) {
    cell.update(
        change ->
            change
                .filled(fill)
                .event(
                    PositionEvent.Type.FILLED,
                    fill.at(),
                    "%s closed at %s".formatted(fill.quantity(), fill.averagePrice()),
                    "quantity",
                    fill.quantity().toString(),
                    "price",
                    fill.averagePrice().toString(),
                    "order",
                    fill.order().toString()));
  }

  private void settle() {
    cell.update(
        change ->
            change
                .exitSettled()
                .missingSince(Optional.empty())
                .phase(cell.get().held().isZero() ? Phase.EXITING : Phase.PROTECTED));
    recorder.catchUp("record the settled exit");
  }
}
