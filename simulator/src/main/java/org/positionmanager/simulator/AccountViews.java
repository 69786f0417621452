package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An account with what it is worth and may spend; every field of Alpaca's specification. */
final class AccountViews {
  private static final String NOTHING = "0";

  private final Exchange exchange;

  AccountViews(Exchange exchange) {
    this.exchange = exchange;
  }

  Map<String, Object> view(Account account) {
    Instant now = exchange.clock().now();
    LocalDate today = TradingHours.date(now);
    Funds funds = new Funds(account, exchange.quotes(), now);
    Instant lastClose = new TradingHours(exchange.clock().hours()).previousClose(today);
    AccountSettings settings = account.settings;
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", Assets.id(account.number));
    view.put("account_number", account.number);
    view.put("status", "ACTIVE");
    view.put("crypto_status", "INACTIVE");
    view.put("currency", "USD");
    view.put("cash", Views.money(account.cash));
    view.put("portfolio_value", Views.money(funds.equity()));
    view.put("equity", Views.money(funds.equity()));
    view.put("last_equity", Views.money(lastEquity(account, today)));
    view.put("long_market_value", Views.money(funds.longValue()));
    view.put("short_market_value", Views.money(funds.shortValue()));
    view.put("position_market_value", Views.money(funds.longValue().add(funds.shortValue())));
    view.put("buying_power", Views.money(funds.buyingPower()));
    view.put("regt_buying_power", Views.money(funds.buyingPower()));
    view.put("non_marginable_buying_power", Views.money(funds.optionsBuyingPower()));
    view.put("options_buying_power", Views.money(funds.optionsBuyingPower()));
    view.put("initial_margin", Views.money(funds.initialMargin()));
    view.put("maintenance_margin", Views.money(funds.maintenanceMargin()));
    view.put("last_maintenance_margin", NOTHING);
    view.put("sma", NOTHING);
    view.put("accrued_fees", NOTHING);
    view.put("pending_transfer_in", NOTHING);
    view.put("pending_transfer_out", NOTHING);
    view.put("pending_reg_taf_fees", NOTHING);
    view.put("intraday_adjustments", NOTHING);
    view.put("balance_asof", TradingHours.date(lastClose).toString());
    view.put("created_at", Views.time(exchange.beginning()));
    view.put("multiplier", Integer.toString(settings.multiplier()));
    view.put("options_approved_level", account.granted().optionsLevel());
    view.put("options_trading_level", settings.optionsLevel());
    view.put("shorting_enabled", settings.shorting());
    view.put("trading_blocked", account.isLocked());
    view.put("transfers_blocked", account.isLocked());
    view.put("account_blocked", account.isLocked());
    view.put("trade_suspended_by_user", account.wishes().suspendTrade());
    return view;
  }

  /** Equity at the close before a date; what the account began with where there was none. */
  BigDecimal lastEquity(Account account, LocalDate today) {
    return Optional.ofNullable(exchange.books().closes().lowerEntry(today))
        .map(entry -> entry.getValue().equities().get(account.name))
        .orElse(account.openingCash);
  }
}
