package org.positionmanager.workflows.sync;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/** Recognises splits and changes of symbol by the broker's activities. */
final class ShareChanges {
  private static final int SHARE_DIGITS = 9;

  private final Snapshot now;
  private final Instrument instrument;
  private final Direction direction;
  private final List<LedgerView.Row> tracked;

  /**
   * @param tracked of the instrument, in that direction
   */
  ShareChanges(
      Snapshot now, Instrument instrument, Direction direction, List<LedgerView.Row> tracked) {
    this.now = now;
    this.instrument = instrument;
    this.direction = direction;
    this.tracked = tracked;
  }

  /** Whether a split came after a position was opened that does not know it. */
  static boolean isUnknown(ShareChange change, LedgerView.Row row) {
    return change.to().isEmpty()
        && row.isTracking()
        && row.id().instrument().equals(change.instrument())
        && row.changesSince().filter(at -> at.isBefore(change.at())).isPresent()
        && !row.splits().containsKey(change.activity())
        && !row.held().isZero();
  }

  /**
   * A change of symbol is told of twice, as what left and as what came: what left is what a holding
   * of this direction had.
   */
  private static boolean isLeaving(ShareChange change, Direction direction) {
    return change.to().isPresent()
        && change.change().signum() == (direction == Direction.LONG ? 1 : -1);
  }

  /**
   * A split that trades since have hidden: as much is held as is tracked all the same, and what was
   * held before it is what is tracked of before.
   */
  List<Finding> hidden() {
    return splits().stream()
        .filter(change -> before(change).abs().compareTo(unscaled(change)) == 0)
        .map(this::split)
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private BigDecimal unscaled(ShareChange change) {
    return tracked.stream()
        .filter(row -> isUnknown(change, row))
        .map(row -> row.held().value())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private List<ShareChange> splits() {
    return oldestFirst().stream().filter(change -> change.to().isEmpty()).toList();
  }

  private List<ShareChange> oldestFirst() {
    return now.broker().changes().stream()
        .filter(change -> change.instrument().equals(instrument))
        .filter(change -> change.to().isEmpty() || isLeaving(change, direction))
        .sorted(Comparator.comparing(ShareChange::at))
        .toList();
  }

  /** What is to be scaled or moved; what else does not agree is for the next sync. */
  List<Finding> findings() {
    for (ShareChange change : oldestFirst()) {
      List<Finding> found = change.to().map(to -> moved(change, to)).orElseGet(() -> split(change));
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /**
   * The broker tells how many shares came or went. How many there were before follows from what is
   * held now and what was traded since, so that it does not matter what is tracked.
   */
  private List<Finding> split(ShareChange change) {
    BigDecimal after = after(change);
    BigDecimal before = before(change);
    if (before.signum() == 0 || before.signum() != after.signum()) {
      return List.of();
    }
    List<Finding> found = new ArrayList<>();
    for (LedgerView.Row row : tracked) {
      if (isUnknown(change, row)) {
        Quantity share =
            new Quantity(
                row.held().value().multiply(after).divide(before, SHARE_DIGITS, RoundingMode.DOWN));
        if (!share.isZero()) {
          found.add(new Finding.SharesSplit(row.id(), change.activity(), row.held(), share));
        }
      }
    }
    return found;
  }

  private BigDecimal before(ShareChange change) {
    return after(change).subtract(change.change());
  }

  private BigDecimal after(ShareChange change) {
    return signed()
        .add(movedSince(change))
        .subtract(tradedSince(change))
        .subtract(splitSince(change));
  }

  private BigDecimal signed() {
    return now.broker()
        .holding(instrument)
        .map(
            holding ->
                holding.direction() == Direction.LONG
                    ? holding.quantity().value()
                    : holding.quantity().value().negate())
        .orElse(BigDecimal.ZERO);
  }

  private BigDecimal tradedSince(ShareChange change) {
    return now.broker().closings().stream()
        .filter(it -> it.instrument().equals(instrument))
        .filter(it -> it.kind() == Closing.Kind.FILLED && it.fill().at().isAfter(change.at()))
        .map(Closing::signed)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What is held under another symbol by now was held under this one then. */
  private BigDecimal movedSince(ShareChange change) {
    return now.broker().changes().stream()
        .filter(it -> it.instrument().equals(instrument) && isLeaving(it, direction))
        .filter(it -> it.at().isAfter(change.at()))
        .map(ShareChange::change)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private BigDecimal splitSince(ShareChange change) {
    return now.broker().changes().stream()
        .filter(it -> it.instrument().equals(instrument) && it.to().isEmpty())
        .filter(it -> it.at().isAfter(change.at()))
        .map(ShareChange::change)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** How much went on under another symbol; empty where nothing did. */
  Optional<Quantity> moved() {
    return now.broker().changes().stream()
        .filter(change -> change.instrument().equals(instrument) && isLeaving(change, direction))
        .map(change -> new Quantity(change.change().abs()))
        .findFirst();
  }

  private List<Finding> moved(ShareChange change, Instrument to) {
    boolean isLeft =
        now.broker()
            .holding(instrument)
            .filter(holding -> holding.direction() == direction)
            .isPresent();
    if (isLeft) {
      return List.of();
    }
    return tracked.stream()
        .filter(row -> row.changesSince().orElseThrow().isBefore(change.at()))
        .<Finding>map(
            row ->
                new Finding.SymbolChanged(
                    row.id(),
                    new PositionId(row.id().account(), to, row.id().execution()),
                    change.activity()))
        .toList();
  }

  /** Whether any split or change of symbol is told of that what is held may have come by. */
  static boolean areTold(Snapshot now, Instrument instrument) {
    return now.broker().changes().stream()
        .anyMatch(
            change ->
                change.instrument().equals(instrument)
                    || change.to().filter(instrument::equals).isPresent());
  }

  /** Whether a position is about to come here from an earlier symbol. */
  static boolean isExpected(Snapshot now, Instrument instrument) {
    return now.broker().changes().stream()
        .filter(change -> change.to().filter(instrument::equals).isPresent())
        .anyMatch(
            change ->
                now.ledger().rows().stream()
                    .anyMatch(
                        row ->
                            row.isTracking()
                                && isLeaving(change, row.direction())
                                && row.id().instrument().equals(change.instrument())));
  }
}
