package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.positionmanager.simulator.market.OptionContract;
import org.positionmanager.simulator.market.ScaledPrices;

/**
 * What splits made of shares, and of the options on them: prices and quantities of an earlier
 * moment in terms of a later one. May be asked from any thread.
 */
final class Splits {
  private static final int FRACTION_DIGITS = 9;

  /** OCC: strikes are rounded to a cent. */
  private static final int STRIKE_DECIMALS = 2;

  private final List<Split> splits = new CopyOnWriteArrayList<>();

  /**
   * One that happened.
   *
   * @param now new shares for so many old ones
   * @param origins contracts by their new symbol, with the symbol that each had
   */
  record Split(
      String symbol, BigDecimal now, BigDecimal old, Instant at, Map<String, String> origins) {
    /** The symbol of a contract of before; empty where the split ended it. */
    Optional<String> successor(String contract) {
      return origins.entrySet().stream()
          .filter(it -> it.getValue().equals(contract))
          .map(Map.Entry::getKey)
          .findFirst();
    }
  }

  /**
   * What an instrument was at an earlier moment.
   *
   * @param symbol that it had
   * @param now shares or contracts now for so many then
   */
  record Origin(String symbol, BigDecimal now, BigDecimal old) {
    BigDecimal price(BigDecimal then) {
      return isSame() ? then : ScaledPrices.scaled(then, now, old);
    }

    BigDecimal quantity(BigDecimal then) {
      return isSame()
          ? then
          : then.multiply(now).divide(old, FRACTION_DIGITS, RoundingMode.DOWN).stripTrailingZeros();
    }

    Quotes.Quote quote(Quotes.Quote then) {
      return isSame() ? then : new Quotes.Quote(price(then.bid()), price(then.ask()), then.at());
    }

    private boolean isSame() {
      return now.compareTo(old) == 0;
    }
  }

  void add(Split split) {
    splits.add(split);
  }

  Optional<Split> latest() {
    return splits.isEmpty() ? Optional.empty() : Optional.of(splits.getLast());
  }

  /** What an instrument was at a moment, in terms of a later one. */
  Origin origin(String symbol, Instant from, Instant to) {
    String name = symbol;
    BigDecimal now = BigDecimal.ONE;
    BigDecimal old = BigDecimal.ONE;
    for (Split split : splits.reversed()) {
      boolean isBetween = split.at().isAfter(from) && !split.at().isAfter(to);
      if (isBetween && (split.symbol().equals(name) || split.origins().containsKey(name))) {
        name = split.origins().getOrDefault(name, name);
        now = now.multiply(split.now(), MathContext.DECIMAL64);
        old = old.multiply(split.old(), MathContext.DECIMAL64);
      }
    }
    return new Origin(name, now, old);
  }

  /** Whether so many whole shares come for each: contracts then multiply and strikes divide. */
  static boolean isWhole(BigDecimal now, BigDecimal old) {
    return now.remainder(old).signum() == 0;
  }

  /** The contract that takes a contract's place. */
  static OptionContract adjusted(OptionContract contract, BigDecimal now, BigDecimal old) {
    return new OptionContract(
        contract.root(),
        contract.expiration(),
        contract.call(),
        contract.strike().multiply(old).divide(now, STRIKE_DECIMALS, RoundingMode.HALF_UP));
  }
}
