package org.positionmanager.workflows.rules;

import static net.jqwik.api.Arbitraries.integers;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Plans, positions and what is seen of them, usable quotes and others, by day and by night. */
final class AnyPath {
  private AnyPath() {}

  /** In which way a quote is of no use, if it is not. */
  enum Kind {
    FINE,
    WIDE_BUT_FINE,
    MISSING,
    STALE,
    FROM_THE_FUTURE,
    CROSSED,
    EMPTY,
    TOO_WIDE
  }

  /** What is seen so many minutes after the look before. */
  record Look(
      int minutesLater,
      Kind kind,
      int cents,
      Optional<Integer> underlying,
      Optional<Integer> trade,
      Optional<Integer> equity) {}

  static Arbitrary<Plan> plans() {
    return Combinators.combine(
            AnyRule.ofEachKind().stream()
                .map(AnyRule::perhapsConfirmed)
                .map(Arbitrary::optional)
                .toList())
        .as(rules -> rules.stream().flatMap(Optional::stream).toList())
        .flatMap(
            rules ->
                Arbitraries.subsetOf(PriceSource.NEAR_SIDE, PriceSource.LAST_TRADE)
                    .map(
                        sources ->
                            new Plan(
                                1,
                                Optional.empty(),
                                rules,
                                new ExitStyle.MarketNow(),
                                Duration.ofMinutes(1),
                                new PriceSight(
                                    Duration.ofMinutes(5),
                                    Duration.ofMinutes(2),
                                    List.copyOf(sources)))));
  }

  static Arbitrary<Basis> bases() {
    return Combinators.combine(
            Arbitraries.of(Scene.CALL, Scene.PUT, Scene.STOCK),
            Arbitraries.of(Direction.class),
            integers().between(50, 1_000),
            Arbitraries.of("1", "2", "3", "10", "0.5", "7.25"))
        .as(
            (instrument, direction, cents, opened) -> {
              Price entry = AnyRule.cents(cents);
              return new Basis(
                  instrument, direction, entry, Quantity.parse(opened), entry, Scene.OPEN);
            })
        .flatMap(
            basis ->
                Arbitraries.of("0", "1", "2", "5")
                    .map(Quantity::parse)
                    .map(closed -> basis.closing(Quantity.min(closed, basis.opened()))));
  }

  static Arbitrary<List<Look>> looks() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.just(Kind.FINE)), Tuple.of(3, Arbitraries.of(Kind.class)));
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(4, integers().between(0, 3)), Tuple.of(1, integers().between(0, 2_000))),
            kinds,
            integers().between(1, 2_000),
            integers().between(350, 450).optional(),
            integers().between(1, 2_000).optional(),
            integers().between(1, 200_000).optional())
        .as(Look::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  /** The observations of a path. */
  static List<Observation> of(Basis basis, List<Look> looks) {
    List<Observation> seen = new ArrayList<>();
    Instant now = basis.filledAt();
    for (Look look : looks) {
      now = now.plus(Duration.ofMinutes(look.minutesLater()));
      seen.add(seen(basis, look, now));
    }
    return seen;
  }

  private static Observation seen(Basis basis, Look look, Instant now) {
    return new Observation(
        moment(now),
        quote(look, now),
        Optional.empty(),
        Optional.of(Scene.EXPIRY).filter(it -> Days.isOption(basis.instrument())),
        look.trade().map(cents -> new Trade(AnyRule.cents(cents), now)),
        look.underlying().map(usd -> new Quote(usd(usd), usd(usd), now)),
        look.equity().map(usd -> Money.parse(usd + " USD")),
        Optional.empty());
  }

  /** Sessions from 09:30 to 16:00 every day. */
  static MarketMoment moment(Instant now) {
    Duration since = Duration.between(Scene.OPEN, now);
    TradingSession today = session(since.toDays());
    return new MarketMoment(
        now, Optional.of(today).filter(it -> it.contains(now)), session(since.toDays() + 1), 1);
  }

  private static TradingSession session(long day) {
    Instant open = Scene.OPEN.plus(Duration.ofDays(day));
    return new TradingSession(
        LocalDate.of(2026, 2, 11).plusDays(day), open, open.plus(Duration.ofMinutes(390)));
  }

  private static Optional<Quote> quote(Look look, Instant now) {
    Price mid = AnyRule.cents(look.cents());
    Price more = AnyRule.cents(look.cents() + 5);
    return switch (look.kind()) {
      case MISSING -> Optional.empty();
      case FINE -> Optional.of(new Quote(mid, mid, now));
      case WIDE_BUT_FINE -> Optional.of(new Quote(mid, more, now));
      case STALE -> Optional.of(new Quote(mid, mid, now.minus(Duration.ofMinutes(6))));
      case FROM_THE_FUTURE -> Optional.of(new Quote(mid, mid, now.plus(Duration.ofSeconds(6))));
      case CROSSED -> Optional.of(new Quote(more, mid, now));
      case EMPTY -> Optional.of(new Quote(mid, AnyRule.cents(0), now));
      case TOO_WIDE -> Optional.of(new Quote(mid, AnyRule.cents(look.cents() * 3 + 100), now));
    };
  }

  private static Price usd(int dollars) {
    return AnyRule.cents(dollars * 100);
  }
}
