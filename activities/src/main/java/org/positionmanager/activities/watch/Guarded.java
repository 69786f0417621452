package org.positionmanager.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.Extra;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.watch.ArmedExit;

/**
 * One position under watch: its permission, its judge, and which exits have been used up. One
 * thread at a time.
 */
final class Guarded {
  private final PositionId position;
  private final Optional<Instant> expiresAt;
  private Permission permission;
  private Optional<Judge> judge = Optional.empty();

  /** The number of the last exit that was sent, or tried: never sent again from here. */
  private int usedUpTo;

  private Optional<Instant> evaluatedAt = Optional.empty();
  private boolean changed;

  Guarded(Permission permission, Optional<Instant> expiresAt) {
    this.position = permission.position();
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

  private void goBy(Permission newer) {
    Optional<Basis> before = judge.map(Judge::basis);
    permission = newer;
    judge =
        newer
            .armed()
            .map(
                armed -> {
                  Basis basis = widened(armed.basis(), newer.peak(), newer.trough());
                  return Judge.of(
                      armed.plan(),
                      widened(basis, before.map(Basis::peak), before.map(Basis::trough)));
                });
    changed = true;
  }

  private static Basis widened(Basis basis, Optional<Price> peak, Optional<Price> trough) {
    Basis wider = peak.map(basis::seeing).orElse(basis);
    return trough.map(wider::seeing).orElse(wider);
  }

  /** What it goes by, for the acknowledgement. */
  synchronized Permission permission() {
    return permission;
  }

  /** Whether its plan compares the underlying too. */
  synchronized boolean asksForUnderlying() {
    return judge.filter(it -> it.asks().contains(Extra.UNDERLYING)).isPresent();
  }

  /**
   * Judges what is seen, and uses the permission up where the plan says exit.
   *
   * @return empty where nothing is to be sent
   */
  synchronized Optional<Breach> judge(Observation seen, long noticedAtNanos) {
    if (judge.isEmpty()) {
      return Optional.empty();
    }
    Observation whole = withExpiry(seen);
    Judge.Look look = judge.get().look(whole);
    Judge now = look.judge();
    changed |= now != judge.get();
    judge = Optional.of(now);
    evaluatedAt = Optional.of(seen.moment().now());
    ArmedExit armed = permission.armed().orElseThrow();
    return switch (look.decision()) {
      case Decision.Exit exit when armed.exit() > usedUpTo -> {
        usedUpTo = armed.exit();
        yield Optional.of(
            new Breach(
                armed,
                exit,
                seen.quote(),
                exit.part().orElse(now.basis().held()),
                now.basis().peak(),
                seen.moment().now(),
                noticedAtNanos));
      }
      case Decision.Exit used -> Optional.empty();
      case Decision.Hold hold -> Optional.empty();
      case Decision.Unknown unknown -> Optional.empty();
    };
  }

  private Observation withExpiry(Observation seen) {
    return new Observation(
        seen.moment(),
        seen.quote(),
        seen.holding(),
        expiresAt,
        seen.lastTrade(),
        seen.underlying(),
        seen.equity(),
        seen.watch());
  }

  /**
   * What is worth noting since the last call; empty where nothing was judged yet, or is armed.
   *
   * @param freshFor for how long the watch can vouch for its prices
   */
  synchronized Optional<SeenByWatch> toNote(Duration freshFor) {
    if (judge.isEmpty() || evaluatedAt.isEmpty()) {
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
            evaluatedAt.get(),
            canAct() ? freshFor : Duration.ZERO));
  }

  /** Blind, or with its permission used up, it leaves the position to the workflow's reviews. */
  private boolean canAct() {
    return permission.armed().filter(armed -> armed.exit() > usedUpTo).isPresent()
        && judge.filter(it -> it.basis().track().unknownSince().isEmpty()).isPresent();
  }

  synchronized boolean hasChanged() {
    return changed;
  }
}
