package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.util.Map;

/** Shares that cannot be sold because calls on them were. */
final class CoveredCalls {
  private static final BigDecimal SHARES_A_CONTRACT = BigDecimal.valueOf(100);

  private CoveredCalls() {}

  /** Shares that short calls, sold or about to be, are covered by. */
  static BigDecimal shares(Account account, String symbol) {
    BigDecimal contracts = BigDecimal.ZERO;
    for (Map.Entry<String, Account.Holding> held : account.holdings.entrySet()) {
      if (isCallOn(held.getKey(), symbol)) {
        contracts = contracts.add(held.getValue().quantity().negate().max(BigDecimal.ZERO));
      }
    }
    for (Order order : account.openOrders()) {
      if (isCallOn(order.terms.symbol(), symbol) && order.terms.intent().equals("sell_to_open")) {
        contracts = contracts.add(order.open());
      }
    }
    return contracts.multiply(SHARES_A_CONTRACT);
  }

  private static boolean isCallOn(String symbol, String underlying) {
    return OptionSymbol.of(symbol)
        .filter(option -> !option.put() && option.root().equals(underlying))
        .isPresent();
  }
}
