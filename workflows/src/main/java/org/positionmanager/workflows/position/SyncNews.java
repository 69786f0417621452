package org.positionmanager.workflows.position;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.sync.Closing;
import org.positionmanager.workflows.sync.SyncNotice;
import org.positionmanager.workflows.value.Quantity;

/**
 * What a position makes of what its account's sync tells it: pure, and once however often told. An
 * exit under way stays: only who follows it knows what may still come of it.
 */
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
    StateChange change = state.change();
    fresh.forEach(fill -> Closings.book(change, state.id(), fill, closed.why(), closed.reason()));
    return change.made();
  }

  /** What an exit under way is following it books itself. */
  private static boolean isFollowed(PositionState state, BrokerOrderId order) {
    return state.exit().flatMap(ExitProgress::order).filter(order::equals).isPresent();
  }

  /** Ends at its entry price: nothing was earned by a new name. */
  private static PositionState leaving(PositionState state, SyncNotice.Moved moved, Instant now) {
    Basis basis = state.basis().orElseThrow();
    Quantity held = state.held();
    if (held.isZero()) {
      return state;
    }
    return state
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
            moved.activity())
        .made();
  }

  /** Whoever exits goes on: what it closes is no longer the other's question. Else, later. */
  private static PositionState givingWay(PositionState state, SyncNotice.GiveWay way, Instant now) {
    boolean isKnown = state.commandIds().contains(commandId(way));
    Quantity part = Quantity.min(way.quantity(), state.held());
    if (isKnown || part.isZero() || state.exit().isPresent()) {
      return state;
    }
    Basis basis = state.basis().orElseThrow().closing(state.closed());
    return state
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
            way.to().toString())
        .made();
  }

  /** Whether nothing of it was its own. */
  static boolean gaveAllAway(PositionState state) {
    return state.basis().filter(basis -> basis.opened().isZero()).isPresent();
  }

  private static String commandId(SyncNotice.GiveWay way) {
    return "give way to " + way.to() + ": " + way.why();
  }
}
