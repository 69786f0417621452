package org.positionmanager.workflows.position;

import io.temporal.failure.ActivityFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.ExitReadiness;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/**
 * Drives the exit under way by one step of the exit protocol at a time: look up, read what is held,
 * free it, send one exact order, follow it until the broker has settled it. Every step may be
 * repeated after a crash, because the order's id at the broker depends only on position, exit and
 * attempt.
 */
final class ExitDriver {
  private static final Duration MARKET_ORDER_PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE_BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration FIRST_WAIT_FOR_A_PERSON = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT_FOR_A_PERSON = Duration.ofMinutes(10);

  private final StateCell cell;
  private final Recorder recorder;
  private final Reconciler reconciler;
  private final Waiting waiting;

  ExitDriver(StateCell cell, Recorder recorder, Reconciler reconciler, Waiting waiting) {
    this.cell = cell;
    this.recorder = recorder;
    this.reconciler = reconciler;
    this.waiting = waiting;
  }

  /** One step; the caller comes again until no exit is under way. */
  void step() {
    Optional<BrokerOrderId> order = exit().order();
    if (order.isPresent()) {
      follow(order.get());
    } else {
      prepare();
    }
  }

  private void prepare() {
    PositionState state = cell.get();
    ExitProgress exit = exit();
    ExitReadiness readiness =
        Steps.exit("read holdings and open orders for exit " + exit.number())
            .prepareExit(
                state.id(),
                exit.clientOrderId(state.id()),
                direction(),
                Quantity.min(exit.remaining(), state.held()));
    switch (readiness) {
      case ExitReadiness.AlreadySent(OrderView order) -> sent(order);
      case ExitReadiness.HeldByOrders(List<OrderView> orders) -> free(orders);
      case ExitReadiness.NothingHeld() -> reconcile();
      case ExitReadiness.Ready ready when !ready.moment().isOpen() -> waitForOpen(ready);
      case ExitReadiness.Ready ready -> send(ready);
    }
  }

  /** Cancels what holds the quantity; the activity returns once the cancels are confirmed. */
  private void free(List<OrderView> orders) {
    List<OrderView> ended =
        Steps.patientExit("cancel orders that hold the quantity", Duration.ofMinutes(1))
            .cancelOrders(cell.get().id(), orders.stream().map(OrderView::id).toList());
    cell.update(
        change ->
            change.event(
                PositionEvent.Type.ORDERS_CANCELED,
                cell.now(),
                "%d open orders that held the quantity are ended".formatted(ended.size())));
    if (ended.stream().anyMatch(order -> !order.filled().isZero())) {
      reconcile();
    }
  }

  private void reconcile() {
    boolean explained = reconciler.bookWhatClosed();
    if (cell.get().held().isZero()) {
      settle();
      return;
    }
    if (!explained) {
      reconciler.unexplained(cell.get().held());
      hinder("the broker holds nothing of it, and no fill explains that yet");
      waiting.upTo(
          Backoff.after(exit().refusals(), Reconciler.BROKER_LAG, LONGEST_WAIT_FOR_A_PERSON),
          "the broker's orders and positions to agree");
    }
  }

  private void waitForOpen(ExitReadiness.Ready ready) {
    Instant open = ready.moment().next().openInclusive();
    hinder("the market is closed; goes on at " + open);
    recorder.catchUp("record that the exit waits for the open");
    waiting.upTo(
        ReviewTiming.untilNext(ready.moment(), Duration.ZERO, Optional.empty()),
        "the market to open");
  }

  private void send(ExitReadiness.Ready ready) {
    PositionState state = cell.get();
    ExitProgress exit = exit();
    ExitOrder order =
        new ExitOrder(
            state.id(),
            exit.clientOrderId(state.id()),
            direction(),
            ready.sendable(),
            ExitPricing.next(
                style(), exit.limitsTried(), state.id().instrument(), direction(), ready.quote()));
    write(exit, ExitRecord.Status.INTENDED, order.quantity(), Optional.empty());
    recorder.catchUp("record the intent to send " + order.clientOrderId());
    switch (submit(order)) {
      case SubmitOutcome.Accepted(OrderView accepted) -> sent(accepted);
      case SubmitOutcome.Refused(Refusal refusal) -> refused(exit, order, refusal);
      case SubmitOutcome.Unknown(String why) -> unknown(exit, order, why);
    }
  }

  /** A worker that was lost in the middle of a submission leaves an unknown outcome, no failure. */
  private SubmitOutcome submit(ExitOrder order) {
    try {
      return Steps.exit("send " + order.clientOrderId()).submitExit(order);
    } catch (ActivityFailure lost) {
      return new SubmitOutcome.Unknown(String.valueOf(lost.getCause()));
    }
  }

  private void sent(OrderView order) {
    ExitProgress exit = exit();
    cell.update(
        change ->
            change
                .exit(exit.sentAs(order.id()))
                .event(
                    PositionEvent.Type.ORDER_SENT,
                    order.submittedAt(),
                    "exit %d is at the broker: %s %s"
                        .formatted(exit.number(), order.side(), order.quantity()),
                    "clientOrderId",
                    exit.clientOrderId(cell.get().id()).toString(),
                    "order",
                    order.id().toString()));
    write(exit, ExitRecord.Status.SENT, order.quantity(), Optional.of(order));
    recorder.catchUp("record that " + exit.clientOrderId(cell.get().id()) + " is sent");
  }

