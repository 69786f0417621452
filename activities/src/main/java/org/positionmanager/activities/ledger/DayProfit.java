package org.positionmanager.activities.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.value.Money;

/** What was realised, by the fills of the day itself, whenever their positions close. */
final class DayProfit {
  private DayProfit() {}

  /** When the exchange's day begins, in New York. */
  static Instant day(MarketMoment market) {
    LocalDate day = ExchangeZone.dateOf(market);
    return day.atStartOfDay(ExchangeZone.NEW_YORK).toInstant();
  }

  /** By fills since then. */
  static Money realised(Handle handle, AccountName account, Instant sinceInclusive) {
    return parts(handle, account, sinceInclusive, Instant.MAX).stream()
        .map(RealisedPart::realised)
        .reduce(Money.ZERO, Money::plus);
  }

  /** What was closed from then on up to, but not at, the other moment; oldest first. */
  static List<RealisedPart> parts(
      Handle handle, AccountName account, Instant fromInclusive, Instant toExclusive) {
    return ClosingFills.ofHeldSince(handle, account, fromInclusive).stream()
        .filter(part -> !part.at().isBefore(fromInclusive) && part.at().isBefore(toExclusive))
        .sorted(Comparator.comparing(RealisedPart::at))
        .toList();
  }
}
