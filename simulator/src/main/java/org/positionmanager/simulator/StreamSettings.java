package org.positionmanager.simulator;

import java.time.Duration;
import java.util.Optional;

/**
 * Limits of the streams; what is left out is as Alpaca has it.
 *
 * @param authWithin real time a client has to authenticate; 10 s
 * @param iexSymbols how many symbols a connection may follow on the free stock feed; 30
 * @param indicativeSymbols the same on the free option feed; 200
 * @param slowAfter messages that may wait for a client before it is dropped; 10,000
 * @param freeAccounts accounts without a subscription to sip and opra; none
 */
public record StreamSettings(
    Optional<Duration> authWithin,
    Optional<Integer> iexSymbols,
    Optional<Integer> indicativeSymbols,
    Optional<Integer> slowAfter,
    java.util.Set<String> freeAccounts) {
  public StreamSettings {
    authWithin = authWithin == null ? Optional.empty() : authWithin;
    iexSymbols = iexSymbols == null ? Optional.empty() : iexSymbols;
    indicativeSymbols = indicativeSymbols == null ? Optional.empty() : indicativeSymbols;
    slowAfter = slowAfter == null ? Optional.empty() : slowAfter;
    freeAccounts = freeAccounts == null ? java.util.Set.of() : java.util.Set.copyOf(freeAccounts);
  }

  static final StreamSettings DEFAULT =
      new StreamSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          java.util.Set.of());
}
