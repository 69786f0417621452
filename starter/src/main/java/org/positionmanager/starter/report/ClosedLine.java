package org.positionmanager.starter.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.util.Optional;
import org.positionmanager.activities.ledger.AccountRecords.Closed;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/**
 * A closed position in a report.
 *
 * @param gain of the exit, in percent of the entry
 * @param best maximum favourable excursion; empty where it is not known, never zero for that
 * @param worst maximum adverse excursion, likewise
 */
record ClosedLine(Closed position, Percent gain, Optional<Swing> best, Optional<Swing> worst) {
  /**
   * How far the mid was from the entry.
   *
   * @param amount profit of the whole position at that price
   * @param percent the same of the entry
   */
  record Swing(Price price, Money amount, Percent percent) {}

  static ClosedLine of(Closed closed) {
    return new ClosedLine(
        closed,
        gain(closed, closed.exit()),
        closed.best().map(price -> swing(closed, price)),
        closed.worst().map(price -> swing(closed, price)));
  }

  private static Swing swing(Closed closed, Price price) {
    return new Swing(
        price,
        closed
            .direction()
            .profit(
                closed.entry(), price, closed.quantity(), closed.id().instrument().multiplier()),
        gain(closed, price));
  }

  /** An entry for nothing, as of assigned shares, has no percentage. */
  private static Percent gain(Closed closed, Price price) {
    return closed.entry().isZero() ? Percent.of(0) : closed.direction().gain(closed.entry(), price);
  }

  @JsonIgnore
  Duration hold() {
    return Duration.between(position.openedAt(), position.closedAt());
  }
}
