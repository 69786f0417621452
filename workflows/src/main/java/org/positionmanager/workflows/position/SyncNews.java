package org.positionmanager.workflows.position;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.sync.Closing;
import org.positionmanager.workflows.sync.SyncNotice;
import org.positionmanager.workflows.value.Quantity;

/** What a position makes of what its account's sync tells it: pure, and once however often told. */
final class SyncNews {
  private SyncNews() {}

  /**
   * The position as it then is; the same where it knew. Before its fill it has nothing to learn.
   */
  static PositionState apply(PositionState state, SyncNotice notice, Instant now) {
    if (state.phase().isFinal() || state.basis().isEmpty()) {
      return state;
    }
    return switch (notice) {
      case SyncNotice.LookNow look -> state;
      case SyncNotice.Closed closed -> booking(state, closed);
      case SyncNotice.Split split -> SplitPosition.apply(state, split, now);
      case SyncNotice.Moved moved -> leaving(state, moved, now);
      case SyncNotice.GiveWay way -> givingWay(state, way, now);
    };
  }

  private static PositionState booking(PositionState state, SyncNotice.Closed closed) {
    List<ClosingFill> foreign =
        closed.fills().stream().filter(fill -> !isFollowed(state, fill.order())).toList();
    List<ClosingFill> fresh =
        Closings.upTo(state.held(), Closings.unbooked(state.fills(), foreign));
    if (fresh.isEmpty()) {
      return state;
    }
    StateChange change = state.change().missingSince(Optional.empty()).note(Optional.empty());
    for (ClosingFill fill : fresh) {
      change
          .filled(fill)
          .event(
              isOurs(state, fill) ? PositionEvent.Type.FILLED : PositionEvent.Type.CLOSED_ELSEWHERE,
              fill.at(),
              "%s closed at %s: %s".formatted(fill.quantity(), fill.averagePrice(), closed.why()),
              "quantity",
              fill.quantity().toString(),
              "price",
              fill.averagePrice().toString(),
              "order",
              fill.order().toString());
    }
    boolean isForeign = fresh.stream().anyMatch(fill -> !isOurs(state, fill));
    if (isForeign && state.exitReason().isEmpty()) {
      change.reason(closed.reason());
    }
    return withoutIdleExit(change);
  }

  private static boolean isOurs(PositionState state, ClosingFill fill) {
    return ClientOrderId.ifOurs(fill.clientOrderId())
        .filter(id -> id.belongsTo(state.id()))
        .isPresent();
  }

  /** What an exit under way is following it books itself. */
  private static boolean isFollowed(PositionState state, BrokerOrderId order) {
    return state.exit().flatMap(ExitProgress::order).filter(order::equals).isPresent();
  }

  /** With nothing held an exit that has no order at the broker has nothing more to do. */
  private static PositionState withoutIdleExit(StateChange change) {
    PositionState made = change.made();
    boolean idle = made.exit().filter(exit -> exit.order().isEmpty()).isPresent();
    return made.held().isZero() && idle ? made.change().exitSettled().made() : made;
  }

  /** Ends at its entry price: nothing was earned by a new name. */
  private static PositionState leaving(PositionState state, SyncNotice.Moved moved, Instant now) {
    Basis basis = state.basis().orElseThrow();
    Quantity held = state.held();
    if (held.isZero()) {
      return state;
    }
    return withoutIdleExit(
        state
            .change()
            .filled(
                new ClosingFill(
                    new BrokerOrderId(Closing.ACTIVITY + moved.activity()),
                    "",
                    held,
                    basis.entry(),
                    now))
            .reason(ExitReason.SYMBOL_CHANGED)
            .missingSince(Optional.empty())
            .note(Optional.empty())
            .event(
                PositionEvent.Type.MOVED,
                now,
                "goes on as %s: %s".formatted(moved.to(), moved.why()),
                "to",
                moved.to().symbol(),
                "activity",
                moved.activity()));
  }

  private static PositionState givingWay(PositionState state, SyncNotice.GiveWay way, Instant now) {
    boolean isKnown = state.commandIds().contains(commandId(way));
    Quantity part = Quantity.min(way.quantity(), state.held());
    if (isKnown || part.isZero()) {
      return state;
    }
    Basis basis = state.basis().orElseThrow().closing(state.closed());
    return withoutIdleExit(
        state
            .change()
            .basis(basis.opening(basis.opened().lessAtMost(part)))
            .carriedOut(commandId(way))
            .missingSince(Optional.empty())
            .note(Optional.empty())
            .event(
                PositionEvent.Type.GAVE_WAY,
                now,
                "gave way with %s: %s".formatted(part, way.why()),
                "quantity",
                part.toString(),
                "to",
                way.to().toString()));
  }

  /** Whether nothing of it was its own. */
  static boolean gaveAllAway(PositionState state) {
    return state.basis().filter(basis -> basis.opened().isZero()).isPresent();
  }

  private static String commandId(SyncNotice.GiveWay way) {
    return "give way to " + way.to() + ": " + way.why();
  }
}
