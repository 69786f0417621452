package org.positionmanager.workflows.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Extra;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.PriceSight;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * One plan on one path: takes quotes in the order in which they were seen and does on each what a
 * live position does. The same quotes give the same result, and one that repeats the one before it
 * changes nothing.
 *
 * <ul>
 *   <li>Quotes before the entry and outside sessions are not judged.
 *   <li>Between two quotes the plan is judged at each moment at which time alone can change its
 *       answer, by the older quote, which may be stale by then; where the market is closed at that
 *       moment, at the next open. After the last quote nothing more happens.
 *   <li>An exit fills at the near side of the quote that it was decided on, or at the mid where
 *       asked for. Where that quote is stale or crossed or has nobody on the near side, the exit
 *       waits for the next one that can fill it, and no rule is judged meanwhile.
 *   <li>An exit of a part leaves the rest, which goes on being judged.
 *   <li>What it is told besides counts from then on: the latest trade where quotes are unusable, a
 *       quote of the underlying, by which a plan that compares it is judged at once, and the
 *       account's equity, which does not change.
 * </ul>
 */
public final class Replay {
  private final Opening opening;
  private final Judging judging;
  private final Sessions sessions;
  private final FillAt fillAt;
  private final Optional<Instant> expiresAt;
  private final TraceLog log = new TraceLog();
  private final List<ReplayExit> exits = new ArrayList<>();

  private Quantity open;
  private Money realised = Money.ZERO;
  private Price mark;
  private Excursion best;
  private Excursion worst;
  private Optional<SeenQuote> last = Optional.empty();
  private Optional<Quote> underlying = Optional.empty();
  private Duration underlyingLasts = Duration.ZERO;
  private Optional<Trade> lastTrade = Optional.empty();
  private Optional<Money> equity = Optional.empty();
  private final Set<Extra> missed = EnumSet.noneOf(Extra.class);
  private Optional<UnfilledExit> waiting = Optional.empty();
  private Optional<Instant> due = Optional.empty();
  private Instant end;
  private long judged;
  private long outside;

  private Replay(Opening opening, Judging judging, Sessions sessions, FillAt fillAt) {
    this.opening = opening;
    this.judging = judging;
    this.sessions = sessions;
    this.fillAt = fillAt;
    expiresAt = sessions.expiryOf(opening.instrument());
    open = opening.quantity();
    mark = opening.entry();
    best = Excursion.at(opening, opening.entry(), opening.at());
    worst = best;
    end = opening.at();
  }

  /** Before the first quote. */
  public static Replay of(Opening opening, Plan plan, Sessions sessions, FillAt fillAt) {
    return new Replay(opening, new PlanJudging(plan, opening.basis()), sessions, fillAt);
  }

  static Replay judgedBy(Judging judging, Opening opening, Sessions sessions, FillAt fillAt) {
    return new Replay(opening, judging, sessions, fillAt);
  }

  /**
   * The price that a plan which trusts such prices would judge; empty where the quote is not usable
   * when it is seen, or the market is closed.
   */
  public static Optional<Price> usable(
      PriceSight sight, Instrument instrument, SeenQuote seen, Sessions sessions) {
    MarketMoment moment = sessions.moment(seen.seenAt());
    return moment.isOpen()
        ? PlanJudging.usable(
            sight,
            instrument,
            new Observation(moment, Optional.of(seen.quote()), Optional.empty(), Optional.empty()))
        : Optional.empty();
  }

  /** A whole path at once. */
  public static ReplayResult on(
      Iterable<SeenQuote> path, Opening opening, Plan plan, Sessions sessions, FillAt fillAt) {
    Replay replay = of(opening, plan, sessions, fillAt);
    path.forEach(replay::see);
    return replay.result();
  }

  /** The account's equity in US dollars; unknown where nobody says it. */
  public Replay withEquity(Optional<Money> known) {
    equity = known;
    return this;
  }

  /**
   * The next quote of the underlying; to be told in order, and before the instrument's own quote of
   * the same moment.
   *
   * @param lasts for how long its price stands without becoming older: zero for a quote, for a
   *     bar's price until its next one
   */
  public void seeUnderlying(Quote quote, Duration lasts) {
    if (isOver() || quote.at().isBefore(opening.at())) {
      keepUnderlying(quote, lasts);
      return;
    }
    letTimePassUntil(quote.at());
    keepUnderlying(quote, lasts);
    if (judging.comparesUnderlying()
        && last.isPresent()
        && !isOver()
        && waiting.isEmpty()
        && sessions.moment(quote.at()).isOpen()) {
      end = quote.at();
      judge(end);
    }
  }

  private void keepUnderlying(Quote quote, Duration lasts) {
    underlying = Optional.of(quote);
    underlyingLasts = lasts;
  }

