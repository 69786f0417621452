package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.simulator.market.ModelledOption;
import org.positionmanager.simulator.market.OptionContract;
import org.positionmanager.simulator.market.PriceSource;
import org.positionmanager.simulator.market.RandomWalk;
import org.positionmanager.simulator.market.RecordedPrices;

/** Builds the quotes of a scenario. */
final class PriceScript {
  private static final BigDecimal STOCK_VOLATILITY = new BigDecimal("0.3");
  private static final BigDecimal OPTION_VOLATILITY = new BigDecimal("0.35");

  private PriceScript() {}

  static Quotes of(Scenario scenario) {
    Quotes quotes = new Quotes(scenario.seed(), scenario.market());
    for (Scenario.Path path : scenario.prices()) {
      if (!path.points().isEmpty()) {
        quotes.path(
            path.symbol(),
            scenario.start(),
            path.points().stream().map(it -> new Quotes.Point(it.at(), it.mid())).toList());
      }
      path.walk()
          .ifPresent(
              walk ->
                  quotes.source(
                      path.symbol(),
                      new RandomWalk(
                          path.symbol(),
                          scenario.seed(),
                          scenario.start(),
                          walk.price(),
                          walk.volatility().orElse(STOCK_VOLATILITY))));
      path.file()
          .ifPresent(
              file ->
                  quotes.source(path.symbol(), RecordedPrices.of(path.symbol(), Path.of(file))));
    }
    // options last: their underlyings must be there
    for (Scenario.Path path : scenario.prices()) {
      path.option().ifPresent(model -> quotes.source(path.symbol(), option(path, model, quotes)));
    }
    scenario.events().forEach(event -> script(quotes, scenario.start(), event));
    return quotes;
  }

  private static PriceSource option(Scenario.Path path, Scenario.OptionModel model, Quotes quotes) {
    OptionContract contract =
        OptionContract.of(path.symbol())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "symbol " + path.symbol() + " is no option; give a walk or points"));
    String underlying = model.underlying().orElse(contract.root());
    return new ModelledOption(
        contract,
        quotes
            .source(underlying)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "option %s needs prices of %s; add them to prices"
                            .formatted(path.symbol(), underlying))),
        model.volatility().orElse(OPTION_VOLATILITY));
  }

  private static void script(Quotes quotes, Instant start, Scenario.MarketEvent event) {
    Instant from = start.plus(event.at());
    quotes.script(
        event.symbol(),
        new Quotes.Interlude(
            from,
            from.plus(event.lasts()),
            event.halt()
                ? Optional.empty()
                : Optional.of(
                    new Quotes.Quote(
                        event.bid().orElseThrow(),
                        event.ask().orElseThrow(),
                        event.age().map(from::minus).orElse(from)))));
  }
}
