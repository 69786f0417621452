package org.positionmanager.activities.sync;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.positionmanager.activities.broker.AccountActivity;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.Fill;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.sync.Closing;
import org.positionmanager.workflows.sync.Opening;
import org.positionmanager.workflows.sync.ShareChange;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/** What became of holdings before they were as they are, by orders, fills and activities. */
record Past(List<Closing> closings, List<Opening> openings, List<ShareChange> changes) {
  static final Past NONE = new Past(List.of(), List.of(), List.of());

  /** How far it reaches back at the least: what opened a holding that nobody tracks. */
  static final Duration LEAST = Opening.REACH;

  /** Orders may be sent long before they fill. */
  private static final Duration ORDERS_BEFORE = Duration.ofDays(7);

  /**
   * Of so many instruments orders are asked for one by one: more would cost requests that the
   * account's budget does not have.
   */
  private static final int ASKED_ONE_BY_ONE = 3;

  private static final Set<String> CONTRACTS = Set.of("OPEXP", "OPEXC", "OPASN");
  private static final Set<String> SPLITS = Set.of("SPLIT", "SSP");
  private static final Set<String> NEW_NAMES = Set.of("NC", "SC");
  private static final String DELIVERED = "OPTRD";
  private static final Set<String> TYPES =
      Set.of("OPEXP", "OPEXC", "OPASN", DELIVERED, "SPLIT", "SSP", "NC", "SC");
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS");
  private static final int STAMP_LENGTH = 17;

  /** What changed the account without a trade, from a day before. */
  static List<AccountActivity> activities(Broker broker, Instant since) {
    return broker.activitiesAfter(TYPES, since.minus(Duration.ofDays(1)));
  }

  /** Splits and changes of symbol among them. */
  static List<ShareChange> changes(List<AccountActivity> all, Predicate<Instrument> which) {
    return all.stream()
        .filter(it -> it.instrument().filter(which).isPresent() && it.quantity().signum() != 0)
        .flatMap(it -> change(it, all).stream())
        .toList();
  }

  /**
   * Reads orders and fills of those instruments, and takes from the activities what is theirs.
   *
   * @param activities of the account, since then at the latest
   */
  static Past read(
      Broker broker, List<AccountActivity> activities, Set<Instrument> instruments, Instant since) {
    Map<BrokerOrderId, OrderView> orders = new LinkedHashMap<>();
    orders(broker, instruments, since.minus(ORDERS_BEFORE))
        .forEach(order -> orders.put(order.id(), order));
    for (Fill fill : broker.fillsAfter(since)) {
      if (instruments.contains(fill.instrument()) && !orders.containsKey(fill.order())) {
        broker.order(fill.order()).ifPresent(order -> orders.put(order.id(), order));
      }
    }
    List<Closing> closings = new ArrayList<>();
    List<Opening> openings = new ArrayList<>();
    for (OrderView order : orders.values()) {
      if (!order.filled().isZero() && order.averagePrice().isPresent()) {
        closings.add(closing(order));
        if (ClientOrderId.ifOurs(order.clientOrderId()).isEmpty()) {
          openings.add(
              new Opening(
                  order.instrument(), opens(order.side()), order.id().value(), order.updatedAt()));
        }
      }
    }
    for (AccountActivity activity : activities) {
      boolean isMeant = activity.instrument().filter(instruments::contains).isPresent();
      if (isMeant && activity.quantity().signum() != 0) {
        sort(activity, closings, openings);
      }
    }
    return new Past(closings, openings, changes(activities, instruments::contains));
  }

  /** One question for each, or one for all of the account's. */
  private static Stream<OrderView> orders(
      Broker broker, Set<Instrument> instruments, Instant since) {
    return instruments.size() > ASKED_ONE_BY_ONE
        ? broker.ordersSubmittedAfter(since, Optional.empty()).stream()
            .filter(order -> instruments.contains(order.instrument()))
        : instruments.stream()
            .flatMap(it -> broker.ordersSubmittedAfter(since, Optional.of(it)).stream());
  }

