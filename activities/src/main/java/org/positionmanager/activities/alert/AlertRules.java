package org.positionmanager.activities.alert;

import static org.positionmanager.workflows.alert.AlertKind.DAILY_LOSS;
import static org.positionmanager.workflows.alert.AlertKind.LATE_SYNC;
import static org.positionmanager.workflows.alert.AlertKind.LOSING_STREAK;
import static org.positionmanager.workflows.alert.AlertKind.NO_LIVE_WORKER;
import static org.positionmanager.workflows.alert.AlertKind.POSITION_LIMIT;
import static org.positionmanager.workflows.alert.AlertKind.RAPID_CREATION;
import static org.positionmanager.workflows.alert.AlertKind.SILENT_WATCH;
import static org.positionmanager.workflows.alert.AlertKind.STALE_DATA;
import static org.positionmanager.workflows.alert.AlertKind.STUCK_EXIT;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.alert.AccountSnapshot.Open;
import org.positionmanager.activities.alert.IntakeGate.Limit;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Money;

/**
 * Which alerts an account has, by what is known of it: pure functions, one for each kind. Counts
 * and losses that reach their bound are an alert; limits and times have to be exceeded.
 */
public final class AlertRules {
  private final AlertBounds bounds;
  private final AccountLimits limits;

  public AlertRules(AlertBounds bounds, AccountLimits limits) {
    this.bounds = limits.rapidCreation().map(bounds::withRapid).orElse(bounds);
    this.limits = limits;
  }

  /** All that one account's own worker judges. */
  public List<Ruling> of(AccountSnapshot seen) {
    return List.of(
        rapidCreation(seen),
        positionLimit(seen),
        dailyLoss(seen),
        losingStreak(seen),
        stuckExit(seen),
        staleData(seen),
        silentWatch(seen),
        lateSync(seen));
  }

  /** The same for an account whose positions are left to their reviews: no watch is missed. */
  public List<Ruling> withoutWatch(AccountSnapshot seen) {
    return of(seen).stream()
        .map(it -> it.kind() == STALE_DATA || it.kind() == SILENT_WATCH ? none(it.kind()) : it)
        .toList();
  }

  /**
   * At least so many positions recorded within the window up to now, its oldest moment excluded.
   */
  Ruling rapidCreation(AccountSnapshot seen) {
    Instant after = seen.now().minus(bounds.rapidWithin());
    long recent = seen.recorded().stream().filter(at -> at.isAfter(after)).count();
    return recent < bounds.rapidPositions()
        ? none(RAPID_CREATION)
        : one(
            NewAlert.of(
                RAPID_CREATION,
                seen.account(),
                "%d positions were recorded within %s; the alert begins at %d%s"
                    .formatted(
                        recent,
                        text(bounds.rapidWithin()),
                        bounds.rapidPositions(),
                        seen.waitingFor(Limit.RAPID_CREATION))));
  }

  /**
   * More positions, notional at entry or option contracts than the account may have, or rows that
   * wait for room.
   */
  Ruling positionLimit(AccountSnapshot seen) {
    return new Ruling.Judged(POSITION_LIMIT, PositionLimits.exceeded(seen, limits));
  }

  /** A loss of the exchange's day that reaches the limit. */
  Ruling dailyLoss(AccountSnapshot seen) {
    if (limits.dailyLoss().isEmpty()) {
      return none(DAILY_LOSS);
    }
    if (seen.realisedToday().isEmpty()) {
      return new Ruling.CannotTell(DAILY_LOSS);
    }
    Money limit = limits.dailyLoss().get();
    Money loss = seen.realisedToday().get().negated();
    return loss.compareTo(limit) < 0
        ? none(DAILY_LOSS)
        : one(
            NewAlert.of(
                DAILY_LOSS,
                seen.account(),
                "%s lost today, the limit is %s%s"
                    .formatted(loss, limit, seen.waitingFor(Limit.DAILY_LOSS))));
  }

  /** The last closes all lost; one that broke even ends the streak. */
  Ruling losingStreak(AccountSnapshot seen) {
    int length = bounds.lossesInARow();
    List<Money> last = seen.lastCloses().stream().limit(length).toList();
    boolean allLost =
        last.size() == length && last.stream().allMatch(it -> it.amount().signum() < 0);
    return !allLost
        ? none(LOSING_STREAK)
        : one(
            NewAlert.of(
                LOSING_STREAK,
                seen.account(),
                "the last %d closed positions lost %s together"
                    .formatted(length, last.stream().reduce(Money.ZERO, Money::plus).negated())));
  }

  /** EXITING for longer than its bound of open market. */
  Ruling stuckExit(AccountSnapshot seen) {
    if (seen.market().isEmpty()) {
      return new Ruling.CannotTell(STUCK_EXIT);
    }
    Optional<Duration> open = openFor(seen.market().get());
    return new Ruling.Judged(
        STUCK_EXIT,
        seen.open().stream()
            .filter(it -> it.phase() == Phase.EXITING)
            .filter(it -> open.filter(so -> isStuck(it, seen.now(), so)).isPresent())
            .map(
                it ->
                    NewAlert.of(
                        STUCK_EXIT,
                        it.id(),
                        "its exit is under way since %s and has not ended; look at `pm position %s`"
                            .formatted(it.since(), it.id().execution())))
            .toList());
  }

