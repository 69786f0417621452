package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Shares of one account that cannot be sold because calls on them were, or are about to be. */
final class CoveredCalls {
  private static final BigDecimal SHARES_A_CONTRACT = BigDecimal.valueOf(100);

  /** Contracts by the shares they are on. */
  private final Map<String, BigDecimal> contracts = new HashMap<>();

  private CoveredCalls() {}

  static CoveredCalls of(Account account) {
    CoveredCalls calls = new CoveredCalls();
    account.holdings.forEach(
        (symbol, held) -> calls.add(symbol, held.quantity().negate().max(BigDecimal.ZERO)));
    for (Order order : account.openOrders()) {
      if (order.terms.intent().equals("sell_to_open")) {
        calls.add(order.terms.symbol(), order.open());
      }
    }
    return calls;
  }

  private void add(String symbol, BigDecimal quantity) {
    OptionSymbol.of(symbol)
        .filter(option -> !option.put())
        .ifPresent(call -> contracts.merge(call.root(), quantity, BigDecimal::add));
  }

  /** Shares that short calls, sold or about to be, are covered by. */
  BigDecimal shares(String symbol) {
    return contracts.getOrDefault(symbol, BigDecimal.ZERO).multiply(SHARES_A_CONTRACT);
  }
}
