package org.positionmanager.simulator;

import java.util.Optional;
import java.util.function.Supplier;

/** What a client hears of its request once faults had their way with it. */
sealed interface Outcome {
  /**
   * An answer.
   *
   * @param unknown a field of it that is to have a value that nobody knows
   */
  record Answered(Object body, Optional<String> unknown) implements Outcome {}

  /** The beginning of an answer, then the connection is cut. */
  record HalfAnswered(Object body) implements Outcome {}

  /** The connection is cut. */
  record Cut() implements Outcome {}

  /** A gateway's page. */
  record Gateway() implements Outcome {}

  /** Too many requests. */
  record TooMany() implements Outcome {}

  /** What a request does to an account and what it is answered. */
  interface Effect {
    /**
     * Lets it happen.
     *
     * @param lagMillis by how much of exchange time positions lag; 0 for not at all
     * @throws Rejection where the exchange refuses
     */
    Object happen(long lagMillis);
  }

  /**
   * Lets a request pass through the faults that are set.
   *
   * @throws Rejection where the exchange refuses it, or a fault answers falsely
   */
  static Outcome of(Faults.Passage passage, Exchange exchange, Account account, Effect effect) {
    passage.before();
    if (passage.struckBy(Faults.Kind.RATE_LIMIT).isPresent()) {
      return new TooMany();
    }
    if (passage.struckBy(Faults.Kind.HTML_504_BEFORE).isPresent()) {
      return new Gateway();
    }
    if (passage.timesOut(Faults.Kind.TIMEOUT_BEFORE)) {
      return new Cut();
    }
    long lagMillis =
        passage.struckBy(Faults.Kind.POSITIONS_LAG).map(fault -> fault.order.millis()).orElse(0L);
    Object body =
        passage.isLocked()
            ? whileLocked(exchange, account, () -> effect.happen(lagMillis))
            : effect.happen(lagMillis);
    exchange.settle();
    return after(passage, body);
  }

  private static Outcome after(Faults.Passage passage, Object body) {
    passage.after();
    if (passage.timesOut(Faults.Kind.TIMEOUT_AFTER)
        || passage.struckBy(Faults.Kind.CUT_AFTER).isPresent()) {
      return new Cut();
    }
    if (passage.struckBy(Faults.Kind.HTML_504).isPresent()) {
      return new Gateway();
    }
    if (passage.struckBy(Faults.Kind.CUT_MIDDLE).isPresent()) {
      return new HalfAnswered(body);
    }
    return new Answered(
        body, passage.struckBy(Faults.Kind.UNKNOWN_ENUM).map(fault -> fault.order.field()));
  }

  /** Under the exchange's lock: nobody else sees the account as this request does. */
  private static Object whileLocked(Exchange exchange, Account account, Supplier<Object> effect) {
    synchronized (exchange) {
      account.lock(true);
      try {
        return effect.get();
      } finally {
        account.lock(false);
      }
    }
  }
}
