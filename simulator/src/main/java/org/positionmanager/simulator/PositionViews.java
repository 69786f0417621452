package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Positions of one account at one moment, with their value and their profit since the entry and
 * since the last close.
 */
final class PositionViews {
  private final Exchange exchange;
  private final Account account;
  private final Instant now;
  private final Instant lastClose;
  private final Map<String, Account.Holding> heldAtLastClose;
  private final CoveredCalls calls;

  PositionViews(Exchange exchange, Account account) {
    this.exchange = exchange;
    this.account = account;
    now = exchange.clock().now();
    lastClose = new TradingHours(exchange.clock().hours()).previousClose(TradingHours.date(now));
    // both go through much: once for all of an account's positions
    heldAtLastClose = account.holdingsAt(lastClose);
    calls = CoveredCalls.of(account);
  }

  Map<String, Object> view(String symbol, Account.Holding holding) {
    BigDecimal multiplier = BigDecimal.valueOf(Symbols.multiplier(symbol));
    BigDecimal price =
        exchange.quotes().at(symbol, now).map(Funds::mid).orElse(holding.averageEntry());
    BigDecimal lastDay =
        exchange
            .books()
            .lastClose(symbol, now)
            .or(() -> exchange.quotes().then(symbol, lastClose, now).map(Funds::mid))
            .orElse(price);
    BigDecimal quantity = holding.quantity();
    BigDecimal value = quantity.multiply(price).multiply(multiplier);
    BigDecimal cost = quantity.multiply(holding.averageEntry()).multiply(multiplier);
    BigDecimal profit = value.subtract(cost);
    Splits.Origin then = exchange.quotes().splits().origin(symbol, lastClose, now);
    Account.Holding heldThen = heldAtLastClose.getOrDefault(then.symbol(), Account.Holding.NONE);
    BigDecimal overnight = kept(then.quantity(heldThen.quantity()), quantity);
    BigDecimal base =
        overnight
            .multiply(lastDay)
            .add(quantity.subtract(overnight).multiply(holding.averageEntry()))
            .multiply(multiplier);
    BigDecimal profitToday = value.subtract(base);
    // FIELD: negative for a short, as its quantity is
    BigDecimal free =
        account
            .available(symbol, () -> calls)
            .min(quantity.abs())
            .multiply(BigDecimal.valueOf(quantity.signum()));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("asset_id", Assets.id(symbol));
    view.put("symbol", symbol);
    view.put("exchange", Assets.exchange(symbol));
    view.put("asset_class", Assets.assetClass(symbol));
    view.put("asset_marginable", !Symbols.isOption(symbol));
    view.put("qty", Views.text(quantity));
    view.put("avg_entry_price", Views.text(holding.averageEntry()));
    view.put("side", quantity.signum() > 0 ? "long" : "short");
    view.put("market_value", Views.money(value));
    view.put("cost_basis", Views.money(cost));
    view.put("unrealized_pl", Views.money(profit));
    view.put("unrealized_plpc", Views.text(ratio(profit, cost.abs())));
    view.put("unrealized_intraday_pl", Views.money(profitToday));
    view.put("unrealized_intraday_plpc", Views.text(ratio(profitToday, base.abs())));
    view.put("current_price", Views.text(price));
    view.put("lastday_price", Views.text(lastDay));
    view.put("change_today", Views.text(ratio(price.subtract(lastDay), lastDay)));
    view.put("qty_available", Views.text(free));
    return view;
  }

  /** How much of what was held at the last close is held still. */
  private static BigDecimal kept(BigDecimal then, BigDecimal quantity) {
    return then.signum() == quantity.signum()
        ? then.abs().min(quantity.abs()).multiply(BigDecimal.valueOf(quantity.signum()))
        : BigDecimal.ZERO;
  }

  private static BigDecimal ratio(BigDecimal part, BigDecimal whole) {
    return whole.signum() == 0
        ? BigDecimal.ZERO
        : part.divide(whole, MathContext.DECIMAL64).setScale(12, RoundingMode.HALF_UP);
  }
}
