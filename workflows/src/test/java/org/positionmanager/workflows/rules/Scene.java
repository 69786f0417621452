package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.positionmanager.workflows.instrument.Instrument;
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

/**
 * One position at one moment, told in a sentence: {@code
 * Scene.call().bought("5.00").peak("7.00").under(rule).at(31).priced("6.60").fires(why)}. Each word
 * gives a new scene, so that one beginning can end in several ways. What is not said: ten units,
 * filled as the session of 2026-02-11 opens, which lasts from 09:30 to 16:00 in New York; a quote
 * is made at the moment it is judged.
 */
record Scene(
    Basis basis,
    List<ExitRule> rules,
    PriceSight sight,
    Instant now,
    Optional<TradingSession> session,
    Optional<Stamped> quote,
    Optional<Stamped> underlying,
    Optional<Stamped> trade,
    Optional<Money> equity,
    Optional<Instant> expiresAt,
    Optional<Stamped> underlyingTrade) {
  static final Instant OPEN = Instant.parse("2026-02-11T14:30:00Z");
  static final Instrument CALL = Instrument.parse("MSFT260220C00400000");
  static final Instrument PUT = Instrument.parse("MSFT260220P00400000");
  static final Instrument STOCK = Instrument.parse("DE");
  static final Instant EXPIRY = Instant.parse("2026-02-20T21:00:00Z");
  private static final TradingSession DAY =
      new TradingSession(LocalDate.of(2026, 2, 11), OPEN, OPEN.plus(Duration.ofMinutes(390)));

  /** Prices made so long before they are looked at; a trade has one price for both. */
  record Stamped(Price bid, Price ask, Duration age) {
    static Optional<Stamped> of(String bid, String ask, Duration age) {
      return Optional.of(new Stamped(Price.parse(bid), Price.parse(ask), age));
    }

    private Quote seenAt(Instant now) {
      return new Quote(bid, ask, now.minus(age));
    }
  }

  /** One scene on its way to become another. */
  private static final class Draft {
    private Basis basis;
    private List<ExitRule> rules;
    private PriceSight sight;
    private Instant now;
    private Optional<TradingSession> session;
    private Optional<Stamped> quote;
    private Optional<Stamped> underlying;
    private Optional<Stamped> trade;
    private Optional<Money> equity;
    private Optional<Instant> expiresAt;
    private Optional<Stamped> underlyingTrade;

    private Draft(Scene from) {
      basis = from.basis;
      rules = from.rules;
      sight = from.sight;
      now = from.now;
      session = from.session;
      quote = from.quote;
      underlying = from.underlying;
      trade = from.trade;
      equity = from.equity;
      expiresAt = from.expiresAt;
      underlyingTrade = from.underlyingTrade;
    }

    private Scene made() {
      return new Scene(
          basis,
          rules,
          sight,
          now,
          session,
          quote,
          underlying,
          trade,
          equity,
          expiresAt,
          underlyingTrade);
    }
  }

  private Scene with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.made();
  }

  static Scene of(Instrument instrument) {
    Price five = Price.parse("5");
    return new Scene(
        new Basis(instrument, Direction.LONG, five, Quantity.of(10), five, OPEN),
        List.of(),
        PriceSight.of(Duration.ofMinutes(5)),
        OPEN,
        Optional.of(DAY),
        Stamped.of("5", "5", Duration.ZERO),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(EXPIRY).filter(it -> Days.isOption(instrument)),
        Optional.empty());
  }

  /** A call at 400 that expires nine days after the fill. */
  static Scene call() {
    return of(CALL);
  }

  /** A put at 400 that expires nine days after the fill. */
  static Scene put() {
    return of(PUT);
  }

  static Scene stock() {
    return of(STOCK);
  }

  Scene bought(String entry) {
    return entered(Direction.LONG, entry);
  }

  Scene sold(String entry) {
    return entered(Direction.SHORT, entry);
  }

  Scene entered(Direction direction, String entry) {
    Price at = Price.parse(entry);
    return with(
        new Basis(
            basis.instrument(), direction, at, basis.opened(), at, basis.filledAt(), closed(), NO));
  }

  Scene quantity(String opened) {
    return with(
        new Basis(
            basis.instrument(),
            basis.direction(),
            basis.entry(),
            Quantity.parse(opened),
            basis.peak(),
            basis.filledAt(),
            closed(),
            basis.track()));
  }

  private static final Track NO = Track.NONE;

  private Quantity closed() {
    return basis.closed();
  }

  /** The best price seen so far: none is better than the entry before it is said. */
  Scene peak(String best) {
    return with(basis.seeing(Price.parse(best)));
  }

  /** So much of it is closed already, by whom does not matter. */
  Scene closedSoFar(String quantity) {
    return with(basis.closing(Quantity.parse(quantity)));
  }

  Scene with(Basis now) {
    return with(draft -> draft.basis = now);
  }

  Scene under(ExitRule... plan) {
    return with(draft -> draft.rules = List.of(plan));
  }

  /** By a whole plan, with what it trusts. */
  Scene under(Plan plan) {
    return with(
        draft -> {
          draft.rules = plan.rules();
          draft.sight = plan.sight();
        });
  }

  Scene trusting(PriceSource... fallbacks) {
    PriceSight other = new PriceSight(sight.staleAfter(), sight.unknownAfter(), List.of(fallbacks));
    return with(draft -> draft.sight = other);
  }

  Scene at(int minutesAfterTheOpen) {
    return at(Words.minute(minutesAfterTheOpen));
  }

  Scene at(Instant moment) {
    return with(draft -> draft.now = moment);
  }

  /** On another day, where the session is as long as usual or closes early. */
  Scene during(String date, String open, String close) {
    return in(
        Optional.of(
            new TradingSession(
                LocalDate.parse(date), Words.newYork(date, open), Words.newYork(date, close))));
  }

  Scene marketClosed() {
    return in(Optional.empty());
  }

  private Scene in(Optional<TradingSession> running) {
    return with(draft -> draft.session = running);
  }

  Scene priced(String mid) {
    return quoted(mid, mid);
  }

  Scene quoted(String bid, String ask) {
    return quoted(Stamped.of(bid, ask, Duration.ZERO));
  }

  Scene priced(String mid, Duration age) {
    return quoted(Stamped.of(mid, mid, age));
  }

  Scene unpriced() {
    return quoted(Optional.empty());
  }

  Scene quoted(Optional<Stamped> other) {
    return with(draft -> draft.quote = other);
  }

  Scene underlying(String mid) {
    return underlying(mid, Duration.ZERO);
  }

  Scene underlying(String mid, Duration age) {
    Optional<Stamped> seen = Stamped.of(mid, mid, age);
    return with(draft -> draft.underlying = seen);
  }

  /** What the underlying was traded at last, for who asks. */
  Scene underlyingTraded(String price, Duration age) {
    Optional<Stamped> last = Stamped.of(price, price, age);
    return with(draft -> draft.underlyingTrade = last);
  }

  Scene traded(String price, Duration age) {
    Optional<Stamped> last = Stamped.of(price, price, age);
    return with(draft -> draft.trade = last);
  }

  Scene equity(String usd) {
    Optional<Money> known = Optional.of(Money.parse(usd));
    return with(draft -> draft.equity = known);
  }

  Scene expiring(Optional<Instant> close) {
    return with(draft -> draft.expiresAt = close);
  }

  /** The same a look later: what the position remembers of this one goes along. */
  Scene then() {
    return with(judge().after(seen()).basis());
  }

  Plan plan() {
    return new Plan(
        1, Optional.empty(), rules, new ExitStyle.MarketNow(), Duration.ofMinutes(1), sight);
  }

  Judge judge() {
    return Judge.of(plan(), basis);
  }

  Observation seen() {
    return new Observation(
        new MarketMoment(now, session, nextDay(), 1),
        quote.map(it -> it.seenAt(now)),
        Optional.empty(),
        expiresAt,
        trade.map(it -> new Trade(it.bid(), now.minus(it.age()))),
        underlying.map(it -> it.seenAt(now)),
        equity,
        Optional.empty(),
        underlyingTrade.map(it -> new Trade(it.bid(), now.minus(it.age()))));
  }

  private static TradingSession nextDay() {
    return new TradingSession(
        DAY.date().plusDays(1),
        DAY.openInclusive().plus(Duration.ofDays(1)),
        DAY.closeExclusive().plus(Duration.ofDays(1)));
  }

  /** The plan's answer to what is seen, with what is learnt from it. */
  Answer answer() {
    Judge judge = judge().after(seen());
    return new Answer(judge.judge(seen()), judge.nextChange(seen()));
  }

  /** The only rule fires, so the position is closed. */
  RuleTrace fires(Why why) {
    answer().exits(Arrays.stream(ExitReason.values()).toList());
    return answer().only(Verdict.FIRED, why);
  }

  /** The only rule was judged and does not fire. */
  RuleTrace holds(Why why) {
    return answer().only(Verdict.HELD, why);
  }

  RuleTrace isSkipped(Why why) {
    return answer().only(Verdict.SKIPPED, why);
  }

  RuleTrace isSuppressed(Why why) {
    return answer().only(Verdict.SUPPRESSED, why);
  }

  /** The only rule cannot be judged, and the decision says so. */
  RuleTrace isUnknown(Why why) {
    RuleTrace trace = answer().only(Verdict.UNKNOWN, why);
    answer().isUnknown();
    return trace;
  }

  /** Where the only rule's level lies at this moment. */
  Optional<String> level() {
    return rules.getFirst().level(basis, now).map(Price::toString);
  }

  /** The next moment at which time alone can change the answer. */
  Optional<Instant> nextChange() {
    return answer().nextChange();
  }

  void exits(ExitReason reason) {
    answer().exits(List.of(reason));
  }

  void holdsOn() {
    assertThat(answer().decision()).as("%s", answer()).isInstanceOf(Decision.Hold.class);
  }
}
