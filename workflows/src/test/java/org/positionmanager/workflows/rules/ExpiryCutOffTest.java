package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.newYork;

import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpiryCutOffTest implements RuleContract {
  private static final Scene HELD =
      Scene.call().under(new ExpiryCutOff(0, LocalTime.of(15, 0))).marketClosed();

  @Override
  public ExitRule rule() {
    return new ExpiryCutOff(0, LocalTime.of(15, 0));
  }

  @Test
  void itFiresByTheClockOfNewYork() {
    Instant due = newYork("2026-02-20", "15:00");
    HELD.at(due.minusNanos(1)).holds(Why.MOMENT_NOT_COME);
    assertThat(HELD.at(due.minusNanos(1)).nextChange()).contains(due);
    HELD.at(due).fires(Why.MOMENT_HAS_COME);
    HELD.at(due).exits(ExitReason.EXPIRY);
    assertThat(HELD.at(due).nextChange()).isEmpty();
    HELD.sold("5.00").at(due.minusNanos(1)).holds(Why.MOMENT_NOT_COME);
    HELD.sold("5.00").at(due).fires(Why.MOMENT_HAS_COME);
  }

  @Test
  void anEarlyCloseIsMetFifteenMinutesBeforeIt() {
    Scene early = HELD.expiring(Optional.of(newYork("2026-02-20", "13:00")));
    Instant due = newYork("2026-02-20", "12:45");
    early.at(due.minusNanos(1)).holds(Why.MOMENT_NOT_COME);
    assertThat(early.at(due.minusNanos(1)).nextChange()).contains(due);
    early.at(due).fires(Why.MOMENT_HAS_COME);
  }

  @Test
  void aTimeAfterTheLastQuarterOfAnHourIsMetInTheLastQuarter() {
    Scene late = HELD.under(new ExpiryCutOff(0, LocalTime.of(15, 50)));
    late.at(newYork("2026-02-20", "15:45").minusNanos(1)).holds(Why.MOMENT_NOT_COME);
    late.at(newYork("2026-02-20", "15:45")).fires(Why.MOMENT_HAS_COME);
  }

  @Test
  void itCanComeSomeDaysBefore() {
    Scene days = HELD.under(new ExpiryCutOff(2, LocalTime.of(9, 45)));
    days.at(newYork("2026-02-18", "09:45").minusNanos(1)).holds(Why.MOMENT_NOT_COME);
    days.at(newYork("2026-02-18", "09:45")).fires(Why.MOMENT_HAS_COME);
  }

  @Test
  void theClockCountsWhereTheCloseOfTheExpiryDayIsNotKnown() {
    Scene unknown = HELD.expiring(Optional.empty());
    unknown.at(newYork("2026-02-20", "15:00").minusNanos(1)).holds(Why.MOMENT_NOT_COME);
    unknown.at(newYork("2026-02-20", "15:00")).fires(Why.MOMENT_HAS_COME);
  }

  @Test
  void negativeDaysAreRefused() {
    assertThatThrownBy(() -> new ExpiryCutOff(-1, LocalTime.NOON))
        .hasMessage("daysBefore must not be negative, got: -1");
  }
}