  private boolean isStuck(Open position, Instant now, Duration open) {
    Duration exiting = Duration.between(position.since(), now);
    return shorter(exiting, open).compareTo(bounds.stuckExitAfter()) > 0;
  }

  /** Protected, not vouched for, and last evaluated longer ago than its bound of open market. */
  Ruling staleData(AccountSnapshot seen) {
    if (seen.market().isEmpty()) {
      return new Ruling.CannotTell(STALE_DATA);
    }
    MarketMoment market = seen.market().get();
    Optional<Duration> open = openFor(market);
    return new Ruling.Judged(
        STALE_DATA,
        seen.open().stream()
            .filter(it -> it.phase() == Phase.PROTECTED && !it.isVouchedFor())
            .filter(it -> open.filter(so -> isStale(it, seen.now(), market, so)).isPresent())
            .map(
                it ->
                    NewAlert.of(
                        STALE_DATA,
                        it.id(),
                        "no live quote of it was judged %s; the workflow's reviews protect it"
                            .formatted(
                                it.evaluatedAt()
                                    .map(at -> "since " + at + " exchange time")
                                    .orElse("since it opened"))))
            .toList());
  }

  private boolean isStale(Open position, Instant now, MarketMoment market, Duration open) {
    Duration known = Duration.between(position.recordedAt(), now);
    Duration old =
        position
            .evaluatedAt()
            .or(position::openedAt)
            .map(at -> realTime(Duration.between(at, market.now()), market))
            .orElse(known);
    return shorter(shorter(old, known), open).compareTo(bounds.staleAfter()) > 0;
  }

  /** Something is open for longer than the bound, and the watch has been silent for longer. */
  Ruling silentWatch(AccountSnapshot seen) {
    Optional<Instant> busySince =
        seen.open().stream().map(Open::recordedAt).min(Comparator.naturalOrder());
    Optional<Instant> lastHeard = seen.watch().map(AccountSnapshot.Heard::at);
    return isSilent(busySince, lastHeard, seen.now(), bounds.silentWatchAfter())
        ? one(
            NewAlert.of(
                SILENT_WATCH,
                seen.account(),
                "%d positions are open and %s; reviews protect them"
                    .formatted(
                        seen.open().size(),
                        lastHeard
                            .map(at -> "their watch was last heard of at " + at)
                            .orElse("nobody holds their watch"))))
        : none(SILENT_WATCH);
  }

  /** The same as any other process sees it, rows that wait included, with a longer bound. */
  Ruling noLiveWorker(AccountLiveness seen) {
    return isSilent(seen.busySince(), seen.lastHeard(), seen.now(), bounds.noWorkerAfter())
        ? one(
            NewAlert.of(
                NO_LIVE_WORKER,
                seen.account(),
                "%d positions are open and %d rows wait, but %s; start `pm worker` for the account"
                    .formatted(
                        seen.open(),
                        seen.waiting(),
                        seen.lastHeard()
                            .map(at -> "no worker was heard of since " + at)
                            .orElse("no worker watches it"))))
        : none(NO_LIVE_WORKER);
  }

  private static boolean isSilent(
      Optional<Instant> busySince, Optional<Instant> lastHeard, Instant now, Duration bound) {
    Instant before = now.minus(bound);
    return busySince.filter(since -> since.isBefore(before)).isPresent()
        && lastHeard.filter(at -> !at.isBefore(before)).isEmpty();
  }

  /** No completed sync for longer than so many of its intervals. */
  Ruling lateSync(AccountSnapshot seen) {
    if (seen.sync().isEmpty()) {
      return new Ruling.CannotTell(LATE_SYNC);
    }
    AccountSnapshot.Sync sync = seen.sync().get();
    Instant due = sync.since().plus(sync.every().multipliedBy(bounds.lateSyncAfter()));
    return seen.now().isAfter(due)
        ? one(
            NewAlert.of(
                LATE_SYNC,
                seen.account(),
                "no sync was completed since %s, one is due every %s"
                    .formatted(sync.since(), text(sync.every()))))
        : none(LATE_SYNC);
  }

  /** For how long, in real time, the market has been open; empty while it is closed. */
  private static Optional<Duration> openFor(MarketMoment market) {
    return market
        .current()
        .map(session -> Duration.between(session.openInclusive(), market.now()))
        .map(exchangeTime -> realTime(exchangeTime, market));
  }

  private static Duration realTime(Duration exchangeTime, MarketMoment market) {
    return Duration.ofMillis((long) (exchangeTime.toMillis() / market.speed()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  static String text(Duration time) {
    return time.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }

  private static Ruling none(AlertKind kind) {
    return new Ruling.Judged(kind, List.of());
  }

  private static Ruling one(NewAlert alert) {
    return new Ruling.Judged(alert.kind(), List.of(alert));
  }
}
