package org.positionmanager.starter.migrate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.positionmanager.activities.ledger.MigratedPosition;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Closed positions as the old history has them: pure. */
final class Endings {
  private Endings() {}

  /**
   * What the history has of the real end of a claim: its first line, and later ones of other orders
   * at other moments as far as all of them together do not exceed what was opened. All else was
   * written again.
   *
   * @param filled how much its order was filled with, as far as the broker tells
   */
  static List<OldRow.History> parts(Claim claim, Optional<Quantity> filled) {
    List<OldRow.History> parts = new ArrayList<>();
    Quantity left =
        Stream.of(Optional.of(claim.terms().quantity()), claim.writtenDown(), filled)
            .flatMap(Optional::stream)
            .reduce(Quantity::min)
            .orElseThrow();
    for (OldRow.History ending : claim.endings()) {
      Quantity quantity = ending.terms().quantity();
      boolean isNew = parts.stream().noneMatch(it -> isSame(it, ending));
      if (parts.isEmpty() || isNew && quantity.compareTo(left) <= 0) {
        parts.add(ending);
        left = left.lessAtMost(quantity);
      }
    }
    return parts;
  }

  private static boolean isSame(OldRow.History one, OldRow.History other) {
    return one.closedAt().equals(other.closedAt())
        || one.order().isPresent() && one.order().equals(other.order());
  }

  /** The position that they tell of, with a fill for each of them. */
  static MigratedPosition.Closed closed(PositionId id, List<OldRow.History> parts) {
    OldRow.History last = parts.getLast();
    return new MigratedPosition.Closed(
        id,
        last.terms(),
        entry(parts),
        parts.stream().map(Endings::fill).toList(),
        parts.getFirst().terms().announcedAt(),
        last.reason(),
        "closed by the system before this one, see "
            + parts.stream().map(it -> "row " + it.key()).collect(Collectors.joining(", ")));
  }

  private static ClosingFill fill(OldRow.History part) {
    return new ClosingFill(
        part.order().orElseGet(() -> new BrokerOrderId("migrated-" + part.key().id())),
        "",
        part.terms().quantity(),
        part.exit(),
        part.closedAt());
  }

  /** One for all of them, so that their profits together stay what they are. */
  private static Price entry(List<OldRow.History> parts) {
    List<Price> entries =
        parts.stream().map(it -> it.terms().expectedPrice().orElseThrow()).distinct().toList();
    if (entries.size() == 1) {
      return entries.getFirst();
    }
    BigDecimal cost = BigDecimal.ZERO;
    BigDecimal quantity = BigDecimal.ZERO;
    for (OldRow.History part : parts) {
      BigDecimal of = part.terms().quantity().value();
      cost = cost.add(part.terms().expectedPrice().orElseThrow().value().multiply(of));
      quantity = quantity.add(of);
    }
    return new Price(cost.divide(quantity, MathContext.DECIMAL64));
  }
}
