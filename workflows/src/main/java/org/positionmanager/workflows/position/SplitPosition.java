package org.positionmanager.workflows.position;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.sync.SyncNotice;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** A position after its shares were split: what it earned and what it risks stay the same. */
final class SplitPosition {
  private final PositionState old;
  private final ShareRatio by;
  private final Quantity held;

  private SplitPosition(PositionState old, SyncNotice.Split split) {
    this.old = old;
    by = ShareRatio.of(split.before(), split.after());
    held = old.held().equals(split.before()) ? split.after() : by.shares(old.held());
  }

  /** What the position remembers a split by, once it is scaled by it. */
  static String commandId(String activity) {
    return "split " + activity;
  }

  static PositionState apply(PositionState state, SyncNotice.Split split, Instant now) {
    boolean isKnown = state.hasSeen(commandId(split.activity()));
    boolean isNothing = state.held().isZero() || split.before().isZero() || split.after().isZero();
    return isKnown || isNothing ? state : new SplitPosition(state, split).made(split, now);
  }

  private PositionState made(SyncNotice.Split split, Instant now) {
    List<ClosingFill> fills = old.fills().stream().map(by::fill).toList();
    Quantity closed =
        fills.stream().map(ClosingFill::quantity).reduce(Quantity.ZERO, Quantity::plus);
    Basis basis = old.basis().orElseThrow().split(by::price, held.plus(closed), closed);
    Plan plan = plan(old.plan().orElseThrow());
    StateChange change =
        old.change()
            .fills(fills)
            .basis(basis)
            .plan(plan, old.standIn())
            .shadow(old.shadow().map(this::shadow))
            .pendingClose(old.pendingClose().map(this::command))
            .carriedOut(commandId(split.activity()))
            .missingSince(Optional.empty())
            .unseen()
            .note(Optional.empty())
            .event(
                PositionEvent.Type.SPLIT,
                now,
                "%s, plan version %d".formatted(split.why(), plan.version()),
                "activity",
                split.activity(),
                "before",
                old.held().toString(),
                "after",
                held.toString());
    old.exit().map(this::exit).ifPresent(change::exit);
    return change.made();
  }

  /** An exit of everything stays one, however the shares were rounded. */
  private ExitProgress exit(ExitProgress exit) {
    Quantity filled = by.shares(exit.filled());
    boolean isOfAll = exit.remaining().compareTo(old.held()) >= 0;
    return exit.scaledTo(filled.plus(isOfAll ? held : by.shares(exit.remaining())), filled);
  }

  private CloseCommand command(CloseCommand asked) {
    return new CloseCommand(
        asked.commandId(), asked.quantity().map(by::shares), asked.by(), asked.note());
  }

  private Plan plan(Plan of) {
    UnaryOperator<Price> change = by::price;
    return of.changedTo(of.rules().stream().map(rule -> rule.withPrices(change)).toList());
  }

  private Shadow shadow(Shadow of) {
    Basis basis = of.basis();
    Quantity closed = by.shares(basis.closed());
    Quantity opened = by.shares(basis.held()).plus(closed);
    // what was recorded until now may be in other shares
    return new Shadow(
        plan(of.plan()), basis.split(by::price, opened, closed), of.exits(), Optional.empty());
  }
}
