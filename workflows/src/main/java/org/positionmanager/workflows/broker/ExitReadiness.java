package org.positionmanager.workflows.broker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Quantity;

/** What stands between a decided exit and its order, read fresh from the broker. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ExitReadiness.AlreadySent.class, name = "alreadySent"),
  @JsonSubTypes.Type(value = ExitReadiness.HeldByOrders.class, name = "heldByOrders"),
  @JsonSubTypes.Type(value = ExitReadiness.NothingHeld.class, name = "nothingHeld"),
  @JsonSubTypes.Type(value = ExitReadiness.Ready.class, name = "ready")
})
public sealed interface ExitReadiness {
  /** An order under this exit's client order id exists: never send another, follow this one. */
  record AlreadySent(OrderView order) implements ExitReadiness {}

  /** Open orders that are not exits of ours (brackets) hold the quantity: cancel them first. */
  record HeldByOrders(List<OrderView> orders) implements ExitReadiness {}

  /** The account holds nothing of it in this direction: reconcile, never send. */
  record NothingHeld() implements ExitReadiness {}

  /**
   * Free to send.
   *
   * @param sendable at most what was asked for and never more than is held and free
   * @param quote the newest quote, for limit prices; empty where none could be read
   */
  record Ready(Quantity sendable, Optional<Quote> quote, MarketMoment moment)
      implements ExitReadiness {}
}
