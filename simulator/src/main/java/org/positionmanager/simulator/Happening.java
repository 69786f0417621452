package org.positionmanager.simulator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened at the exchange. The books are nothing but these, applied in order; a
 * journal of them is all that an exchange needs to go on after it was killed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "happened")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Happening.Posted.class, name = "posted"),
  @JsonSubTypes.Type(value = Happening.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = Happening.Became.class, name = "became"),
  @JsonSubTypes.Type(value = Happening.Filled.class, name = "filled"),
  @JsonSubTypes.Type(value = Happening.FillsHeld.class, name = "fills-held"),
  @JsonSubTypes.Type(value = Happening.Pinned.class, name = "pinned"),
  @JsonSubTypes.Type(value = Happening.Unpinned.class, name = "unpinned")
})
sealed interface Happening {
  /** A client asked for an order under an id of its own, whatever was answered. */
  record Posted(String account, String clientOrderId) implements Happening {}

  /** An order came into being. */
  record Accepted(String account, OrderTerms order, Optional<Order.Bracket> bracket)
      implements Happening {}

  /** An order changed its status other than by a fill. */
  record Became(String account, String orderId, String status, Instant at) implements Happening {}

  /** Part or all of an order was filled. */
  record Filled(
      String account,
      String orderId,
      String fillId,
      BigDecimal quantity,
      BigDecimal price,
      Instant at)
      implements Happening {}

  /** A person holds an account's fills back, or lets them go on. */
  record FillsHeld(String account, boolean held) implements Happening {}

  /** A price was set by hand. */
  record Pinned(String symbol, Quotes.Quote quote) implements Happening {}

  /** A price follows its path again. */
  record Unpinned(String symbol) implements Happening {}
}
