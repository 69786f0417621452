package org.positionmanager.activities.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.watch.WatchedHoldings.Take;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Quantity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uses permissions: sends the exact order at once, on a thread of its own, and tells the workflow
 * once of each breach, when the outcome is there. Where open orders hold the quantity it has them
 * cancelled and waits for it: with the engine away nobody else would send. The workflow may do the
 * same meanwhile; the order's id makes it one order.
 */
final class ExitSender implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ExitSender.class);

  /**
   * What is under way at the end may take so long, since whoever takes over waits for it. What
   * takes longer goes on, and is told of as long as the process lives.
   */
  private static final Duration END_WITHIN = Duration.ofMillis(500);

  private final Broker broker;
  private final WatchedHoldings holdings;
  private final Freeing freeing;
  private final Outbox outbox;
  private final MarketView view;
  private final LongSupplier nanoClock;
  private final WatchMeters meters;
  private final ExitsUnderWay underWay;
  private final ExitThreads threads;
  private volatile boolean closing;

  ExitSender(
      Broker broker,
      WatchedHoldings holdings,
      Freeing freeing,
      Outbox outbox,
      MarketView view,
      LongSupplier nanoClock,
      WatchMeters meters,
      ExitsUnderWay underWay) {
    this.broker = broker;
    this.holdings = holdings;
    this.freeing = freeing;
    this.outbox = outbox;
    this.view = view;
    this.nanoClock = nanoClock;
    this.meters = meters;
    this.underWay = underWay;
    threads = new ExitThreads(broker.name().value());
  }

  /** What was done about a breach. */
  private sealed interface Done {
    /** Sent, with its outcome. */
    record Sent(SubmitOutcome outcome) implements Done {}

    /** Nothing could be sent. */
    record Nothing() implements Done {}

    /**
     * It was no longer to be sent.
     *
     * @param cancelsAsked what protected it may be gone
     */
    record Withdrawn(boolean cancelsAsked) implements Done {}
  }

  /** Never blocks. */
  void use(Guarded one, Breach breach) {
    underWay.begins();
    try {
      threads.execute(() -> settle(one, breach, sent(one, breach)));
    } catch (RejectedExecutionException closed) {
      underWay.ends();
      log.info("{}: breached while the watch ends", breach.armed().position());
      one.wasNotTried(breach.armed());
    }
  }

  private Done sent(Guarded one, Breach breach) {
    try {
      return done(one, breach);
    } finally {
      underWay.ends();
    }
  }

  /** Whatever goes wrong, the workflow hears of it and looks the order up. */
  private Done done(Guarded one, Breach breach) {
    try {
      Done done = attempt(one, breach);
      return isHeldByOrders(done) && holdings.refresh() ? attempt(one, breach) : done;
    } catch (RuntimeException e) {
      log.error("{}: the watch's exit failed", breach.armed().clientOrderId(), e);
      SubmitOutcome unknown = new SubmitOutcome.Unknown(e.toString());
      holdings.answered(breach.armed(), unknown);
      return new Done.Sent(unknown);
    }
  }

  /**
   * Orders came to hold the quantity since holdings were read: no order of ours came into being.
   */
  private static boolean isHeldByOrders(Done done) {
    return done instanceof Done.Sent(SubmitOutcome.Refused(Refusal refusal))
        && refusal.kind() == Refusal.Kind.HELD_BY_ORDERS;
  }

  private void settle(Guarded one, Breach breach, Done done) {
    switch (done) {
      case Done.Sent(SubmitOutcome.Refused refused) -> {
        one.nothingWasSent(breach.armed());
        Outbox.Letter letter = tell(breach, Optional.of(refused));
        if (refused.refusal().kind() != Refusal.Kind.NEEDS_A_PERSON) {
          whileUntold(letter, one, breach);
        }
      }
      case Done.Sent(SubmitOutcome outcome) -> tell(breach, Optional.of(outcome));
      case Done.Nothing nothing -> {
        one.nothingWasSent(breach.armed());
        whileUntold(tell(breach, Optional.empty()), one, breach);
      }
      case Done.Withdrawn(boolean cancelsAsked) -> {
        one.wasNotTried(breach.armed());
        if (cancelsAsked) {
          tell(breach, Optional.empty());
        }
      }
    }
  }

  private Outbox.Letter tell(Breach breach, Optional<SubmitOutcome> outcome) {
    return outbox.tell(breach.armed().position(), breach.sent(outcome));
  }

  /**
   * Its workflow carries out what came to nothing here, once it knows. While it cannot be told, as
   * the engine is away, nobody else would: the next look may use the permission again.
   */
  private void whileUntold(Outbox.Letter letter, Guarded one, Breach breach) {
    try {
      if (!outbox.awaitTold(letter, one.restsFor())) {
        one.mayTryAgain(breach.armed());
      }
    } catch (InterruptedException ends) {
      Thread.currentThread().interrupt();
    }
  }

  private Done attempt(Guarded one, Breach breach) {
    BooleanSupplier stillToBeSent =
        () -> view.openMoment().isPresent() && one.goesBy(breach.armed());
    Freeing.Freed freed =
        freeing.take(
            breach.armed(), breach.quantity(), () -> !closing && stillToBeSent.getAsBoolean());
    boolean sends = stillToBeSent.getAsBoolean();
    return switch (freed.take()) {
      case Take.Granted(Quantity quantity) when sends ->
          send(breach, quantity, stillToBeSent)
              .<Done>map(Done.Sent::new)
              .orElseGet(() -> givenBack(breach, freed));
      case Take.Granted granted -> givenBack(breach, freed);
      case Take.NotHeld nothing -> {
        log.warn(
            "{}: breached, but not seen to be held: left to its workflow",
            breach.armed().position());
        yield new Done.Nothing();
      }
      case Take.HeldByOrders held -> notFreed(freed, sends);
      case Take.OnItsWayOut out -> notFreed(freed, sends);
    };
  }

  private Done givenBack(Breach breach, Freeing.Freed freed) {
    holdings.giveBack(breach.armed());
    return new Done.Withdrawn(freed.cancelsAsked());
  }

  private static Done notFreed(Freeing.Freed freed, boolean sends) {
    return sends ? new Done.Nothing() : new Done.Withdrawn(freed.cancelsAsked());
  }

  /** Empty where it was withdrawn while it waited for its turn: nothing was sent. */
  private Optional<SubmitOutcome> send(
      Breach breach, Quantity quantity, BooleanSupplier stillToBeSent) {
    Optional<Quote> newest = view.quote(breach.armed().position().instrument());
    ExitOrder order = breach.armed().order(quantity, newest);
    long sentAt = nanoClock.getAsLong();
    meters.sent(order.clientOrderId(), sentAt - breach.noticedAtNanos());
    Optional<SubmitOutcome> sent = broker.submit(order, stillToBeSent);
    sent.ifPresent(
        outcome -> {
          meters.answered(order.clientOrderId(), sentAt, outcome);
          holdings.answered(breach.armed(), outcome);
          log.info(
              "{}: {} by the watch: {}",
              order.clientOrderId(),
              breach.decision().reason(),
              outcome);
        });
    return sent;
  }

  /** Waits half a second for what is under way: an order that was sent has to be told of. */
  @Override
  public void close() {
    closing = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(END_WITHIN)) {
        log.warn("{}: exits under way are left to their workflows", broker.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
