package org.positionmanager.activities.watch;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.broker.MinuteBar;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.rules.PriceSight;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;

/** One position's time without a watch, and how far bars have told of it. One thread at a time. */
final class Gap {
  /** Trades that a minute must have. */
  private static final int FEWEST_TRADES = 2;

  /** Real time after which a symbol that was refused is asked for again. */
  private static final Duration REFUSED_FOR = Duration.ofMinutes(1);

  /** Full minutes of one session, its end excluded; never empty. */
  record Span(Instant from, Instant to) {
    /** Its beginning; empty where it begins later. */
    Optional<Span> upTo(Instant settled) {
      Instant end = earlier(to, settled);
      return from.isBefore(end) ? Optional.of(new Span(from, end)) : Optional.empty();
    }
  }

  private final Guarded guarded;
  private final Unseen unseen;
  private final List<TradingSession> sessions;
  private final Duration openMarket;

  /** After the last minute that is missing. */
  private final Instant end;

  private Instant next;
  private Optional<Long> refusedAtNanos = Optional.empty();

  /**
   * @param until exchange time from which it is watched again
   * @param sessions that ran in between, oldest first
   */
  Gap(Guarded guarded, Unseen unseen, Instant until, List<TradingSession> sessions) {
    this.guarded = guarded;
    this.unseen = unseen;
    this.sessions = sessions;
    openMarket =
        sessions.stream()
            .map(
                it ->
                    Duration.between(
                        later(it.openInclusive(), unseen.since()),
                        earlier(it.closeExclusive(), until)))
            .reduce(Duration.ZERO, Duration::plus);
    end = nextMinute(until);
    next =
        later(
            unseen.since().truncatedTo(ChronoUnit.MINUTES), nextMinute(unseen.basis().filledAt()));
  }

  private static Instant nextMinute(Instant moment) {
    Instant minute = moment.truncatedTo(ChronoUnit.MINUTES);
    return minute.equals(moment) ? minute : minute.plus(MinuteBar.LENGTH);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  PositionId position() {
    return guarded.position();
  }

  Instrument instrument() {
    return guarded.position().instrument();
  }

  /** Which prices the position's plan trusts. */
  PriceSight sight() {
    return unseen.sight();
  }

  /** Exchange time of it while the market was open. */
  Duration openMarket() {
    return openMarket;
  }

  /** The minutes to be read next, of one session; empty where all were read. */
  Optional<Span> rest() {
    for (TradingSession session : sessions) {
      Instant from = later(next, session.openInclusive());
      Instant to = earlier(end, session.closeExclusive());
      if (from.isBefore(to)) {
        return Optional.of(new Span(from, to));
      }
    }
    return Optional.empty();
  }

  void refused(long nowNanos) {
    refusedAtNanos = Optional.of(nowNanos);
  }

  /** Whether its symbol was refused lately. */
  boolean isRefused(long nowNanos) {
    return refusedAtNanos.filter(at -> nowNanos - at < REFUSED_FOR.toNanos()).isPresent();
  }

  /**
   * Learns from bars what was missed in a span, as {@link PeakGap} describes.
   *
   * @param bars those of other minutes are passed over
   * @param spread between bid and ask now
   * @return whether peak or trough moved
   */
  boolean take(Span span, List<MinuteBar> bars, Price spread) {
    boolean moved = false;
    for (MinuteBar bar : bars) {
      boolean concerns = !bar.start().isBefore(span.from) && bar.start().isBefore(span.to);
      if (concerns && bar.trades() >= FEWEST_TRADES) {
        moved |= widen(bar, spread);
      }
    }
    next = span.to;
    if (rest().isEmpty()) {
      guarded.hasSeenAll();
    }
    return moved;
  }

  private boolean widen(MinuteBar bar, Price spread) {
    Price high = new Price(bar.high().value().subtract(spread.value()).max(BigDecimal.ZERO));
    Price low = new Price(bar.low().value().add(spread.value()));
    return unseen.basis().direction() == Direction.LONG
        ? guarded.widen(high, low)
        : guarded.widen(low, high);
  }
}
