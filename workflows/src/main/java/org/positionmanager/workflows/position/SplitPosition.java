package org.positionmanager.workflows.position;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
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
  private static final int SHARE_DIGITS = 9;

  private final BigDecimal before;
  private final BigDecimal after;

  private SplitPosition(SyncNotice.Split split) {
    before = split.before().value();
    after = split.after().value();
  }

  static PositionState apply(PositionState state, SyncNotice.Split split, Instant now) {
    String id = "split " + split.activity();
    if (state.hasSeen(id) || split.before().isZero() || split.after().isZero()) {
      return state;
    }
    SplitPosition by = new SplitPosition(split);
    List<ClosingFill> fills = state.fills().stream().map(by::fill).toList();
    Quantity closed =
        fills.stream().map(ClosingFill::quantity).reduce(Quantity.ZERO, Quantity::plus);
    Quantity held = state.held().equals(split.before()) ? split.after() : by.shares(state.held());
    Basis basis = state.basis().orElseThrow().split(by::price, held.plus(closed), closed);
    Plan plan = by.plan(state.plan().orElseThrow());
    return state
        .change()
        .fills(fills)
        .basis(basis)
        .plan(plan)
        .shadow(state.shadow().map(by::shadow))
        .carriedOut(id)
        .missingSince(Optional.empty())
        .note(Optional.empty())
        .event(
            PositionEvent.Type.SPLIT,
            now,
            "%s, plan version %d".formatted(split.why(), plan.version()),
            "activity",
            split.activity(),
            "before",
            split.before().toString(),
            "after",
            held.toString())
        .made();
  }

  private Price price(Price old) {
    return new Price(old.value().multiply(before).divide(after, MathContext.DECIMAL64));
  }

  private Quantity shares(Quantity old) {
    return new Quantity(
        old.value().multiply(after).divide(before, SHARE_DIGITS, RoundingMode.DOWN));
  }

  private ClosingFill fill(ClosingFill old) {
    return new ClosingFill(
        old.order(),
        old.clientOrderId(),
        shares(old.quantity()),
        price(old.averagePrice()),
        old.at());
  }

  private Plan plan(Plan old) {
    UnaryOperator<Price> change = this::price;
    return old.changedTo(old.rules().stream().map(rule -> rule.withPrices(change)).toList());
  }

  private Shadow shadow(Shadow old) {
    Basis basis = old.basis();
    Quantity closed = shares(basis.closed());
    Quantity opened = shares(basis.held()).plus(closed);
    return new Shadow(plan(old.plan()), basis.split(this::price, opened, closed), old.exits());
  }
}
