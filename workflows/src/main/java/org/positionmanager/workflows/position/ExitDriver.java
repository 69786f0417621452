package org.positionmanager.workflows.position;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ExitReadiness;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.value.Quantity;

/**
 * The story of an exit, one step at a time: look up, read what is held, free it, send one exact
 * order ({@link ExitSubmission}), follow it until the broker has settled it ({@link
 * ExitSettlement}). Every step may be repeated after a crash, because the order's id at the broker
 * depends only on position, exit and attempt.
 */
final class ExitDriver {
  private static final Duration MARKET_ORDER_PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE_BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final StateCell cell;
  private final Recorder recorder;
  private final Waiting waiting;
  private final CurrentExit exit;
  private final ExitSettlement settlement;
  private final ExitSubmission submission;
  private final ExitWidening widening;

  ExitDriver(
      StateCell cell, Recorder recorder, Reconciler reconciler, Waiting waiting, Review review) {
    this.cell = cell;
    this.recorder = recorder;
    this.waiting = waiting;
    exit = new CurrentExit(cell);
    settlement = new ExitSettlement(cell, recorder, reconciler, waiting, exit);
    widening = new ExitWidening(cell, exit, review);
    submission = new ExitSubmission(cell, recorder, waiting, exit, settlement);
  }

  /** One step; the caller comes again until no exit is under way. */
  void step() {
    Optional<BrokerOrderId> order = exit.now().order();
    if (order.isPresent()) {
      follow(order.get());
    } else {
      widening.step();
      prepare();
    }
  }

  /** A step failed for longer than is normal: people read why, and it is tried again. */
  void stuck(String why) {
    exit.hinderOnce(why);
  }

  private void prepare() {
    ExitReadiness readiness =
        Steps.exit("read holdings and open orders for exit " + exit.now().number())
            .prepareExit(cell.get().id(), exit.clientOrderId(), exit.direction(), exit.closable());
    if (!(readiness instanceof ExitReadiness.AlreadySent) && isOvertaken()) {
      settlement.overtaken();
      return;
    }
    switch (readiness) {
      case ExitReadiness.AlreadySent(OrderView order) -> submission.sent(order);
      case ExitReadiness.HeldByOrders(List<OrderView> orders) -> free(orders);
      case ExitReadiness.NothingHeld() -> settlement.reconcile(cell.get().held());
      case ExitReadiness.Ready ready when !ready.moment().isOpen() -> waitForOpen(ready);
      case ExitReadiness.Ready ready -> submission.send(ready);
    }
  }

  /**
   * Whether nothing of the position is left to close, by what its account's sync has told. Lives
   * from before that was asked went on.
   */
  private boolean isOvertaken() {
    return cell.get().held().isZero()
        && Workflow.getVersion("overtaken-exit", Workflow.DEFAULT_VERSION, 1) == 1;
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
    Quantity filled = ended.stream().map(OrderView::filled).reduce(Quantity.ZERO, Quantity::plus);
    if (!filled.isZero()) {
      settlement.reconcile(filled);
    }
  }

  private void waitForOpen(ExitReadiness.Ready ready) {
    Instant open = ready.moment().next().openInclusive();
    exit.hinder("the market is closed; goes on at " + open);
    recorder.catchUp("record that the exit waits for the open");
    waiting.upTo(
        ReviewTiming.untilNext(ready.moment(), Duration.ZERO, Optional.empty()),
        "the market to open");
  }

  private void follow(BrokerOrderId id) {
    boolean limit = ExitPricing.isLimit(exit.style(), exit.now().limitsTried());
    Duration patience = limit ? limitPatience() : MARKET_ORDER_PATIENCE;
    OrderView order =
        Steps.patientExit("follow exit " + exit.now().number() + " until filled", patience)
            .followOrder(cell.get().id(), id, patience);
    if (!order.isTerminal() && limit) {
      order =
          Steps.patientExit("cancel the limit order, then chase", Duration.ofMinutes(1))
              .cancelOrders(cell.get().id(), List.of(id))
              .getFirst();
    }
    boolean priced = order.filled().isZero() || order.averagePrice().isPresent();
    if (order.isTerminal() && !priced) {
      exit.hinderOnce("the broker tells of a fill without its price");
      waiting.upTo(PAUSE_BETWEEN_LOOKS, "the fill's price");
    } else if (order.isTerminal()) {
      settlement.ended(order, limit);
    } else {
      exit.hinderOnce("the order is at the broker and not filled yet: " + order.brokerStatus());
      waiting.upTo(PAUSE_BETWEEN_LOOKS, "the order to fill");
    }
  }

  private Duration limitPatience() {
    return switch (exit.style()) {
      case ExitStyle.LimitThenMarket style -> style.patience();
      case ExitStyle.MarketNow() -> MARKET_ORDER_PATIENCE;
    };
  }
}
