package org.positionmanager.starter.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.command.Values;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.replay.Sessions;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import picocli.CommandLine.Option;

/** Options for what some rules need besides the instrument's quotes. */
final class BesideOptions {
  private static final Price NO_SPREAD = Price.parse("0");

  @Option(
      names = "--underlying",
      paramLabel = "FILE",
      description = "Quotes or bars of the option's underlying, for rules that compare it.")
  private Path underlying;

  @Option(
      names = "--trades",
      paramLabel = "FILE",
      description =
          "Trades (t,p) or bars of the instrument, for rules that protect while its quotes are"
              + " unusable.")
  private Path trades;

  @Option(
      names = "--equity",
      paramLabel = "AMOUNT",
      description = "The account's equity in dollars, for the overnight check of size.")
  private String equity;

  @Option(
      names = "--daily",
      paramLabel = "FILE",
      description = "Daily bars of the instrument up to the entry, for average true ranges.")
  private Path daily;

  @Option(
      names = "--atr",
      paramLabel = "PRICE",
      description = "The average true range itself, instead of --daily.")
  private String range;

  @Option(names = "--skip-bad", description = "Leaves bad rows out instead of refusing the file.")
  private boolean skipBad;

  boolean skipsBad() {
    return skipBad;
  }

  /**
   * Opens the files.
   *
   * @throws CommandException where an option is wrong, or a file cannot be read
   */
  Besides open(Instrument instrument, Direction direction, Sessions sessions) throws IOException {
    if (underlying != null && instrument instanceof Stock) {
      throw CommandException.badInput(
          "--underlying: %s is a stock, which has none; leave it out".formatted(instrument));
    }
    if (daily != null && range != null) {
      throw CommandException.badInput("--atr: --daily says it too; keep one of them");
    }
    Optional<Money> known =
        Optional.ofNullable(equity).map(it -> Values.read("--equity", it, BesideOptions::money));
    DailyRanges ranges = ranges();
    Optional<PathFeed> quotes =
        feed("--underlying", underlying, harmedBy(instrument, direction), sessions);
    return new Besides(quotes, feed("--trades", trades, direction, sessions), known, ranges);
  }

  private DailyRanges ranges() throws IOException {
    if (daily != null) {
      return DailyRanges.of("--daily", daily, skipBad);
    }
    if (range == null) {
      return DailyRanges.UNKNOWN;
    }
    Price said = Values.read("--atr", range, Price::parse);
    if (said.isZero()) {
      throw CommandException.badInput("--atr: must be above zero");
    }
    return new DailyRanges(Optional.of(said), Optional.empty());
  }

  private Optional<PathFeed> feed(String option, Path file, Direction direction, Sessions sessions)
      throws IOException {
    return file == null
        ? Optional.empty()
        : Optional.of(
            new PathFeed(
                new PathReader(
                    option,
                    file,
                    direction,
                    Optional.<Duration>empty(),
                    NO_SPREAD,
                    sessions,
                    skipBad)));
  }

  /** Bars are taken for the worse: LONG where the position is harmed when the underlying falls. */
  private static Direction harmedBy(Instrument instrument, Direction held) {
    boolean isCall =
        !(instrument instanceof OptionContract contract)
            || contract.right() == OptionContract.Right.CALL;
    return isCall == (held == Direction.LONG) ? Direction.LONG : Direction.SHORT;
  }

  private static Money money(String text) {
    Price amount = Price.parse(text.replace(",", ""));
    if (amount.isZero()) {
      throw new IllegalArgumentException("must be above zero");
    }
    return new Money(amount.value());
  }
}
