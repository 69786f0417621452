package org.positionmanager.workflows.plan;

import java.util.Optional;
import java.util.Set;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;

/**
 * Which positions a plan is for. All that is said has to fit; what is not said fits everything.
 *
 * @param accounts empty for every account
 * @param strategies empty for every strategy
 * @param kind of instrument, the plan's
 * @param symbols symbols of instruments, or tickers that contracts are about; empty for every one
 * @param plan the plan's name
 * @param shadow the name of a plan that is evaluated beside it and never acted on
 * @param where it stands, for people: {@code line 12}
 */
public record PlanChoice(
    Set<AccountName> accounts,
    Set<Strategy> strategies,
    InstrumentKind kind,
    Set<String> symbols,
    String plan,
    Optional<String> shadow,
    String where) {
  public PlanChoice {
    accounts = Set.copyOf(accounts);
    strategies = Set.copyOf(strategies);
    symbols = Set.copyOf(symbols);
  }

  /** Whether a position is one of these. */
  public boolean fits(AccountName account, Strategy strategy, Instrument instrument) {
    return takes(account, strategy, InstrumentKind.of(instrument))
        && (symbols.isEmpty()
            || symbols.contains(instrument.symbol())
            || symbols.contains(instrument.underlying()));
  }

  /** Whether it is for such positions, or for some symbols of them. */
  public boolean takes(AccountName account, Strategy strategy, InstrumentKind of) {
    return kind == of
        && (accounts.isEmpty() || accounts.contains(account))
        && (strategies.isEmpty() || strategies.contains(strategy));
  }

  /** Whether each position of another choice is one of these too. */
  boolean covers(PlanChoice other) {
    return kind == other.kind
        && covers(accounts, other.accounts)
        && covers(strategies, other.strategies)
        && covers(symbols, other.symbols);
  }

  /** Whether all positions of a strategy in a kind of instrument are of these. */
  boolean coversAll(Strategy strategy, InstrumentKind of) {
    return kind == of
        && accounts.isEmpty()
        && symbols.isEmpty()
        && (strategies.isEmpty() || strategies.contains(strategy));
  }

  private static <T> boolean covers(Set<T> wide, Set<T> narrow) {
    return wide.isEmpty() || !narrow.isEmpty() && wide.containsAll(narrow);
  }
}
