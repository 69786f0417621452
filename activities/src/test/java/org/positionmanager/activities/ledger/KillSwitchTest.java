package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.alert.KillSwitch;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.NyseCalendar;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;

/** A day's real losses trip an account's kill switch, once on that day. */
class KillSwitchTest extends LedgerOnPostgres {
  private final List<String> flattened = new ArrayList<>();
  private boolean engineAway;
  private KillSwitch killSwitch;

  @BeforeEach
  void ready() {
    migrated();
    flattened.clear();
    engineAway = false;
    killSwitch =
        new KillSwitch(
            LARGE,
            Money.parse("1500"),
            KillSwitch.realised(LARGE, new PostgresAlertInputs(desk, Optional.empty())),
            new PostgresAlerts(desk),
            new KillSwitchDays(desk),
            this::flatten);
  }

  private void flatten(AccountName account, String id, String reason) {
    if (engineAway) {
      throw new IllegalStateException("the engine is away");
    }
    flattened.add(account + " " + id + ": " + reason);
  }

  private static Optional<MarketMoment> market(Instant now, LocalDate day) {
    return Optional.of(
        new MarketMoment(
            now, NyseCalendar.on(day), NyseCalendar.on(day.plusDays(1)).orElseThrow(), 1));
  }

  private void look() {
    killSwitch.look(market(AT, LocalDate.of(2026, 2, 11)));
  }

  /** A position that lost a thousand dollars today. */
  private void loses(AccountName account) {
    new PostgresLedger(account.equals(LARGE) ? large : tiny, account)
        .record(closed(position(account), Price.parse("3.80")));
  }

  private List<AlertRecord> open() {
    return new PostgresAlerts(desk)
        .open().stream().filter(it -> it.kind() == AlertKind.KILL_SWITCH).toList();
  }

  @Test
  void aLossBelowItDoesNothing() {
    loses(LARGE);
    loses(TINY);
    look();
    assertThat(flattened).isEmpty();
    assertThat(open()).isEmpty();
  }

  /** Finds these one after another; an empty one cannot be told. */
  private void byEquity(String... figures) {
    Deque<String> found = new ArrayDeque<>(List.of(figures));
    KillSwitch.Profit profit =
        new KillSwitch.Profit() {
          @Override
          public Optional<Money> today(Optional<MarketMoment> market) {
            return Optional.of(found.removeFirst()).filter(it -> !it.isEmpty()).map(Money::parse);
          }

          @Override
          public String words() {
            return " with what is open";
          }

          @Override
          public int looks() {
            return 2;
          }
        };
    killSwitch =
        new KillSwitch(
            LARGE,
            Money.parse("1500"),
            profit,
            new PostgresAlerts(desk),
            new KillSwitchDays(desk),
            this::flatten);
  }

  private static Optional<MarketMoment> nextDay() {
    return market(AT.plusSeconds(86_400), LocalDate.of(2026, 2, 12));
  }

  @Test
  void aLossFoundOnBothSidesOfALookThatTellsNothingIsNotFoundTwiceInARow() {
    byEquity("-1500", "", "-1500", "-1500");
    look();
    look();
    look();
    assertThat(flattened).isEmpty();
    look();
    assertThat(flattened).hasSize(1);
  }

  @Test
  void aLossFoundOnTheDayBeforeDoesNotCount() {
    byEquity("-1500", "-1500", "-1500");
    look();
    killSwitch.look(nextDay());
    assertThat(flattened).as("one quote of each day").isEmpty();
    killSwitch.look(nextDay());
    assertThat(flattened).singleElement().asString().contains("kill-switch-2026-02-12");
  }

  @Test
  void theDayAfterATripNeedsTwoLooksAsWell() {
    byEquity("-1500", "-1500", "-1500", "-1500");
    look();
    look();
    killSwitch.look(nextDay());
    assertThat(flattened).hasSize(1);
    killSwitch.look(nextDay());
    assertThat(flattened).hasSize(2);
  }

  @Test
  void aLossThatASingleQuoteCouldMakeUpHasToBeFoundTwiceInARow() {
    byEquity("-1500", "-1499.99", "-1500", "-1500");
    look();
    look();
    look();
    assertThat(flattened).isEmpty();
    assertThat(open()).isEmpty();
    look();
    assertThat(flattened).hasSize(1).first().asString().contains("1500 USD lost with what is open");
    assertThat(open()).hasSize(1);
  }

  @Test
  void aLossThatReachesItFlattensOnceADayAndTellsPeople() {
    loses(LARGE);
    loses(LARGE);
    look();
    look();
    assertThat(flattened)
        .containsExactly(
            "large kill-switch-2026-02-11: 2000 USD lost on 2026-02-11, the kill switch is at 1500"
                + " USD");
    assertThat(open()).hasSize(1);
    assertThat(open().getFirst().severity()).isEqualTo(Alert.Severity.CRITICAL);
    assertThat(open().getFirst().message())
        .contains("2000 USD", "pm resume-intake --account large");

    loses(LARGE);
    look();
    assertThat(flattened).as("a greater loss of the same day").hasSize(1);
  }

  @Test
  void theNextDayBeginsAnew() {
    loses(LARGE);
    loses(LARGE);
    look();
    killSwitch.look(nextDay());
    assertThat(flattened).hasSize(1);
    assertThat(open()).as("ended with the day").isEmpty();
  }

  @Test
  void anEngineThatIsAwayIsAskedAgainAndPeopleAreToldAllTheSame() {
    loses(LARGE);
    loses(LARGE);
    engineAway = true;
    assertThatThrownBy(this::look).hasMessageContaining("the engine is away");
    assertThat(open()).hasSize(1);
    engineAway = false;
    look();
    look();
    assertThat(flattened).hasSize(1);
  }

  @Test
  void aDayThatCannotBeToldTripsNothing() {
    loses(LARGE);
    loses(LARGE);
    killSwitch.look(Optional.empty());
    assertThat(flattened).isEmpty();
  }
}