  private static void sort(
      AccountActivity activity, List<Closing> closings, List<Opening> openings) {
    Instrument instrument = activity.instrument().orElseThrow();
    if (CONTRACTS.contains(activity.type())) {
      closings.add(closing(activity, instrument));
    } else if (DELIVERED.equals(activity.type())) {
      openings.add(
          new Opening(
              instrument,
              activity.quantity().signum() > 0 ? Direction.LONG : Direction.SHORT,
              Closing.ACTIVITY + activity.id(),
              at(activity)));
      activity
          .price()
          .ifPresent(
              strike -> closings.add(closing(activity, instrument, Closing.Kind.FILLED, strike)));
    }
  }

  private static Optional<ShareChange> change(AccountActivity activity, List<AccountActivity> all) {
    Instrument instrument = activity.instrument().orElseThrow();
    if (SPLITS.contains(activity.type())) {
      return Optional.of(
          new ShareChange(
              activity.id(), instrument, activity.quantity(), Optional.empty(), at(activity)));
    }
    return NEW_NAMES.contains(activity.type())
        ? newName(activity, all)
            .map(
                other ->
                    new ShareChange(
                        activity.id(),
                        instrument,
                        activity.quantity().negate(),
                        Optional.of(other),
                        at(activity)))
        : Optional.empty();
  }

  /**
   * What left under one symbol came under another, in the same quantity, on the same day. Which of
   * several it was cannot be told: then none is taken for it.
   */
  private static Optional<Instrument> newName(AccountActivity left, List<AccountActivity> all) {
    List<Instrument> candidates =
        all.stream()
            .filter(other -> other.type().equals(left.type()) && other.date().equals(left.date()))
            .filter(other -> other.quantity().negate().compareTo(left.quantity()) == 0)
            .flatMap(other -> other.instrument().stream())
            .filter(to -> !left.instrument().orElseThrow().equals(to))
            .distinct()
            .toList();
    return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
  }

  private static Closing closing(OrderView order) {
    return new Closing(
        order.instrument(),
        opens(order.side()) == Direction.LONG ? Direction.SHORT : Direction.LONG,
        Closing.Kind.FILLED,
        new ClosingFill(
            order.id(),
            order.clientOrderId(),
            order.filled(),
            order.averagePrice().orElseThrow(),
            order.updatedAt()));
  }

  private static Direction opens(Side side) {
    return side == Direction.LONG.openingSide() ? Direction.LONG : Direction.SHORT;
  }

  private static Closing closing(AccountActivity activity, Instrument instrument) {
    Closing.Kind kind =
        switch (activity.type()) {
          case "OPEXP" -> Closing.Kind.EXPIRED;
          case "OPEXC" -> Closing.Kind.EXERCISED;
          case "OPASN" -> Closing.Kind.ASSIGNED;
          default -> throw new IllegalArgumentException("ends no contract: " + activity.type());
        };
    return closing(activity, instrument, kind, new Price(BigDecimal.ZERO));
  }

  /**
   * The quantity of an activity is negative where a long is removed, positive for a short. Shares
   * that are delivered are bought or sold at the strike: they close what was held the other way, a
   * covered call's shares as well as those that somebody was short of.
   */
  private static Closing closing(
      AccountActivity activity, Instrument instrument, Closing.Kind kind, Price price) {
    return new Closing(
        instrument,
        activity.quantity().signum() < 0 ? Direction.LONG : Direction.SHORT,
        kind,
        new ClosingFill(
            new BrokerOrderId(Closing.ACTIVITY + activity.id()),
            "",
            new Quantity(activity.quantity().abs()),
            price,
            at(activity)));
  }

  /**
   * Ids of activities begin with their moment (seen at Alpaca: {@code 20190801011955195::...});
   * where they do not, the activity counts from the end of its day.
   */
  private static Instant at(AccountActivity activity) {
    String id = activity.id();
    if (id.length() > STAMP_LENGTH) {
      try {
        return LocalDateTime.parse(id.substring(0, STAMP_LENGTH), STAMP).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException other) {
        // not a moment: the date below
      }
    }
    return activity.date().atTime(LocalTime.MAX).atZone(ExchangeZone.NEW_YORK).toInstant();
  }
}
