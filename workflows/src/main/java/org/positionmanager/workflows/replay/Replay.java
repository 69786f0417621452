package org.positionmanager.workflows.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Observation;
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

  /** A whole path at once. */
  public static ReplayResult on(
      Iterable<SeenQuote> path, Opening opening, Plan plan, Sessions sessions, FillAt fillAt) {
    Replay replay = of(opening, plan, sessions, fillAt);
    path.forEach(replay::see);
    return replay.result();
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
        outside);
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
            expiresAt);
    Judging.Judgement answer = judging.judge(seen);
    answer.usable().ifPresent(mid -> reckon(mid, now));
    log.add(now, seen.quote(), answer.trace());
    due = answer.nextChange().map(this::inSession).filter(now::isBefore);
    answer.exit().ifPresent(exit -> decide(exit, now));
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
