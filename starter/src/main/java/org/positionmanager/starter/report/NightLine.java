package org.positionmanager.starter.report;

import java.util.Optional;
import org.positionmanager.activities.ledger.AccountRecords.Night;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Percent;

/**
 * A position that was held over a night.
 *
 * @param gap what the step from the last price before the close to the first after the open
 *     brought, US dollars; empty where one of them is not known
 * @param percent the same of the price before the close
 */
record NightLine(Night night, Optional<Money> gap, Optional<Percent> percent) {
  static NightLine of(Night night) {
    return new NightLine(
        night,
        night
            .before()
            .flatMap(
                before ->
                    night
                        .after()
                        .map(
                            after ->
                                night
                                    .direction()
                                    .profit(
                                        before,
                                        after,
                                        night.quantity(),
                                        night.id().instrument().multiplier()))),
        night
            .before()
            .filter(before -> !before.isZero())
            .flatMap(before -> night.after().map(after -> night.direction().gain(before, after))));
  }
}
