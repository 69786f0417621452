package org.positionmanager.simulator;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Alpaca's account activities: fills, and what changes an account without a trade. */
final class ActivitiesRest {
  private static final int LARGEST_PAGE = 100;

  private static final String TRADES = "trade_activity";
  private static final String OTHERS = "non_trade_activity";

  /** Of Alpaca's specification, and those of its earlier documentation that clients ask for. */
  static final Set<String> TYPES =
      Set.of(
          ("FILL TRANS MISC ACATC ACATS CFEE CGD CSD CSW DIV DIVCGL DIVCGS DIVFEE DIVFT DIVNRA"
                  + " DIVROC DIVTW DIVTXEX FEE INT INTNRA INTTW JNL JNLC JNLS MA NC OPASN OPCA"
                  + " OPCSH OPEXC OPEXP OPTRD PTC PTR REORG SPIN SPLIT FOPT OCT SC SSO SSP OPXRC")
              .split(" "));

  /** What the collective types stand for. */
  private static final Map<String, Set<String>> KINDS =
      Map.of(
          TRADES,
          Set.of("FILL"),
          OTHERS,
          Set.of("OPEXP", "OPEXC", "OPASN", "OPTRD", "OPCA", "SPLIT", "NC"),
          "MISC",
          Set.of("OPEXP", "OPEXC", "OPASN", "OPTRD", "OPCA", "SPLIT", "NC"));

  private final Exchange exchange;

  ActivitiesRest(Exchange exchange) {
    this.exchange = exchange;
  }

  /**
   * One activity in a list.
   *
   * @param at when it came to be, for filters: of a booking when it was posted
   */
  private record Activity(
      String id, String type, String orderId, Instant at, Map<String, Object> view) {}

  Object activities(Account account, Context request) {
    Params params = new Params(request);
    Optional<String> oneType = Optional.ofNullable(request.pathParamMap().get("type"));
    List<String> types = oneType.map(List::of).orElseGet(() -> params.list("activity_types"));
    Optional<String> category = params.choice("category", TRADES, OTHERS);
    types.stream()
        .filter(type -> !TYPES.contains(type) && !KINDS.containsKey(type))
        .findFirst()
        .ifPresent(
            type -> {
              throw Params.invalid("activity type", type);
            });
    if (category.isPresent() && !types.isEmpty()) {
      throw new Rejection(422, 40010001, "category cannot be used with activity types");
    }
    Set<String> wanted =
        Stream.concat(types.stream(), category.stream())
            .flatMap(type -> KINDS.getOrDefault(type, Set.of(type)).stream())
            .collect(Collectors.toSet());
    boolean ascending = params.isAscending();
    int size = params.count("page_size", LARGEST_PAGE, 1, LARGEST_PAGE);
    List<Activity> found;
    synchronized (exchange) {
      exchange.match();
      Predicate<Activity> filter = filter(params, wanted);
      found =
          new ArrayList<>(
              all(account, exchange.clock().now())
                  .filter(filter)
                  .sorted(Comparator.comparing(Activity::at))
                  .toList());
    }
    List<Activity> ordered = ascending ? found : found.reversed();
    return from(ordered, params.text("page_token")).limit(size).map(Activity::view).toList();
  }

  private static Stream<Activity> from(List<Activity> ordered, Optional<String> token) {
    if (token.isEmpty()) {
      return ordered.stream();
    }
    List<String> ids = ordered.stream().map(Activity::id).toList();
    int last = ids.indexOf(token.get());
    if (last < 0) {
      throw Params.invalid("page_token", token.get());
    }
    return ordered.stream().skip(last + 1L);
  }

  private static Predicate<Activity> filter(Params params, Set<String> wanted) {
    Optional<LocalDate> date = params.date("date");
    Optional<Instant> after = params.moment("after");
    Optional<Instant> until = params.moment("until");
    Optional<String> orderId = params.text("order_id");
    return activity ->
        (wanted.isEmpty() || wanted.contains(activity.type()))
            && date.filter(it -> !it.equals(utc(activity.at()))).isEmpty()
            && after.filter(it -> !activity.at().isAfter(it)).isEmpty()
            && until.filter(it -> !activity.at().isBefore(it)).isEmpty()
            && orderId.filter(it -> !it.equals(activity.orderId())).isEmpty();
  }

  /** Alpaca's specification: dates of creation are in UTC. */
  private static LocalDate utc(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC);
  }

  private static Stream<Activity> all(Account account, Instant now) {
    return Stream.concat(
        account.fills.stream()
            .map(
                fill ->
                    new Activity(fill.id(), "FILL", fill.orderId(), fill.at(), Views.fill(fill))),
        account.bookings.stream()
            .filter(booking -> !booking.postedAt().isAfter(now))
            .map(
                booking ->
                    new Activity(
                        booking.id(), booking.type(), "", booking.postedAt(), view(booking))));
  }

  private static Map<String, Object> view(Booking booking) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", booking.id());
    view.put("activity_type", booking.type());
    view.put("date", booking.date().toString());
    view.put("created_at", Views.time(booking.postedAt()));
    view.put("net_amount", Views.text(booking.cash()));
    view.put("symbol", booking.symbol());
    view.put("qty", Views.text(booking.quantity()));
    booking.price().ifPresent(price -> view.put("price", Views.text(price)));
    if (!booking.group().isEmpty()) {
      view.put("group_id", booking.group());
    }
    view.put("currency", "USD");
    view.put("status", "executed");
    return view;
  }
}
