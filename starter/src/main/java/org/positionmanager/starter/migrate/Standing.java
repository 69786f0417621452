package org.positionmanager.starter.migrate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.positionmanager.activities.broker.Fill;
import org.positionmanager.worker.HeldAtBroker;
import org.positionmanager.workflows.value.Quantity;

/**
 * How good a claim is.
 *
 * @param isOrderOpen whether its entry may still be filled
 * @param enteredAt when its order was filled, as far as the broker tells, else what it says itself
 * @param most how much of a holding it may get
 * @param age of its execution; empty where it has none
 */
record Standing(
    Claim claim,
    Evidence evidence,
    boolean isOrderOpen,
    Instant enteredAt,
    Quantity most,
    Optional<Duration> age,
    Place place) {
  /**
   * Which of those that share a holding it belongs to first: then an execution rather than a row
   * that names none, and of two the newest.
   */
  static final Comparator<Standing> FIRST_SERVED =
      Comparator.comparing(Standing::place)
          .thenComparing(it -> !it.claim().isAnnounced())
          .thenComparing(Standing::enteredAt, Comparator.reverseOrder())
          .thenComparing(it -> it.claim().id().toString());

  /** The best first. */
  enum Place {
    /** The broker's fills prove it. */
    HELD,
    /** A row says that it is held. */
    SAID_TO_BE_OPEN,
    /** An execution that nobody wrote down, one that may be unfilled, a row of no execution. */
    MAY_BE_OPEN,
    /** A row says that it is held, the history that all of it was closed. */
    SAID_TO_HAVE_ENDED,
    /** Gets nothing. */
    NONE
  }

  static Standing of(
      Claim claim, HeldAtBroker.Told told, Optional<Instant> heldSince, Instant now) {
    Optional<Duration> age =
        claim.execution().map(it -> Duration.between(it.terms().announcedAt(), now));
    Evidence evidence = Evidence.of(claim, told, heldSince, isYounger(age, Planning.FRESH));
    return new Standing(
        claim,
        evidence,
        Evidence.isOrderOpen(claim, told),
        Evidence.fillsOf(claim, told).stream()
            .map(Fill::at)
            .findFirst()
            .orElseGet(claim::enteredAt),
        most(claim, told),
        age,
        placeOf(claim, evidence, isYounger(age, Planning.FRESH)));
  }

  /** What it says, and no more than its order was filled with, or may be left of that. */
  private static Quantity most(Claim claim, HeldAtBroker.Told told) {
    Quantity most =
        Evidence.fillsOf(claim, told).isEmpty()
            ? claim.quantity()
            : Quantity.min(claim.quantity(), Evidence.opened(claim, told));
    return Evidence.left(claim, told).map(left -> Quantity.min(most, left)).orElse(most);
  }

  private static Place placeOf(Claim claim, Evidence evidence, boolean isFresh) {
    return switch (evidence) {
      case HELD -> Place.HELD;
      case REFUTED, UNFILLED, SOLD, WAITING, UNPROVEN -> Place.NONE;
      case ENTERED -> placeOf(claim, claim.isSaidToBeOpen());
      case UNKNOWN -> placeOf(claim, !isFresh && claim.isSaidToBeOpen() && claim.isAnnounced());
    };
  }

  private static Place placeOf(Claim claim, boolean isSure) {
    if (claim.isSaidToBeOver()) {
      return Place.NONE;
    }
    if (claim.hasEnded()) {
      return Place.SAID_TO_HAVE_ENDED;
    }
    return isSure ? Place.SAID_TO_BE_OPEN : Place.MAY_BE_OPEN;
  }

  /** Announced so lately that whoever takes executions in may have to. */
  boolean isFresh() {
    return isYounger(age, Planning.FRESH);
  }

  /** Whether it would get what is left, without an end of all of it in the history. */
  boolean mayBeHeld() {
    return switch (place) {
      case HELD, SAID_TO_BE_OPEN, MAY_BE_OPEN -> true;
      case SAID_TO_HAVE_ENDED, NONE -> false;
    };
  }

  /** Whether its order, if it is one of those that are open, would still be there. */
  boolean mayBeUnfilled() {
    return isYounger(age, Evidence.LONGEST_ENTRY)
        && switch (evidence) {
          case UNKNOWN -> place == Place.MAY_BE_OPEN;
          case UNFILLED, SOLD -> claim.order().isEmpty() && !claim.isSaidToBeOver();
          case HELD, ENTERED, REFUTED, WAITING, UNPROVEN -> false;
        };
  }

  private static boolean isYounger(Optional<Duration> age, Duration than) {
    return age.filter(it -> it.compareTo(than) < 0).isPresent();
  }
}
