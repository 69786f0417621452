package org.positionmanager.starter.report;

import java.time.Instant;
import java.util.Optional;
import org.positionmanager.activities.standing.OpenRisk;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * A position that is open in a report.
 *
 * @param direction empty before its entry was filled, as the next three
 * @param price the newest mid that is kept; empty where none is
 * @param pricedAt exchange time of that
 * @param stop the price at which its rules end it; empty where they do not
 * @param risk what it would lose from its price to its stop
 */
record OpenLine(
    PositionId id,
    Phase phase,
    Strategy strategy,
    Optional<Direction> direction,
    Optional<Quantity> held,
    Optional<Price> entry,
    Optional<Price> price,
    Optional<Instant> pricedAt,
    Optional<Money> unrealised,
    Optional<Price> stop,
    Optional<Money> risk) {
  static OpenLine of(OpenRisk.Position position, Optional<Quote> newest, Instant now) {
    Optional<Basis> basis = position.basis();
    Optional<Quote> quote = newest.filter(it -> !it.isCrossed());
    Optional<Price> price = quote.map(Quote::mid);
    return new OpenLine(
        position.id(),
        position.phase(),
        position.strategy(),
        basis.map(Basis::direction),
        basis.map(Basis::held),
        basis.map(Basis::entry),
        price,
        quote.map(Quote::at),
        basis.flatMap(it -> price.map(mid -> unrealised(it, mid))),
        position.stop(now),
        price.flatMap(mid -> position.atRisk(mid, now)));
  }

  private static Money unrealised(Basis basis, Price mid) {
    return basis
        .direction()
        .profit(basis.entry(), mid, basis.held(), basis.instrument().multiplier());
  }
}
