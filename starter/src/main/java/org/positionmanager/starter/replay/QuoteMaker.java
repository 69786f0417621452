package org.positionmanager.starter.replay;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.positionmanager.starter.CommandException;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.replay.Bar;
import org.positionmanager.workflows.replay.BarPath;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.value.Price;

/** Makes quotes of whatever rows there are. */
final class QuoteMaker implements PathRows.Sink {
  /** Bars that are looked at to learn how long they last. */
  private static final int BARS_LOOKED_AT = 500;

  private static final int POINTS_OF_A_BAR = 3;

  private final PathReader settings;
  private final Consumer<SeenQuote> to;
  private final List<Bar> firstBars = new ArrayList<>();
  private Optional<BarPath> barPath = Optional.empty();

  QuoteMaker(PathReader settings, Consumer<SeenQuote> to) {
    this.settings = settings;
    this.to = to;
  }

  @Override
  public void quote(Quote quote) {
    to.accept(SeenQuote.fresh(quote));
  }

  @Override
  public void trade(Trade trade) {
    BigDecimal half = settings.spread().value().divide(BigDecimal.TWO);
    BigDecimal price = trade.price().value();
    quote(
        new Quote(
            new Price(price.subtract(half).max(BigDecimal.ZERO)),
            new Price(price.add(half)),
            trade.at()));
  }

  @Override
  public void bar(Bar bar) {
    if (barPath.isPresent()) {
      barPath.get().of(bar).forEach(to);
      return;
    }
    firstBars.add(bar);
    if (settings.barLength().isPresent() || firstBars.size() == BARS_LOOKED_AT) {
      passFirstBars();
    }
  }

  /** After the last row. */
  void end() {
    if (!firstBars.isEmpty()) {
      passFirstBars();
    }
  }

  /** For how long a quote's price is the path's: zero for quotes, for bars until the next point. */
  Duration lasts() {
    return barPath
        .map(bars -> bars.length().dividedBy(POINTS_OF_A_BAR).plusMillis(1))
        .orElse(Duration.ZERO);
  }

  private void passFirstBars() {
    BarPath path =
        new BarPath(
            settings.direction(),
            settings.barLength().orElseGet(this::leastDistance),
            settings.spread(),
            settings.sessions());
    barPath = Optional.of(path);
    firstBars.forEach(bar -> path.of(bar).forEach(to));
    firstBars.clear();
  }

  private Duration leastDistance() {
    Optional<Duration> least = Optional.empty();
    for (int i = 1; i < firstBars.size(); i++) {
      Duration distance = Duration.between(firstBars.get(i - 1).at(), firstBars.get(i).at());
      if (distance.isPositive() && least.map(it -> distance.compareTo(it) < 0).orElse(true)) {
        least = Optional.of(distance);
      }
    }
    return least.orElseThrow(
        () ->
            CommandException.badInput(
                "--bar: one bar does not tell how long it lasts; say it, such as --bar PT5M"));
  }
}
