package org.positionmanager.starter.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.ledger.AccountRecords;
import org.positionmanager.activities.ledger.AccountRecords.Closed;
import org.positionmanager.activities.ledger.RealisedPart;
import org.positionmanager.activities.standing.AccountStanding;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Money;

/**
 * One account over a period; a pure function of its records.
 *
 * @param equityAtStart at the close before the period; empty where the first session's day has no
 *     snapshot, for then nobody knows it
 * @param last snapshot of the period; empty where none was taken
 * @param equityChange from the start to the last snapshot, deposits and withdrawals included
 * @param realised by the period's fills, whenever their positions close
 * @param closed oldest first
 * @param total of the closed positions, whenever their fills were; by strategy and by reason sum up
 *     to it
 * @param parts what was closed of positions that did not close in the period
 * @param open now; none where the period is over
 */
record AccountReport(
    AccountName account,
    Optional<Money> equityAtStart,
    Optional<AccountStanding> last,
    Optional<Money> equityChange,
    Money realised,
    List<ClosedLine> closed,
    Performance total,
    List<Performance> byStrategy,
    List<Performance> byReason,
    List<RealisedPart> parts,
    List<NightLine> nights,
    List<OpenLine> open,
    List<AlertRecord> alerts,
    List<EquityPoint> equity) {
  /** A point of the equity curve. */
  record EquityPoint(Instant at, Money equity) {}

  /** More points than a chart is wide show nothing. */
  private static final int POINTS = 1000;

  /**
   * @param now exchange time; positions that are open now are none of a period that is over
   */
  static AccountReport of(AccountRecords records, ReportPeriod period, Instant now) {
    List<AccountStanding> standings = records.standings();
    Optional<AccountStanding> first = standings.stream().findFirst();
    Optional<AccountStanding> last =
        standings.isEmpty() ? Optional.empty() : Optional.of(standings.getLast());
    Optional<Money> start =
        first
            .filter(it -> it.at().isBefore(period.endOfFirstSession()))
            .map(it -> it.funds().lastEquity());
    List<Closed> closed = records.closed().stream().filter(AccountReport::isOver).toList();
    Set<PositionId> over = closed.stream().map(Closed::id).collect(Collectors.toSet());
    Performance total = Performance.of("all", closed);
    return new AccountReport(
        records.account(),
        start,
        last,
        start.flatMap(it -> last.map(end -> end.funds().equity().minus(it))),
        records.parts().stream().map(RealisedPart::realised).reduce(Money.ZERO, Money::plus),
        closed.stream().map(ClosedLine::of).toList(),
        total,
        Performance.by(closed, Closed::strategy),
        Performance.by(closed, Closed::reason),
        records.parts().stream().filter(part -> !over.contains(part.id())).toList(),
        records.nights().stream().map(NightLine::of).toList(),
        period.isCurrent(now)
            ? records.open().stream()
                .map(it -> OpenLine.of(it, Optional.ofNullable(records.quotes().get(it.id())), now))
                .toList()
            : List.of(),
        records.alerts(),
        curve(standings));
  }

  /** One that goes on under another symbol is no trade that ended. */
  private static boolean isOver(Closed closed) {
    return closed.reason() != ExitReason.SYMBOL_CHANGED;
  }

  /** Evenly thinned, first and last kept. */
  private static List<EquityPoint> curve(List<AccountStanding> standings) {
    int each = Math.max(1, (int) Math.ceil((double) standings.size() / POINTS));
    return IntStream.range(0, standings.size())
        .filter(i -> i % each == 0 || i == standings.size() - 1)
        .mapToObj(standings::get)
        .map(it -> new EquityPoint(it.at(), it.funds().equity()))
        .toList();
  }

  /** Whether there is nothing to tell. */
  @JsonIgnore
  boolean isEmpty() {
    return last.isEmpty()
        && closed.isEmpty()
        && parts.isEmpty()
        && nights.isEmpty()
        && open.isEmpty()
        && alerts.isEmpty();
  }
}
