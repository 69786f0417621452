package org.positionmanager.workflows.watch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.position.ExitRecord;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What a watch did with an armed exit; from now on it is the workflow's.
 *
 * @param arming the permission that was used
 * @param exit the number k of the exit
 * @param rule why
 * @param quote that breached; empty where time fired
 * @param quantity that was asked for
 * @param outcome what the broker said; empty where nothing was sent: nothing was seen to be held,
 *     or the orders that hold the quantity did not end in time, or the permission was taken away
 *     after their end was asked for
 * @param peak the best mid that the watch had seen
 * @param at exchange time of the decision
 * @param quotes by which the position was judged and that the ledger may not have yet, oldest
 *     first, the breach's own included
 */
public record ExitSent(
    int arming,
    int exit,
    ExitReason reason,
    RuleTrace rule,
    Optional<Quote> quote,
    Quantity quantity,
    Optional<SubmitOutcome> outcome,
    Price peak,
    Instant at,
    List<KeptQuote> quotes) {
  /** A watch from before quotes were told has none. */
  public ExitSent {
    quotes = quotes == null ? List.of() : List.copyOf(quotes);
  }

  /** Whether there is, or may be, an order of it at the broker. */
  @JsonIgnore
  public boolean mayBeAtBroker() {
    return switch (outcome.orElse(null)) {
      case null -> false;
      case SubmitOutcome.Refused refused -> false;
      case SubmitOutcome.Accepted accepted -> true;
      case SubmitOutcome.Unknown unknown -> true;
    };
  }

  /**
   * As the ledger keeps it: the first attempt at the exit, and how far it came.
   *
   * @param because why the exit is under way, where a person asked for it before the watch did
   */
  public ExitRecord record(PositionId position, ExitReason because) {
    Optional<OrderView> order =
        outcome
            .filter(SubmitOutcome.Accepted.class::isInstance)
            .map(SubmitOutcome.Accepted.class::cast)
            .map(SubmitOutcome.Accepted::order);
    return new ExitRecord(
        exit,
        1,
        ClientOrderId.of(position, exit, 1).toString(),
        status(),
        because,
        order.map(OrderView::quantity).orElse(quantity),
        order.map(OrderView::filled).orElse(Quantity.ZERO),
        order.flatMap(OrderView::averagePrice),
        order.map(OrderView::id),
        at);
  }

  private ExitRecord.Status status() {
    return switch (outcome.orElse(null)) {
      case null -> ExitRecord.Status.INTENDED;
      case SubmitOutcome.Refused refused -> ExitRecord.Status.REFUSED;
      case SubmitOutcome.Accepted accepted -> ExitRecord.Status.SENT;
      case SubmitOutcome.Unknown unknown -> ExitRecord.Status.UNKNOWN;
    };
  }
}
