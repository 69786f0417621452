package org.positionmanager.workflows.position;

import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.rules.Observation;

/** Lets the shadow plan see what the position saw, and records what it would have done. */
final class ShadowReview {
  private ShadowReview() {}

  static void judge(StateCell cell, Observation seen) {
    Optional<Shadow> before = cell.get().shadow();
    if (before.isEmpty()) {
      return;
    }
    Shadow now = before.get().seeing(seen);
    if (now.equals(before.get())) {
      return;
    }
    List<Shadow.Exit> fresh = now.exits().subList(before.get().exits().size(), now.exits().size());
    cell.update(
        change -> {
          fresh.forEach(exit -> tell(change, now, exit));
          return change.shadow(Optional.of(now));
        });
  }

  private static void tell(StateChange change, Shadow shadow, Shadow.Exit exit) {
    change.event(
        PositionEvent.Type.SHADOW_EXIT,
        exit.at(),
        "shadow plan %s would have closed %s at %s: %s"
            .formatted(
                shadow.plan().name().orElse("without a name"),
                exit.quantity(),
                exit.price().map(Object::toString).orElse("an unknown price"),
                exit.rule()),
        "reason",
        exit.reason().name(),
        "quantity",
        exit.quantity().toString(),
        "price",
        exit.price().map(Object::toString).orElse(""));
  }
}
