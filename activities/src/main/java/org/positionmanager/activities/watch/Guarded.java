package org.positionmanager.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.Extra;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.watch.ArmedExit;
import org.positionmanager.workflows.watch.WatchBlind;

/**
 * One position under watch: its permission, its judge, and which exits have been used up. One
 * thread at a time.
 */
final class Guarded {
  private final PositionId position;
  private final Optional<Instant> expiresAt;
  private final QuoteTrail trail;
  private final Continuity continuity;
  private final Usage usage = new Usage();
  private final Blindness blindness = new Blindness();
  private Permission permission;
  private Optional<Judge> judge = Optional.empty();
  private boolean asksForUnderlying;

  /** How long the last look at the time is good for; empty where it has to be looked at now. */
  private Optional<StandsUntil> stands = Optional.empty();

  private boolean changed;

  /** Its entry has become another one, as after a split that was told. */
  private boolean isScaled;

  Guarded(Permission permission, Optional<Instant> expiresAt, UnwrittenQuotes quotes) {
    this.position = permission.position();
    trail = new QuoteTrail(position, quotes);
    continuity = new Continuity(permission.seenUpTo());
    this.expiresAt = expiresAt;
    this.permission = permission;
    goBy(permission);
  }

  PositionId position() {
    return position;
  }

  /** Takes a newer permission; peak and trough seen so far stay. */
  synchronized void replace(Permission newer) {
    if (newer.arming() > permission.arming()) {
      goBy(newer);
    }
  }

  /** What was seen so far stays, unless prices are others now, as after a split. */
  private void goBy(Permission newer) {
    Optional<Basis> seen = judge.map(Judge::basis);
    permission = newer;
    judge =
        newer
            .armed()
            .map(
                armed -> {
                  Basis basis = Widened.by(armed.basis(), newer.peak(), newer.trough());
                  Optional<Basis> before =
                      seen.filter(it -> it.entry().compareTo(basis.entry()) == 0);
                  if (seen.isPresent() && before.isEmpty()) {
                    isScaled = true;
                    trail.startAnew();
                  }
                  return Judge.of(
                      armed.plan(),
                      Widened.by(basis, before.map(Basis::peak), before.map(Basis::trough)));
                });
    asksForUnderlying = judge.filter(it -> it.asks().contains(Extra.UNDERLYING)).isPresent();
    stands = Optional.empty();
    changed = true;
  }

  /** It is over: nothing is sent any more. */
  synchronized void end() {
    goBy(
        new Permission(
            position, permission.arming(), Optional.empty(), Optional.empty(), Optional.empty()));
    trail.end();
  }

  /** The watch ends, and the position goes on. */
  synchronized void handOver() {
    trail.handOver();
  }

  /** What it goes by, for the acknowledgement. */
  synchronized Permission permission() {
    return permission;
  }

  /** Whether its plan compares the underlying too. */
  synchronized boolean asksForUnderlying() {
    return asksForUnderlying;
  }

  /** When the contract expires; empty for stocks. */
  Optional<Instant> expiresAt() {
    return expiresAt;
  }

  /**
   * Judges what is seen, and uses the permission up where the plan says exit.
   *
   * @param look what there is to see once it is this judge's turn, so that a later look never sees
   *     less
   * @return empty where nothing is to be sent
   */
  synchronized Optional<Breach> judge(Supplier<Observation> look, long noticedAtNanos) {
    if (judge.isEmpty()) {
      return Optional.empty();
    }
    return judge(sinceEntry(look), noticedAtNanos);
  }

  private Observation sinceEntry(Supplier<Observation> look) {
    return look.get().sinceEntry(judge.get().basis().filledAt());
  }

  /** Likewise, where time alone may have changed what the plan says since the last look. */
  synchronized Optional<Breach> judgeWhereDue(
      MarketMoment now, Supplier<Observation> look, long noticedAtNanos) {
    if (judge.isEmpty()) {
      return Optional.empty();
    }
    if (stands.filter(it -> it.stands(judge.get(), now)).isPresent()) {
      continuity.stillLooks(now.now());
      return Optional.empty();
    }
    Observation seen = sinceEntry(look);
    Optional<Breach> breach = judge(seen, noticedAtNanos);
    stands = Optional.of(StandsUntil.of(judge.get(), seen));
    return breach;
  }

  private Optional<Breach> judge(Observation seen, long noticedAtNanos) {
    Judge.Look looked = judge.get().look(seen);
    Judge now = looked.judge();
    changed |= now != judge.get();
    judge = Optional.of(now);
    continuity.looked(seen.moment().now(), looked.price());
    trail.saw(looked, seen);
    return switch (looked.decision()) {
      case Decision.Exit exit when isUsable() ->
          Optional.of(use(exit, looked, seen, noticedAtNanos));
      case Decision.Exit used -> Optional.empty();
      case Decision.Hold hold -> Optional.empty();
      case Decision.Unknown unknown -> Optional.empty();
    };
  }

