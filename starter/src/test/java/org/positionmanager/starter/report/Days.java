package org.positionmanager.starter.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.broker.AccountFunds;
import org.positionmanager.activities.ledger.AccountRecords;
import org.positionmanager.activities.ledger.AccountRecords.Closed;
import org.positionmanager.activities.ledger.RealisedPart;
import org.positionmanager.activities.standing.AccountStanding;
import org.positionmanager.activities.standing.OpenRisk;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Records of one account's Wednesday. */
final class Days {
  static final AccountName LARGE = new AccountName("large");
  static final Instant MORNING = Instant.parse("2026-02-11T15:00:00Z");
  static final Instant AFTERNOON = Instant.parse("2026-02-11T20:30:00Z");
  static final ReportPeriod WEDNESDAY =
      new ReportPeriod(LocalDate.of(2026, 2, 11), LocalDate.of(2026, 2, 11));

  private Days() {}

  static PositionId position(String symbol, int number) {
    return new PositionId(LARGE, Instrument.parse(symbol), new UUID(0x7f1c000000004000L, number));
  }

  /** Bought at 100 in the morning, one share held for an hour; best and worst not known. */
  static Closed closed(int number, Strategy strategy, ExitReason reason, String realised) {
    Money profit = Money.parse(realised);
    return new Closed(
        position("WMT", number),
        Direction.LONG,
        strategy,
        Quantity.of(1),
        Price.parse("100"),
        new Price(profit.amount().add(new BigDecimal("100"))),
        profit,
        reason,
        MORNING,
        MORNING.plus(Duration.ofHours(1)),
        Optional.empty(),
        Optional.empty());
  }

  static AccountStanding standing(Instant at, String equity) {
    return new AccountStanding(
        LARGE,
        at,
        at.plusSeconds(1),
        new AccountFunds(
            Money.parse(equity),
            Money.parse("100000"),
            Money.parse("40000.5"),
            Money.parse("80000"),
            Money.parse("60500"),
            Money.parse("-500")),
        new OpenRisk.Total(Money.parse("1234.5"), 1),
        Money.parse("1530"),
        Optional.of(Money.parse("-20.25")),
        new AccountStanding.Counts(0, 2, 1, 3, 1));
  }

  static AccountRecords with(List<AccountStanding> standings, List<Closed> closed) {
    return new AccountRecords(
        LARGE, standings, closed, List.of(), List.of(), Map.of(), List.of(), List.of());
  }

  /** With some of everything, known and unknown. */
  static AccountRecords full() {
    PositionId put = position("NOW260220P00110000", 1);
    PositionId shares = position("WMT", 2);
    PositionId other = position("KO", 3);
    AccountRecords.Gap night =
        new AccountRecords.Gap(
            Instant.parse("2026-02-10T21:00:00Z"), Instant.parse("2026-02-11T14:30:00Z"));
    return new AccountRecords(
        LARGE,
        List.of(
            standing(MORNING, "100100"),
            standing(MORNING.plus(Duration.ofHours(2)), "101800"),
            standing(AFTERNOON, "101509.75")),
        List.of(
            new Closed(
                put,
                Direction.LONG,
                Strategy.SWING_TRADE,
                Quantity.of(10),
                Price.parse("4.80"),
                Price.parse("7.20"),
                Money.parse("2400"),
                ExitReason.TRAILING_STOP,
                MORNING,
                MORNING.plus(Duration.ofMinutes(95)),
                Optional.of(Price.parse("8")),
                Optional.of(Price.parse("4.56"))),
            new Closed(
                position("INTC260220C00049500", 4),
                Direction.LONG,
                Strategy.DAY_TRADE,
                Quantity.of(5),
                Price.parse("3"),
                Price.parse("1.26"),
                Money.parse("-870"),
                ExitReason.STOP,
                MORNING,
                MORNING.plus(Duration.ofMinutes(20)),
                Optional.of(Price.parse("3.15")),
                Optional.empty())),
        List.of(
            new RealisedPart(
                put,
                Strategy.SWING_TRADE,
                ExitReason.TRAILING_STOP,
                Quantity.of(10),
                Money.parse("2400"),
                MORNING.plus(Duration.ofMinutes(95))),
            new RealisedPart(
                position("INTC260220C00049500", 4),
                Strategy.DAY_TRADE,
                ExitReason.STOP,
                Quantity.of(5),
                Money.parse("-870"),
                MORNING.plus(Duration.ofMinutes(20))),
            new RealisedPart(
                shares,
                Strategy.STOCK,
                ExitReason.PARTIAL_TARGET,
                Quantity.of(2),
                Money.parse("24.5"),
                AFTERNOON)),
        List.of(open(shares, "128", 5, Percent.of(-2)), open(other, "60", 3, Percent.of(-5))),
        Map.of(shares, new Quote(Price.parse("129.9"), Price.parse("130.1"), AFTERNOON)),
        List.of(
            new AccountRecords.Night(
                put,
                Direction.LONG,
                Strategy.SWING_TRADE,
                night,
                Quantity.of(10),
                Price.parse("4.80"),
                Optional.of(Price.parse("5")),
                Optional.of(Price.parse("4.5")),
                Optional.of(Money.parse("2400"))),
            new AccountRecords.Night(
                shares,
                Direction.LONG,
                Strategy.STOCK,
                night,
                Quantity.of(5),
                Price.parse("128"),
                Optional.of(Price.parse("128")),
                Optional.empty(),
                Optional.empty())),
        List.of(
            new AlertRecord(
                17,
                AlertKind.LOSING_STREAK,
                Alert.Severity.WARNING,
                Optional.of(LARGE),
                Optional.empty(),
                "losing-streak",
                "the last 3 closed positions lost <b>1234.56 USD</b> together, which is more than this account"
                    + " has lost on any day before",
                AFTERNOON,
                AFTERNOON,
                4,
                Optional.empty(),
                Optional.empty())));
  }

  private static OpenRisk.Position open(PositionId id, String entry, int quantity, Percent stop) {
    Price price = Price.parse(entry);
    return new OpenRisk.Position(
        id,
        Phase.PROTECTED,
        Strategy.STOCK,
        Optional.of(
            new Basis(
                id.instrument(),
                Direction.LONG,
                price,
                Quantity.of(quantity),
                price,
                MORNING.minus(Duration.ofDays(1)))),
        Optional.of(
            new Plan(
                1,
                List.of(new StopLoss(new Level.AtGain(stop))),
                new ExitStyle.MarketNow(),
                Duration.ofMinutes(1),
                Duration.ofMinutes(2))),
        false);
  }

  static DayReport report(AccountRecords records) {
    return new DayReport(
        WEDNESDAY, AFTERNOON, List.of(AccountReport.of(records, WEDNESDAY, AFTERNOON)));
  }
}
