package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A share's split. Orders on it keep their prices, brackets too; exits for more than is held then
 * go. Where so many whole shares come for each, options on it become as many times the contracts at
 * a part of the strike, under the symbol of that strike; otherwise they end, and nobody may hold
 * any.
 *
 * @param now new shares for so many old ones
 */
record Split(String symbol, BigDecimal now, BigDecimal old) {
  Split {
    if (Symbols.isOption(symbol)) {
      throw new Rejection(400, 0, symbol + " is an option; split its share");
    }
    if (now.signum() <= 0 || old.signum() <= 0) {
      throw new Rejection(400, 0, "new and old must be more than 0");
    }
  }

  void apply(Exchange exchange, OrderLife life, Instant at) {
    if (!Splits.isWhole(now, old)) {
      exchange.accounts().forEach(this::refuseOptions);
    }
    exchange.record(new Happening.Split(symbol, now, old, at));
    Splits.Split split = exchange.quotes().splits().latest().orElseThrow();
    for (Account account : exchange.accounts()) {
      cancelOptionOrders(account, life, at);
      splitShares(exchange, account, split);
      for (String contract : List.copyOf(account.holdings.keySet())) {
        split
            .successor(contract)
            .ifPresent(next -> splitContracts(exchange, account, split, contract, next));
      }
      life.fit(account, symbol, at);
    }
  }

  private boolean isOn(String contract) {
    return OptionSymbol.of(contract).filter(it -> it.root().equals(symbol)).isPresent();
  }

  /** Contracts for other than whole shares are not simulated. */
  private void refuseOptions(Account account) {
    account.holdings.keySet().stream()
        .filter(this::isOn)
        .findFirst()
        .ifPresent(
            contract -> {
              throw new Rejection(
                  400,
                  0,
                  "account %s holds %s, and new must be a multiple of old to split options"
                      .formatted(account.name, contract));
            });
  }

  private void cancelOptionOrders(Account account, OrderLife life, Instant at) {
    for (Order order : List.copyOf(account.openOrders())) {
      if (isOn(order.terms.symbol())) {
        life.end(account, order, "canceled", at);
      }
    }
  }

  private void splitShares(Exchange exchange, Account account, Splits.Split split) {
    BigDecimal held = account.held(symbol);
    if (held.signum() != 0) {
      BigDecimal after = new Splits.Origin(symbol, now, old).quantity(held);
      BigDecimal more = after.subtract(held);
      CorporateAction.book(
          exchange, account, "SPLIT", symbol, more, Optional.empty(), split.at(), exchange.newId());
    }
  }

  /** Told of as what left and as what came: Alpaca's option corporate action. */
  private void splitContracts(
      Exchange exchange, Account account, Splits.Split split, String contract, String next) {
    if (contract.equals(next)) {
      return;
    }
    Account.Holding held = account.holding(contract);
    BigDecimal quantity = new Splits.Origin(contract, now, old).quantity(held.quantity());
    BigDecimal cost =
        held.averageEntry().multiply(held.quantity()).divide(quantity, Account.AVERAGES);
    String group = exchange.newId();
    Instant at = split.at();
    BigDecimal gone = held.quantity().negate();
    CorporateAction.book(exchange, account, "OPCA", contract, gone, Optional.empty(), at, group);
    CorporateAction.book(exchange, account, "OPCA", next, quantity, Optional.of(cost), at, group);
    if (account.exerciseDeclined.contains(contract)) {
      exchange.record(new Happening.ExerciseDeclined(account.name, next));
    }
  }
}