  private void unknown(ExitProgress exit, ExitOrder order, String why) {
    cell.update(
        change ->
            change.event(
                PositionEvent.Type.OUTCOME_UNKNOWN,
                cell.now(),
                "no answer to " + order.clientOrderId() + "; looked up before it goes again",
                "why",
                why));
    hinder("the outcome of the order is unknown: " + why);
    write(exit, ExitRecord.Status.UNKNOWN, order.quantity(), Optional.empty());
    waiting.upTo(
        Backoff.after(exit().refusals(), FIRST_WAIT, LONGEST_WAIT), "looking the order up again");
  }

  private void refused(ExitProgress exit, ExitOrder order, Refusal refusal) {
    cell.update(
        change ->
            change.event(
                PositionEvent.Type.ORDER_REFUSED,
                cell.now(),
                "the broker refused " + order.clientOrderId() + ": " + refusal,
                "kind",
                refusal.kind().name()));
    hinder(refusal.toString());
    write(exit, ExitRecord.Status.REFUSED, order.quantity(), Optional.empty());
    recorder.catchUp("record the refusal");
    switch (refusal.kind()) {
      case HELD_BY_ORDERS, RATE_LIMITED, MARKET_CLOSED ->
          waiting.upTo(
              Backoff.after(exit().refusals(), FIRST_WAIT, LONGEST_WAIT), "trying the exit again");
      case NOT_HELD -> reconcile();
      case NEEDS_A_PERSON -> {
        recorder.alert(
            "exit-refused/" + cell.get().id(),
            Alert.Severity.CRITICAL,
            "exit refused and a retry will not mend it: " + refusal);
        waiting.upTo(
            Backoff.after(exit().refusals(), FIRST_WAIT_FOR_A_PERSON, LONGEST_WAIT_FOR_A_PERSON),
            "a person, or the next try");
      }
    }
  }

  private void follow(BrokerOrderId id) {
    boolean limit = ExitPricing.isLimit(style(), exit().limitsTried());
    Duration patience = limit ? limitPatience() : MARKET_ORDER_PATIENCE;
    OrderView order =
        Steps.patientExit("follow exit " + exit().number() + " until filled", patience)
            .followOrder(cell.get().id(), id, patience);
    if (!order.isTerminal() && limit) {
      order =
          Steps.patientExit("cancel the limit order, then chase", Duration.ofMinutes(1))
              .cancelOrders(cell.get().id(), List.of(id))
              .getFirst();
    }
    if (order.isTerminal()) {
      ended(order, limit);
    } else {
      hinderOnce("the order is at the broker and not filled yet: " + order.brokerStatus());
      waiting.upTo(PAUSE_BETWEEN_LOOKS, "the order to fill");
    }
  }

  private void ended(OrderView order, boolean wasLimit) {
    ExitProgress exit = exit();
    Quantity filledNow = order.filled();
    book(order);
    boolean full = order.status() == OrderStatus.FILLED;
    write(
        exit,
        full ? ExitRecord.Status.FILLED : ExitRecord.Status.DEAD,
        order.quantity(),
        Optional.of(order));
    if (cell.get().held().isZero() || exit.filled().plus(filledNow).compareTo(exit.wanted()) >= 0) {
      settle();
      return;
    }
    cell.update(
        change ->
            change
                .exit(exit.nextAttempt(filledNow, wasLimit))
                .event(
                    PositionEvent.Type.ORDER_ENDED,
                    order.updatedAt(),
                    "the order ended %s with %s of %s filled"
                        .formatted(order.brokerStatus(), order.filled(), order.quantity())));
    if (order.status() == OrderStatus.REJECTED) {
      hinder("the exchange rejected the order");
      recorder.alert(
          "exit-rejected/" + cell.get().id(),
          Alert.Severity.CRITICAL,
          "the exchange rejected exit order " + order.clientOrderId());
      waiting.upTo(
          Backoff.after(exit().attempt(), FIRST_WAIT, LONGEST_WAIT), "trying the exit again");
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

  private void hinder(String what) {
    cell.update(change -> change.exit(exit().hinderedBy(what)));
  }

  private void hinderOnce(String what) {
    if (!exit().obstacle().equals(Optional.of(what))) {
      hinder(what);
    }
  }

  private void write(
      ExitProgress exit, ExitRecord.Status status, Quantity quantity, Optional<OrderView> order) {
    cell.update(
        change ->
            change.exitRecord(
                new ExitRecord(
                    exit.number(),
                    exit.attempt(),
                    exit.clientOrderId(cell.get().id()).toString(),
                    status,
                    exit.reason(),
                    quantity,
                    order.map(OrderView::filled).orElse(Quantity.ZERO),
                    order.flatMap(OrderView::averagePrice),
                    order.map(OrderView::id),
                    cell.now())));
  }

  private ExitProgress exit() {
    return cell.get().exit().orElseThrow();
  }

  private Direction direction() {
    return cell.get().basis().orElseThrow().direction();
  }

  private ExitStyle style() {
    return cell.get().plan().orElseThrow().style();
  }

  private Duration limitPatience() {
    return switch (style()) {
      case ExitStyle.LimitThenMarket style -> style.patience();
      case ExitStyle.MarketNow() -> MARKET_ORDER_PATIENCE;
    };
  }
}
