package org.positionmanager.simulator;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Limits of the streams; what is left out is as Alpaca has it.
 *
 * @param authWithin real time a client has to authenticate; 10 s
 * @param iexSymbols how many symbols a connection may follow on the free stock feed; 30
 * @param indicativeSymbols the same on the free option feed; 200
 * @param slowAfter messages that may wait for a client before it is dropped; 10,000
 * @param freeAccounts accounts without a subscription to sip and opra; none
 * @param notEnabled accounts that may not use market data streams at all (code 408); none
 * @param lingers real time that a connection which broke off still counts against the limit of one;
 *     none, about 90 s at Alpaca
 */
public record StreamSettings(
    Optional<Duration> authWithin,
    Optional<Integer> iexSymbols,
    Optional<Integer> indicativeSymbols,
    Optional<Integer> slowAfter,
    Set<String> freeAccounts,
    Set<String> notEnabled,
    Optional<Duration> lingers) {
  public StreamSettings {
    authWithin = authWithin == null ? Optional.empty() : authWithin;
    iexSymbols = iexSymbols == null ? Optional.empty() : iexSymbols;
    indicativeSymbols = indicativeSymbols == null ? Optional.empty() : indicativeSymbols;
    slowAfter = slowAfter == null ? Optional.empty() : slowAfter;
    freeAccounts = freeAccounts == null ? Set.of() : Set.copyOf(freeAccounts);
    notEnabled = notEnabled == null ? Set.of() : Set.copyOf(notEnabled);
    lingers = lingers == null ? Optional.empty() : lingers;
  }

  /** One in which every account may use streams, and what broke off is forgotten. */
  public StreamSettings(
      Optional<Duration> authWithin,
      Optional<Integer> iexSymbols,
      Optional<Integer> indicativeSymbols,
      Optional<Integer> slowAfter,
      Set<String> freeAccounts) {
    this(
        authWithin,
        iexSymbols,
        indicativeSymbols,
        slowAfter,
        freeAccounts,
        Set.of(),
        Optional.empty());
  }

  static final StreamSettings DEFAULT =
      new StreamSettings(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Set.of());
}
