package org.positionmanager.starter.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.command.Values;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.replay.EntryWish;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import picocli.CommandLine.Option;

/** Options that say what was opened, where no recorded position tells. */
final class EntryOptions {
  @Option(names = "--instrument", paramLabel = "SYMBOL", description = "Stock or OCC symbol.")
  private String instrument;

  @Option(
      names = "--entry",
      paramLabel = "PRICE",
      description = "Entry price (default: the first usable quote's mid).")
  private String entry;

  @Option(
      names = "--entered-at",
      paramLabel = "TIME",
      description = "Moment of the entry (default: the first quote's).")
  private String enteredAt;

  @Option(
      names = {"--qty", "--quantity"},
      paramLabel = "N",
      description = "Shares or contracts (default: 1).")
  private String quantity;

  @Option(names = "--short", description = "The position is a short one.")
  private boolean isShort;

  @Option(names = "--strategy", description = "${COMPLETION-CANDIDATES} (default: SWING_TRADE).")
  private Strategy strategy;

  /** Whether any of them is. */
  boolean isGiven() {
    return instrument != null
        || entry != null
        || enteredAt != null
        || quantity != null
        || isShort
        || strategy != null;
  }

  Strategy strategy() {
    return strategy == null ? Strategy.SWING_TRADE : strategy;
  }

  /**
   * What is replayed.
   *
   * @throws CommandException naming the option that is missing or cannot be
   */
  EntryWish wish() {
    if (instrument == null) {
      throw CommandException.badInput(
          "--instrument: say what the file's quotes are of, such as --instrument DE");
    }
    EntryWish wish =
        new EntryWish(
            Values.read("--instrument", instrument, Instrument::parse),
            isShort ? Direction.SHORT : Direction.LONG,
            Values.read("--qty", quantity == null ? "1" : quantity, Quantity::parse),
            Optional.ofNullable(entry).map(it -> Values.read("--entry", it, Price::parse)),
            Optional.ofNullable(enteredAt).map(EntryOptions::moment));
    requireTradable(wish);
    return wish;
  }

  private static void requireTradable(EntryWish wish) {
    boolean isWhole = wish.quantity().value().stripTrailingZeros().scale() <= 0;
    if (wish.instrument() instanceof OptionContract && !isWhole) {
      throw CommandException.badInput(
          "--qty: contracts are whole; give 1 or more, got: " + wish.quantity());
    }
    if (wish.quantity().isZero()) {
      throw CommandException.badInput("--qty: must be above zero");
    }
    if (wish.price().filter(Price::isZero).isPresent()) {
      throw CommandException.badInput("--entry: must be above zero");
    }
  }

  private static Instant moment(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw CommandException.badInput(
          "--entered-at: write it with an offset, such as 2026-02-11T09:30:00-05:00, got: " + text);
    }
  }
}
