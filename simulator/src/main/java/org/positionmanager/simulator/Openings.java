package org.positionmanager.simulator;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Builds an exchange from a scenario and what happened to it in earlier lives. */
final class Openings {
  private Openings() {}

  static Exchange open(Scenario scenario, Optional<DataFolder> data) throws IOException {
    Quotes quotes = PriceScript.of(scenario);
    List<Account> accounts = scenario.accounts().stream().map(Openings::account).toList();
    Books books = new Books(accounts, quotes);
    if (data.isPresent()) {
      data.get().replay(scenario, books::apply);
    }
    return new Exchange(
        scenario,
        new ExchangeClock(
            scenario.live() ? Instant.now() : scenario.start(),
            scenario.paces(),
            System::nanoTime,
            data.<ExchangeClock.Bound>map(it -> it).orElse(Unbounded.FORGETS),
            scenario.market()),
        books,
        data.<Journal>map(it -> it).orElse(Journal.NONE),
        new SplittableRandom(ids(scenario, data)));
  }

  /**
   * Where ids begin: elsewhere in each life, or an id of an earlier one would come again. Scripted
   * days have the same ids by seed; what runs in the machine's time never comes twice.
   */
  private static long ids(Scenario scenario, Optional<DataFolder> data) {
    return scenario.live()
        ? new SecureRandom().nextLong()
        : scenario.seed() + data.map(DataFolder::size).orElse(0L);
  }

  private static Account account(Scenario.AccountSeed seed) {
    Account account =
        new Account(seed.name(), seed.accountNumber(), seed.key(), seed.secret(), seed.cash());
    account.grant(account.granted().limitedTo(seed.requestsPerMinute().orElse(0)));
    return account;
  }

  private enum Unbounded implements ExchangeClock.Bound {
    FORGETS;

    @Override
    public Optional<Instant> load() {
      return Optional.empty();
    }

    @Override
    public void store(Instant bound) {}
  }
}
