package org.positionmanager.starter.migrate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.broker.Fill;
import org.positionmanager.worker.HeldAtBroker;
import org.positionmanager.workflows.broker.OrderView;

/** What the broker's own orders and fills say of a claim: pure. */
enum Evidence {
  /** Its order was filled, and nothing of the instrument was closed since. */
  HELD,
  /** Its order opened what is held now, or a part of it that was closed since. */
  ENTERED,
  /** It was entered before what is held now was opened: nothing was held in between. */
  REFUTED,
  /** Its order is open, and nothing of it is filled. */
  WAITING,
  /** Nothing for it and nothing against it. */
  UNKNOWN;

  /** An order to open something is there for a day at the most before it is filled. */
  static final Duration LONGEST_ENTRY = Duration.ofDays(1);

  /**
   * @param heldSince since when its instrument is held without a break; empty where that is not
   *     known
   */
  static Evidence of(Claim claim, HeldAtBroker.Told told, Optional<Instant> heldSince) {
    List<Fill> fills = fillsOf(claim, told);
    if (!fills.isEmpty()) {
      return filled(fills.getLast(), told, heldSince);
    }
    if (isOrderOpen(claim, told)) {
      return WAITING;
    }
    return heldSince
            .filter(since -> claim.enteredAt().isBefore(since.minus(LONGEST_ENTRY)))
            .isPresent()
        ? REFUTED
        : UNKNOWN;
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
    boolean closedSince =
        told.fills().stream()
            .filter(fill -> fill.instrument().equals(entry.instrument()))
            .anyMatch(fill -> fill.side() != entry.side() && !fill.at().isBefore(entry.at()));
    return closedSince ? ENTERED : HELD;
  }
}
