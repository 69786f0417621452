package org.positionmanager.simulator;

import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alpaca's assets and option contracts. */
final class AssetsRest {
  private static final int USUAL_PAGE = 100;
  private static final int LARGEST_PAGE = 10_000;

  private final Exchange exchange;
  private final Assets assets;

  AssetsRest(Exchange exchange) {
    this.exchange = exchange;
    assets = new Assets(exchange.quotes());
  }

  Object assets(Account account, Context request) {
    Params params = new Params(request);
    List<String> attributes = params.list("attributes");
    boolean others =
        params.text("status").filter(it -> !it.equals("active")).isPresent()
            || params.text("asset_class").filter(it -> !it.equals("us_equity")).isPresent()
            || params.text("exchange").filter(it -> !it.equals("NYSE")).isPresent();
    if (others) {
      return List.of();
    }
    synchronized (exchange) {
      return assets.equities().stream()
          .map(assets::view)
          .filter(
              view ->
                  attributes.isEmpty()
                      || attributes.stream().anyMatch(((List<?>) view.get("attributes"))::contains))
          .toList();
    }
  }

  Object asset(Account account, Context request) {
    String asked = request.pathParam("symbol");
    synchronized (exchange) {
      return assets
          .symbol(asked)
          .filter(symbol -> !Symbols.isOption(symbol))
          .map(assets::view)
          .orElseThrow(() -> new Rejection(404, 40410000, "asset not found for " + asked));
    }
  }

  Object contract(Account account, Context request) {
    String asked = request.pathParam("symbol");
    synchronized (exchange) {
      return assets
          .symbol(asked)
          .filter(Symbols::isOption)
          .map(symbol -> view(symbol, exchange.clock().now(), true))
          .orElseThrow(
              () -> new Rejection(404, 40410000, "option contract not found for " + asked));
    }
  }

  /** Contracts by filters; without one of dates those that expire before the next weekend. */
  Object contracts(Account account, Context request) {
    Params params = new Params(request);
    Instant now = exchange.clock().now();
    LocalDate today = TradingHours.date(now);
    Optional<LocalDate> on = params.date("expiration_date");
    Optional<LocalDate> from = params.date("expiration_date_gte");
    Optional<LocalDate> to = params.date("expiration_date_lte");
    LocalDate last =
        to.orElseGet(
            () ->
                from.isPresent()
                    ? LocalDate.MAX
                    : today.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY)));
    List<String> underlyings = params.list("underlying_symbols");
    Optional<String> type = params.text("type");
    Optional<BigDecimal> least = params.number("strike_price_gte");
    Optional<BigDecimal> most = params.number("strike_price_lte");
    boolean isActive = !params.text("status").equals(Optional.of("inactive"));
    List<String> found;
    synchronized (exchange) {
      found =
          assets.options().stream()
              .filter(
                  symbol -> {
                    OptionSymbol option = OptionSymbol.of(symbol).orElseThrow();
                    LocalDate expiry = option.expiry();
                    return (underlyings.isEmpty() || underlyings.contains(option.root()))
                        && params
                            .text("root_symbol")
                            .filter(it -> !it.equals(option.root()))
                            .isEmpty()
                        && type.filter(it -> it.equals("put") != option.put()).isEmpty()
                        && params.text("style").filter(it -> !it.equals("american")).isEmpty()
                        && least.filter(it -> option.strike().compareTo(it) < 0).isEmpty()
                        && most.filter(it -> option.strike().compareTo(it) > 0).isEmpty()
                        && isActive != Admission.hasExpired(option, now, exchange.clock().hours())
                        && on.map(expiry::equals).orElse(!expiry.isAfter(last))
                        && from.filter(expiry::isBefore).isEmpty();
                  })
              .toList();
    }
    return page(params, found, now);
  }

  private Object page(Params params, List<String> found, Instant now) {
    int limit = params.count("limit", USUAL_PAGE, 1, LARGEST_PAGE);
    Optional<String> after = params.text("page_token");
    List<String> rest =
        found.stream()
            .filter(symbol -> after.filter(it -> symbol.compareTo(it) <= 0).isEmpty())
            .toList();
    List<String> page = rest.stream().limit(limit).toList();
    Map<String, Object> view = new LinkedHashMap<>();
    synchronized (exchange) {
      view.put(
          "option_contracts",
          page.stream()
              .map(symbol -> view(symbol, now, params.flag("show_deliverables")))
              .toList());
    }
    view.put("next_page_token", rest.size() > page.size() ? page.getLast() : null);
    return view;
  }

  private Map<String, Object> view(String symbol, Instant now, boolean deliverables) {
    OptionSymbol option = OptionSymbol.of(symbol).orElseThrow();
    boolean expired = Admission.hasExpired(option, now, exchange.clock().hours());
    LocalDate closed =
        TradingHours.date(
            new TradingHours(exchange.clock().hours()).previousClose(TradingHours.date(now)));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", Assets.id(symbol));
    view.put("symbol", symbol);
    view.put(
        "name",
        "%s %s %s %s"
            .formatted(
                option.root(),
                option.expiry(),
                Views.text(option.strike()),
                option.put() ? "Put" : "Call"));
    view.put("status", expired ? "inactive" : "active");
    view.put("tradable", !expired);
    view.put("expiration_date", option.expiry().toString());
    view.put("root_symbol", option.root());
    view.put("underlying_symbol", option.root());
    view.put("underlying_asset_id", Assets.id(option.root()));
    view.put("type", option.put() ? "put" : "call");
    view.put("style", "american");
    view.put("strike_price", Views.text(option.strike()));
    view.put("multiplier", "100");
    view.put("size", "100");
    view.put("open_interest", "1000");
    view.put("open_interest_date", closed.toString());
    exchange
        .books()
        .lastClose(symbol, now)
        .ifPresent(
            price -> {
              view.put("close_price", Views.text(price));
              view.put("close_price_date", closed.toString());
            });
    if (deliverables) {
      view.put("deliverables", List.of(deliverable(option)));
    }
    return view;
  }

  private static Map<String, Object> deliverable(OptionSymbol option) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("type", "equity");
    view.put("symbol", option.root());
    view.put("asset_id", Assets.id(option.root()));
    view.put("amount", "100");
    view.put("allocation_percentage", "100");
    view.put("settlement_type", "T+1");
    view.put("settlement_method", "CCC");
    view.put("delayed_settlement", false);
    return view;
  }
}
