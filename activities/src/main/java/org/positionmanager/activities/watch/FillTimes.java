package org.positionmanager.activities.watch;

import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.positionmanager.activities.live.OrderUpdate;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.ClientOrderId;

/**
 * How long accepted exits take to fill, by order updates. The update may come before the answer:
 * then it took no time.
 */
final class FillTimes {
  /** What is known of an exit that was sent; moments by the monotonic clock. */
  private record Sent(Optional<Long> accepted, Optional<Long> filled) {}

  private final Timer acceptedToFilled;

  /** Until all is known, or it is known that no fill comes. */
  private final Map<ClientOrderId, Sent> waiting = new ConcurrentHashMap<>();

  FillTimes(Timer acceptedToFilled) {
    this.acceptedToFilled = acceptedToFilled;
  }

  void sent(ClientOrderId id) {
    waiting.put(id, new Sent(Optional.empty(), Optional.empty()));
  }

  void answered(ClientOrderId id, SubmitOutcome outcome, long atNanos) {
    if (outcome instanceof SubmitOutcome.Accepted) {
      learn(id, known -> new Sent(Optional.of(atNanos), known.filled));
    } else {
      waiting.remove(id);
    }
  }

  void updated(OrderUpdate update) {
    if (update.order().isTerminal()) {
      ClientOrderId.ifOurs(update.order().clientOrderId())
          .ifPresent(id -> ended(id, update.order().status(), update.arrivedAtNanos()));
    }
  }

  private void ended(ClientOrderId id, OrderStatus status, long atNanos) {
    if (status == OrderStatus.FILLED) {
      learn(id, known -> new Sent(known.accepted, Optional.of(atNanos)));
    } else {
      waiting.remove(id);
    }
  }

  private void learn(ClientOrderId id, UnaryOperator<Sent> more) {
    waiting.computeIfPresent(
        id,
        (same, before) -> {
          Sent known = more.apply(before);
          if (known.accepted.isEmpty() || known.filled.isEmpty()) {
            return known;
          }
          long took = known.filled.get() - known.accepted.get();
          acceptedToFilled.record(Math.max(0, took), TimeUnit.NANOSECONDS);
          return null;
        });
  }
}
