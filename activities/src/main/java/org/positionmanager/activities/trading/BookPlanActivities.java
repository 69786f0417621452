package org.positionmanager.activities.trading;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.PriceHistory;
import org.positionmanager.workflows.activity.PlanActivities;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.AverageTrueRange;
import org.positionmanager.workflows.market.DailyBar;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.plan.ChosenPlan;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.PlanBook;
import org.positionmanager.workflows.plan.PlanRanges;
import org.positionmanager.workflows.rules.Basis;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the plans of one account from a plan book. Average true ranges are made of the whole days
 * before the fill. Bars that cannot be read leave the level unknown, which every trace then says: a
 * position without one of its levels is better looked after than one that is not opened.
 */
public final class BookPlanActivities implements PlanActivities {
  private static final Logger log = LoggerFactory.getLogger(BookPlanActivities.class);

  private final AccountName account;
  private final PlanBook book;
  private final PriceHistory history;

  public BookPlanActivities(AccountName account, PlanBook book, PriceHistory history) {
    this.account = account;
    this.book = book;
    this.history = history;
  }

  @Override
  public ChosenPlan choosePlan(PositionId position, EntryTerms terms, Basis basis) {
    Failures.requireAccount(position, account);
    return readRanges(position, book.planFor(account, terms, basis), basis);
  }

  @Override
  public ChosenPlan readRanges(PositionId position, ChosenPlan chosen, Basis basis) {
    Failures.requireAccount(position, account);
    Set<Integer> missing = PlanRanges.missing(chosen);
    if (missing.isEmpty()) {
      return chosen;
    }
    Optional<List<DailyBar>> bars = bars(position, basis, longest(missing));
    return PlanRanges.read(chosen, days -> bars.flatMap(read -> AverageTrueRange.of(read, days)));
  }

  private static int longest(Set<Integer> days) {
    return days.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  /** Empty where they cannot be read: the log says why. */
  private Optional<List<DailyBar>> bars(PositionId position, Basis basis, int days) {
    LocalDate filled = LocalDate.ofInstant(basis.filledAt(), ExchangeZone.NEW_YORK);
    try {
      List<DailyBar> bars =
          history.daily(
              position.instrument(),
              filled.minusDays(AverageTrueRange.calendarDaysFor(days)),
              filled);
      if (bars.size() <= days) {
        log.warn(
            "{}: the average true range over {} days stays unknown, there are only {} daily bars",
            position,
            days,
            bars.size());
      }
      return Optional.of(bars);
    } catch (BrokerException e) {
      log.warn("{}: the average true range stays unknown: {}", position, e.getMessage());
      return Optional.empty();
    }
  }
}
