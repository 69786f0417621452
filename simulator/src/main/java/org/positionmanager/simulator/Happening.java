package org.positionmanager.simulator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

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
  @JsonSubTypes.Type(value = Happening.TooLate.class, name = "too-late"),
  @JsonSubTypes.Type(value = Happening.Replaced.class, name = "replaced"),
  @JsonSubTypes.Type(value = Happening.Resized.class, name = "resized"),
  @JsonSubTypes.Type(value = Happening.Triggered.class, name = "triggered"),
  @JsonSubTypes.Type(value = Happening.Trailed.class, name = "trailed"),
  @JsonSubTypes.Type(value = Happening.Booked.class, name = "booked"),
  @JsonSubTypes.Type(value = Happening.Split.class, name = "split"),
  @JsonSubTypes.Type(value = Happening.ExerciseDeclined.class, name = "exercise-declined"),
  @JsonSubTypes.Type(value = Happening.Configured.class, name = "configured"),
  @JsonSubTypes.Type(value = Happening.Wished.class, name = "wished"),
  @JsonSubTypes.Type(value = Happening.SessionClosed.class, name = "session-closed"),
  @JsonSubTypes.Type(value = Happening.FillsHeld.class, name = "fills-held"),
  @JsonSubTypes.Type(value = Happening.Pinned.class, name = "pinned"),
  @JsonSubTypes.Type(value = Happening.Unpinned.class, name = "unpinned"),
  @JsonSubTypes.Type(value = Happening.Halted.class, name = "halted"),
  @JsonSubTypes.Type(value = Happening.Resumed.class, name = "resumed")
})
sealed interface Happening {
  /** A client asked for an order under an id of its own, whatever was answered. */
  record Posted(String account, String clientOrderId) implements Happening {}

  /** An order came into being, in its first status. */
  record Accepted(String account, OrderTerms order, String status) implements Happening {}

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

  /** Another order took an order's place. */
  record Replaced(String account, String orderId, String by, Instant at) implements Happening {}

  /**
   * A request that was pending came to nothing: an order's fill was first.
   *
   * @param event as the trading stream calls it
   */
  record TooLate(String account, String orderId, String event, Instant at) implements Happening {}

  /** An order is for another quantity now, because its sibling was filled in part. */
  record Resized(String account, String orderId, BigDecimal quantity) implements Happening {}

  /** A stop was touched. */
  record Triggered(String account, String orderId, Instant at) implements Happening {}

  /** A trailing stop follows the market to a new mark. */
  record Trailed(String account, String orderId, BigDecimal highWater) implements Happening {}

  /** An account changed by something other than a trade. */
  record Booked(String account, Booking booking) implements Happening {}

  /** A share was split: new shares for so many old ones. */
  record Split(String symbol, BigDecimal now, BigDecimal old, Instant at) implements Happening {}

  /** A client wants an option not to be exercised at expiry. */
  record ExerciseDeclined(String account, String symbol) implements Happening {}

  /** A person set how an account is treated. */
  record Configured(String account, AccountSettings settings) implements Happening {}

  /** An account's owner set what the broker may do. */
  record Wished(String account, AccountWishes wishes) implements Happening {}

  /**
   * A regular session ended.
   *
   * @param prices dollars, the last mid of each symbol
   * @param equities dollars, by account
   */
  record SessionClosed(
      LocalDate date, Map<String, BigDecimal> prices, Map<String, BigDecimal> equities, Instant at)
      implements Happening {}

  /** A person holds an account's fills back, or lets them go on. */
  record FillsHeld(String account, boolean held) implements Happening {}

  /** A price was set by hand. */
  record Pinned(String symbol, Quotes.Quote quote) implements Happening {}

  /** A price follows its path again. */
  record Unpinned(String symbol) implements Happening {}

  /** A person halted trading in a symbol. */
  record Halted(String symbol, Instant since) implements Happening {}

  /** A symbol trades again. */
  record Resumed(String symbol) implements Happening {}
}