  /** The instrument's next trade; to be told in order. */
  public void seeTrade(Trade trade) {
    if (!isOver() && !trade.at().isBefore(opening.at())) {
      letTimePassUntil(trade.at());
    }
    lastTrade = Optional.of(trade);
  }

  /**
   * The next quote.
   *
   * @throws IllegalArgumentException if it was seen before the one that came last
   */
  public void see(SeenQuote seen) {
    last.filter(it -> seen.seenAt().isBefore(it.seenAt()))
        .ifPresent(
            it -> {
              throw new IllegalArgumentException(
                  "quotes must come in order: %s after %s".formatted(seen.seenAt(), it.seenAt()));
            });
    if (isOver() || seen.seenAt().isBefore(opening.at()) || last.equals(Optional.of(seen))) {
      return;
    }
    letTimePassUntil(seen.seenAt());
    if (isOver()) {
      return;
    }
    last = Optional.of(seen);
    end = seen.seenAt();
    if (!sessions.moment(end).isOpen()) {
      outside++;
      return;
    }
    judged++;
    fillWhatWaits(seen);
    if (!isOver() && waiting.isEmpty()) {
      judge(end);
    }
  }

  /** Whether nothing is left to close. */
  public boolean isOver() {
    return open.isZero();
  }

  /** The outcome so far. */
  public ReplayResult result() {
    return new ReplayResult(
        opening,
        exits,
        waiting,
        realised,
        open,
        mark,
        best,
        worst,
        Duration.between(opening.at(), end),
        log.changes(),
        log.levels(),
        judged,
        outside,
        missed);
  }

  private void letTimePassUntil(Instant next) {
    while (!isOver() && waiting.isEmpty() && due.filter(it -> it.isBefore(next)).isPresent()) {
      end = due.get();
      judge(end);
    }
  }

  private void judge(Instant now) {
    MarketMoment moment = sessions.moment(now);
    Observation seen =
        new Observation(
            moment,
            last.map(SeenQuote::quote),
            Optional.of(
                new Holding(
                    opening.instrument(), opening.direction(), open, open, opening.entry())),
            expiresAt,
            lastTrade,
            underlying.map(quote -> asOf(now, quote)),
            equity,
            Optional.empty());
    Judging.Judgement answer = judging.judge(seen);
    answer.usable().ifPresent(mid -> reckon(mid, now));
    log.add(now, seen.quote(), answer.usable(), answer.trace());
    due = answer.nextChange().map(this::inSession).filter(now::isBefore);
    missed.addAll(answer.missed());
    answer.exit().ifPresent(exit -> decide(exit, now));
  }

  /** A price that still stands is as good as new. */
  private Quote asOf(Instant now, Quote quote) {
    boolean stands = quote.at().isBefore(now) && quote.age(now).compareTo(underlyingLasts) <= 0;
    return stands ? new Quote(quote.bid(), quote.ask(), now) : quote;
  }

  private Instant inSession(Instant moment) {
    MarketMoment then = sessions.moment(moment);
    return then.isOpen() ? moment : then.next().openInclusive();
  }

  private void reckon(Price mid, Instant now) {
    mark = mid;
    if (opening.direction().isBetter(mid, best.price())) {
      best = Excursion.at(opening, mid, now);
    }
    if (opening.direction().isBetter(worst.price(), mid)) {
      worst = Excursion.at(opening, mid, now);
    }
  }

  private void decide(Judging.Exit exit, Instant now) {
    Quantity wanted = exit.part().map(part -> Quantity.min(part, open)).orElse(open);
    if (wanted.isZero()) {
      throw new IllegalStateException(exit.rule() + " wants to close nothing");
    }
    waiting = Optional.of(new UnfilledExit(now, exit.reason(), exit.rule(), wanted));
    last.ifPresent(seen -> fillWhatWaits(new SeenQuote(now, seen.quote())));
  }

  private void fillWhatWaits(SeenQuote seen) {
    if (waiting.isEmpty() || !canFill(seen)) {
      return;
    }
    UnfilledExit exit = waiting.get();
    waiting = Optional.empty();
    Price price = fillAt.of(seen.quote(), opening.direction());
    Money profit = opening.profit(price, exit.quantity());
    exits.add(
        new ReplayExit(
            exit.decidedAt(),
            seen.seenAt(),
            exit.reason(),
            exit.rule(),
            exit.quantity(),
            price,
            profit));
    realised = realised.plus(profit);
    open = open.minus(exit.quantity());
    judging.closed(opening.quantity().minus(open));
  }

  /** A market order trades on a wide quote too, but not on an old, a crossed or an empty one. */
  private boolean canFill(SeenQuote seen) {
    Quote quote = seen.quote();
    return quote.age(seen.seenAt()).compareTo(judging.staleAfter()) <= 0
        && !quote.isCrossed()
        && !quote.ask().isZero()
        && !FillAt.NEAR.of(quote, opening.direction()).isZero();
  }
}
