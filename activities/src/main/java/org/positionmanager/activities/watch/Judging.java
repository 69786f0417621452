package org.positionmanager.activities.watch;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.positionmanager.activities.live.LiveQuote;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.MarketMoment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges positions by what is seen, and hands over what has to be sent. Nothing is judged while
 * nothing may be sent.
 */
final class Judging {
  private static final Logger log = LoggerFactory.getLogger(Judging.class);

  private final MarketView view;
  private final WatchList list;
  private final ExitSender sender;
  private final LongSupplier nanoClock;
  private final WatchMeters meters;
  private final UntoldSplits splits;

  /** Positions whose judge failed the last time. */
  private final Set<PositionId> failing = ConcurrentHashMap.newKeySet();

  Judging(
      MarketView view,
      WatchList list,
      ExitSender sender,
      LongSupplier nanoClock,
      WatchMeters meters,
      UntoldSplits splits) {
    this.view = view;
    this.list = list;
    this.sender = sender;
    this.nanoClock = nanoClock;
    this.meters = meters;
    this.splits = splits;
  }

  /** On the thread that reads: only compares, and hands over what has to be sent. */
  void onQuote(LiveQuote live) {
    List<Guarded> concerned = list.concernedBy(live.instrument());
    if (concerned.isEmpty()) {
      return;
    }
    Optional<MarketMoment> open = view.openMoment();
    if (open.isPresent()) {
      MarketMoment now = open.get();
      concerned.forEach(one -> judge(one, now, live.arrivedAtNanos()));
      meters.judged(live.quote().age(now.now()), nanoClock.getAsLong() - live.arrivedAtNanos());
    }
  }

  /** By the quotes that are there, also those that came while nothing could be sent. */
  void judgeAll() {
    long noticedAt = nanoClock.getAsLong();
    view.openMoment().ifPresent(now -> list.all().forEach(one -> judge(one, now, noticedAt)));
  }

  /** By the quotes that are there. */
  void judge(PositionId position) {
    long noticedAt = nanoClock.getAsLong();
    view.openMoment()
        .ifPresent(now -> list.find(position).ifPresent(one -> judge(one, now, noticedAt)));
  }

  /** Time alone may change what a plan says of a quote that is there, or of none. */
  void judgeWhereDue() {
    long noticedAt = nanoClock.getAsLong();
    view.openMoment()
        .ifPresent(
            now ->
                list.all()
                    .forEach(
                        one ->
                            act(
                                one,
                                it -> it.judgeWhereDue(now, () -> view.of(it, now), noticedAt))));
  }

  private void judge(Guarded one, MarketMoment now, long noticedAtNanos) {
    act(one, it -> it.judge(() -> view.of(it, now), noticedAtNanos));
  }

  private void use(Guarded one, Breach breach) {
    if (splits.isSeen(one, breach)) {
      one.wasNotTried(breach.armed());
    } else {
      sender.use(one, breach);
    }
  }

  /** One that fails keeps no other from its exit; told once until it goes well again. */
  private void act(Guarded one, Function<Guarded, Optional<Breach>> judging) {
    try {
      judging.apply(one).ifPresent(breach -> use(one, breach));
      if (!failing.isEmpty()) {
        failing.remove(one.position());
      }
    } catch (RuntimeException | Error e) {
      if (failing.add(one.position())) {
        log.error("{}: cannot be judged, only its reviews protect it", one.position(), e);
      }
    }
  }
}
