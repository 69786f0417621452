package org.positionmanager.starter.migrate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.broker.Fill;
import org.positionmanager.worker.HeldAtBroker;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.value.Quantity;

/** What the broker's own orders and fills say of a claim: pure. */
enum Evidence {
  /** Its order was filled, and nothing of the instrument was closed since. */
  HELD,
  /** Its order opened what is held now, or a part of it that was closed since. */
  ENTERED,
  /** It was entered before what is held now was opened: nothing was held in between. */
  REFUTED,
  /** Nothing of its instrument was opened that could be its own. */
  UNFILLED,
  /** No row of it is open, and as much as it opened was closed since. */
  SOLD,
  /** Its order is open, and nothing of it is filled. */
  WAITING,
  /** From before the fills that are told, and no row of it is open. */
  UNPROVEN,
  /** Nothing for it and nothing against it. */
  UNKNOWN;

  /** An order to open something is there for a day at the most before it is filled. */
  static final Duration LONGEST_ENTRY = Duration.ofDays(1);

  /** A dispatcher may write an execution down so long after its order was filled. */
  private static final Duration LATE = Duration.ofMinutes(10);

  /**
   * @param heldSince since when its instrument is held without a break; empty where that is not
   *     known
   * @param isFresh whether the broker may not tell yet of its fills
   */
  static Evidence of(
      Claim claim, HeldAtBroker.Told told, Optional<Instant> heldSince, boolean isFresh) {
    List<Fill> fills = fillsOf(claim, told);
    Evidence evidence =
        fills.isEmpty()
            ? unfilled(claim, told, heldSince, isFresh)
            : filled(fills.getLast(), told, heldSince);
    return switch (evidence) {
      case ENTERED, UNKNOWN ->
          left(claim, told).filter(Quantity::isZero).map(it -> SOLD).orElse(evidence);
      case HELD, REFUTED, UNFILLED, SOLD, WAITING, UNPROVEN -> evidence;
    };
  }

  private static Evidence unfilled(
      Claim claim, HeldAtBroker.Told told, Optional<Instant> heldSince, boolean isFresh) {
    if (isOrderOpen(claim, told)) {
      return WAITING;
    }
    if (heldSince
        .filter(since -> claim.enteredAt().isBefore(since.minus(LONGEST_ENTRY)))
        .isPresent()) {
      return REFUTED;
    }
    if (claim.execution().isEmpty() || isFresh) {
      return UNKNOWN;
    }
    if (claim.enteredAt().minus(LATE).isBefore(told.fillsSince())) {
      return claim.isSaidToBeOpen() ? UNKNOWN : UNPROVEN;
    }
    return claim.order().isPresent() || opening(claim, told).isEmpty() ? UNFILLED : UNKNOWN;
  }

  /** The first fill that may be of an execution whose order is not known. */
  private static Optional<Fill> opening(Claim claim, HeldAtBroker.Told told) {
    Instant first = claim.enteredAt().minus(LATE);
    // a row that is open may be of an order that rested for longer
    Instant last = claim.isSaidToBeOpen() ? Instant.MAX : claim.enteredAt().plus(LONGEST_ENTRY);
    return told.fills().stream()
        .filter(fill -> fill.instrument().equals(claim.id().instrument()))
        .filter(fill -> fill.side() == claim.direction().openingSide())
        .filter(fill -> !fill.at().isBefore(first) && !fill.at().isAfter(last))
        .findFirst();
  }

  /** How much it opened: what its order was filled with, else what it says. */
  static Quantity opened(Claim claim, HeldAtBroker.Told told) {
    return filled(claim, told).orElseGet(() -> claim.terms().quantity());
  }

  /** How much its order was filled with; empty where the broker tells of none. */
  static Optional<Quantity> filled(Claim claim, HeldAtBroker.Told told) {
    return Optional.of(sum(fillsOf(claim, told))).filter(filled -> !filled.isZero());
  }

  /**
   * How much may be left of an execution that nobody has written down as open: what was closed
   * since may have been its own.
   *
   * @return empty where a row says how much, or nothing of it is known to have been opened
   */
  static Optional<Quantity> left(Claim claim, HeldAtBroker.Told told) {
    if (claim.execution().isEmpty() || claim.isSaidToBeOpen()) {
      return Optional.empty();
    }
    return fillsOf(claim, told).stream()
        .findFirst()
        .or(() -> opening(claim, told))
        .map(entry -> opened(claim, told).lessAtMost(sum(closedSince(entry, told))));
  }

  private static List<Fill> closedSince(Fill entry, HeldAtBroker.Told told) {
    return told.fills().stream()
        .filter(fill -> fill.instrument().equals(entry.instrument()))
        .filter(fill -> fill.side() != entry.side() && !fill.at().isBefore(entry.at()))
        .toList();
  }

  private static Quantity sum(List<Fill> fills) {
    return fills.stream().map(Fill::quantity).reduce(Quantity.ZERO, Quantity::plus);
  }

  /** Whether the order that it names may still be filled. */
  static boolean isOrderOpen(Claim claim, HeldAtBroker.Told told) {
    return told.openOrders().stream()
        .map(OrderView::id)
        .anyMatch(id -> claim.order().equals(Optional.of(id)));
  }

  /** What the order that it names was filled with. */
  static List<Fill> fillsOf(Claim claim, HeldAtBroker.Told told) {
    if (claim.order().isEmpty()) {
      return List.of();
    }
    return told.fills().stream()
        .filter(fill -> claim.order().equals(Optional.of(fill.order())))
        .filter(fill -> fill.instrument().equals(claim.id().instrument()))
        .filter(fill -> fill.side() == claim.direction().openingSide())
        .toList();
  }

  private static Evidence filled(Fill entry, HeldAtBroker.Told told, Optional<Instant> heldSince) {
    if (heldSince.filter(entry.at()::isBefore).isPresent()) {
      return REFUTED;
    }
    return closedSince(entry, told).isEmpty() ? HELD : ENTERED;
  }
}
