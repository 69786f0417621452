package org.positionmanager.workflows.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Quantity;

/**
 * Shares out what closed a holding among the positions that share it. A position's own exits are
 * its own; another's order closes the oldest first, and last those whose exit is under way. Each
 * fill is booked once, by one position, and no position gets more than it holds.
 */
final class Allotment {
  /** One position's share: of each order or activity, what is its own in all. */
  record Share(PositionId position, Closing.Kind kind, List<ClosingFill> fills) {}

  private final List<LedgerView.Row> all;
  private final Map<PositionId, Quantity> left = new LinkedHashMap<>();
  private final Map<PositionId, Map<Closing.Kind, List<ClosingFill>>> shares =
      new LinkedHashMap<>();
  private final Map<String, Quantity> givenOf = new HashMap<>();
  private Quantity missing;

  private Allotment(List<LedgerView.Row> tracked, List<LedgerView.Row> all, Quantity missing) {
    this.all = all;
    this.missing = missing;
    tracked.forEach(row -> left.put(row.id(), row.held()));
  }

  /**
   * Shares out.
   *
   * @param tracked of one instrument and direction, oldest first
   * @param all rows of that instrument, those that are over too: what they booked is taken
   * @param missing how much less is held than tracked: no more is shared out
   * @param closings of that instrument and direction
   */
  static List<Share> of(
      List<LedgerView.Row> tracked,
      List<LedgerView.Row> all,
      Quantity missing,
      List<Closing> closings) {
    Allotment allotment = new Allotment(tracked, all, missing);
    List<Closing> inTime =
        closings.stream()
            .sorted(
                Comparator.comparing((Closing closing) -> closing.fill().at())
                    .thenComparing(closing -> closing.fill().order().value()))
            .toList();
    List<Closing> foreign = inTime.stream().filter(closing -> owner(closing).isEmpty()).toList();
    inTime.stream()
        .filter(closing -> owner(closing).isPresent())
        .forEach(
            closing ->
                allotment.share(closing, tracked, row -> owner(closing).get().belongsTo(row.id())));
    List<LedgerView.Row> exitingLast = exitingLast(tracked);
    foreign.forEach(
        closing -> allotment.share(closing, exitingLast, row -> isOlder(row, closing.fill().at())));
    foreign.forEach(
        closing ->
            allotment.share(closing, exitingLast, row -> allotment.isPassedOn(row, closing)));
    return allotment.made();
  }

  /** The same of the positions' own exits alone. */
  static List<Share> ofOwnExits(
      List<LedgerView.Row> tracked,
      List<LedgerView.Row> all,
      Quantity missing,
      List<Closing> closings) {
    return of(
        tracked,
        all,
        missing,
        closings.stream().filter(closing -> owner(closing).isPresent()).toList());
  }

  /**
   * Whose own exit is under way closes what it holds by that: another's order closed it only where
   * nobody else had so much.
   */
  private static List<LedgerView.Row> exitingLast(List<LedgerView.Row> tracked) {
    return tracked.stream()
        .sorted(Comparator.comparing(row -> row.phase() == Phase.EXITING))
        .toList();
  }

  private static Optional<ClientOrderId> owner(Closing closing) {
    return ClientOrderId.ifOurs(closing.fill().clientOrderId());
  }

  private static boolean isOlder(LedgerView.Row row, Instant at) {
    return row.changesSince().filter(since -> !at.isBefore(since)).isPresent();
  }

  /**
   * Whether it closed something of another position that then, by its own exit, sold of this one:
   * exits are clamped to what the account holds, and nobody had noticed.
   */
  private boolean isPassedOn(LedgerView.Row row, Closing closing) {
    return all.stream()
        .filter(other -> !other.id().equals(row.id()))
        .filter(other -> other.direction() == row.direction())
        .filter(other -> isOlder(other, closing.fill().at()))
        .map(LedgerView.Row::closedAt)
        .anyMatch(
            end ->
                end.isEmpty()
                    || !end.get().isBefore(closing.fill().at())
                        && !end.get().isBefore(row.changesSince().orElseThrow()));
  }

  private void share(
      Closing closing, List<LedgerView.Row> tracked, Predicate<LedgerView.Row> mayBe) {
    String order = closing.fill().order().value();
    Quantity free =
        all.stream()
            .map(row -> row.bookedOf(order))
            .reduce(closing.fill().quantity().lessAtMost(given(order)), Quantity::lessAtMost);
    for (LedgerView.Row row : tracked) {
      Quantity part = Quantity.min(Quantity.min(free, missing), left.get(row.id()));
      if (!part.isZero() && mayBe.test(row)) {
        give(row, closing, part);
        free = free.minus(part);
      }
    }
  }

  /** What of an order was shared out already, this time. */
  private Quantity given(String order) {
    return givenOf.getOrDefault(order, Quantity.ZERO);
  }

  private void give(LedgerView.Row row, Closing closing, Quantity part) {
    ClosingFill fill = closing.fill();
    left.merge(row.id(), part, Quantity::minus);
    missing = missing.minus(part);
    givenOf.merge(fill.order().value(), part, Quantity::plus);
    shares
        .computeIfAbsent(row.id(), id -> new LinkedHashMap<>())
        .computeIfAbsent(closing.kind(), kind -> new ArrayList<>())
        .add(
            new ClosingFill(
                fill.order(),
                fill.clientOrderId(),
                row.bookedOf(fill.order().value()).plus(part),
                fill.averagePrice(),
                fill.at()));
  }

  private List<Share> made() {
    List<Share> made = new ArrayList<>();
    shares.forEach(
        (position, kinds) ->
            kinds.forEach((kind, fills) -> made.add(new Share(position, kind, fills))));
    return made;
  }
}
