package org.positionmanager.simulator;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Builds an exchange from a scenario and what happened to it in earlier lives. */
final class Openings {
  private Openings() {}

  static Exchange open(Scenario scenario, Optional<DataFolder> data) throws IOException {
    Quotes quotes = new Quotes(scenario.seed());
    for (Scenario.Path path : scenario.prices()) {
      quotes.path(
          path.symbol(),
          scenario.start(),
          path.points().stream().map(point -> new Quotes.Point(point.at(), point.mid())).toList());
    }
    List<Account> accounts =
        scenario.accounts().stream()
            .map(it -> new Account(it.name(), it.accountNumber(), it.key(), it.secret(), it.cash()))
            .toList();
    Books books = new Books(accounts, quotes);
    if (data.isPresent()) {
      data.get().replay(scenario, books::apply);
    }
    // another stream of ids in each life, or an id of an earlier one would come again
    long lives = data.map(DataFolder::size).orElse(0L);
    return new Exchange(
        scenario,
        new ExchangeClock(
            scenario.start(),
            scenario.paces(),
            System::nanoTime,
            data.<ExchangeClock.Bound>map(it -> it).orElse(Unbounded.FORGETS)),
        books,
        data.<Journal>map(it -> it).orElse(Journal.NONE),
        new SplittableRandom(scenario.seed() + lives));
  }

  private enum Unbounded implements ExchangeClock.Bound {
    FORGETS;

    @Override
    public Optional<java.time.Instant> load() {
      return Optional.empty();
    }

    @Override
    public void store(java.time.Instant bound) {}
  }
}