  private Breach use(Decision.Exit exit, Judge.Look looked, Observation seen, long noticedAtNanos) {
    ArmedExit armed = permission.armed().orElseThrow();
    Basis basis = looked.judge().basis();
    Breach breach =
        new Breach(
            armed,
            exit,
            seen.quote(),
            trail.breached(looked, seen),
            exit.part().orElse(basis.held()),
            basis.peak(),
            seen.moment().now(),
            noticedAtNanos);
    usage.uses(armed);
    return breach;
  }

  private boolean isUsable() {
    return permission.armed().filter(usage::allows).isPresent();
  }

  /** Whether this permission is still the one to go by. */
  synchronized boolean goesBy(ArmedExit armed) {
    return permission.armed().filter(now -> now.arming() == armed.arming()).isPresent();
  }

  /** No order came of it, and the workflow is told so. */
  synchronized void nothingWasSent(ArmedExit armed) {
    if (usage.cameToNothing(armed)) {
      stands = Optional.empty();
      changed = true;
    }
  }

  /**
   * Nothing came of it, and its workflow cannot be told, so that no later permission comes: the
   * next look may use the same one, where the plan still says exit.
   */
  synchronized void mayTryAgain(ArmedExit armed) {
    usage.mayBeTriedAgain(armed);
    stands = Optional.empty();
  }

  /** Real time until what came to nothing may be tried again, longer each time. */
  synchronized Duration restsFor() {
    return usage.restsFor();
  }

  /** It was not tried after all: the permission may be used again, where it still is the one. */
  synchronized void wasNotTried(ArmedExit armed) {
    nothingWasSent(armed);
    usage.mayBeTriedAgain(armed);
  }

  /**
   * What is worth noting since the last call; empty where nothing was judged yet, or is armed.
   *
   * @param freshFor for how long the watch can vouch for its prices
   */
  synchronized Optional<SeenByWatch> toNote(Duration freshFor) {
    Optional<Instant> seenUpTo = continuity.seenUpTo();
    if (judge.isEmpty() || seenUpTo.isEmpty()) {
      return Optional.empty();
    }
    changed = false;
    Basis basis = judge.get().basis();
    return Optional.of(
        new SeenByWatch(
            position,
            permission.arming(),
            basis.peak(),
            basis.trough(),
            seenUpTo.get(),
            canAct() ? freshFor : Duration.ZERO));
  }

  /** Blind, or with its permission used up, it leaves the position to the workflow's reviews. */
  private boolean canAct() {
    return isUsable() && judge.filter(it -> !Blindness.isBlind(it)).isPresent();
  }

  /** Since when it has had no usable quote, where that is too long and was not told yet. */
  synchronized Optional<WatchBlind> blind(Instant now) {
    return judge.filter(it -> isUsable()).flatMap(it -> blindness.untold(it, now));
  }

  synchronized void wasToldBlind(WatchBlind news) {
    blindness.wasTold(news);
  }

  synchronized boolean hasChanged() {
    return changed;
  }

  /** Empty where nothing was missed, or nothing is armed. */
  synchronized Optional<Unseen> unseen() {
    return continuity
        .missedSince()
        .flatMap(since -> judge.map(it -> new Unseen(since, it.basis(), it.plan().sight())));
  }

  /** Whether it goes by another entry than when it was watched first. */
  synchronized boolean isScaled() {
    return isScaled;
  }

  /** By what it judges; empty where nothing is armed. */
  synchronized Optional<Basis> basis() {
    return judge.map(Judge::basis);
  }

  /** What happened since then may have been missed. */
  synchronized void lostSight(Instant since) {
    continuity.lostSight(since);
  }

  /** Nothing more is to be found out of what was missed. */
  synchronized void hasSeenAll() {
    continuity.hasSeenAll();
    changed = true;
  }

  /**
   * Learns of mids that nobody watched.
   *
   * @param best moves the peak where it is better, and nothing else
   * @param worst moves the trough where it is worse, and nothing else
   * @return whether either moved
   */
  synchronized boolean widen(Price best, Price worst) {
    if (judge.isEmpty()) {
      return false;
    }
    Basis before = judge.get().basis();
    Basis wider = Widened.by(before, best, worst);
    if (wider == before) {
      return false;
    }
    judge = Optional.of(Judge.of(permission.armed().orElseThrow().plan(), wider));
    stands = Optional.empty();
    changed = true;
    return true;
  }
}
