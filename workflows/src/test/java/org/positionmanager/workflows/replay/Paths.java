package org.positionmanager.workflows.replay;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.NyseCalendar;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Words for literal paths: moments in minutes after the open of Wednesday 2026-02-11. */
final class Paths {
  static final Sessions NYSE = Sessions.ofNyse();
  static final Instant OPEN =
      NyseCalendar.on(LocalDate.of(2026, 2, 11)).orElseThrow().openInclusive();
  static final Instrument CALL = Instrument.parse("MSFT260320C00400000");
  static final Instrument STOCK = Instrument.parse("DE");

  private Paths() {}

  static Instant minute(double minutes) {
    return OPEN.plusMillis(Math.round(minutes * 60_000));
  }

  /** Bid and ask two cents around the mid. */
  static SeenQuote mid(double minutes, String mid) {
    Price price = Price.parse(mid);
    BigDecimal cent = new BigDecimal("0.01");
    return quote(
        minutes,
        price.value().subtract(cent).toPlainString(),
        price.value().add(cent).toPlainString());
  }

  static SeenQuote quote(double minutes, String bid, String ask) {
    return SeenQuote.fresh(new Quote(Price.parse(bid), Price.parse(ask), minute(minutes)));
  }

  static Opening bought(Instrument instrument, int quantity, String entry) {
    return opening(instrument, Direction.LONG, quantity, entry);
  }

  static Opening sold(Instrument instrument, int quantity, String entry) {
    return opening(instrument, Direction.SHORT, quantity, entry);
  }

  private static Opening opening(
      Instrument instrument, Direction direction, int quantity, String entry) {
    return new Opening(instrument, direction, Quantity.of(quantity), Price.parse(entry), minute(0));
  }

  static Plan defaults(Opening opening, Strategy strategy) {
    return defaults(opening, strategy, Optional.empty());
  }

  static Plan defaults(Opening opening, Strategy strategy, Optional<Duration> maxHold) {
    return Plans.defaultsFor(
        new EntryTerms(
            strategy,
            opening.direction(),
            opening.quantity(),
            opening.at(),
            Optional.empty(),
            Optional.of(opening.entry()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            maxHold,
            false),
        opening.basis());
  }
}
