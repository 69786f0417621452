package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.newYork;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DayTradeCloseTest implements RuleContract {
  private static final Scene STOCK =
      Scene.stock().bought("100").under(new DayTradeClose(Duration.ofMinutes(5)));

  @Override
  public ExitRule rule() {
    return new DayTradeClose(Duration.ofMinutes(5));
  }

  @Test
  void itFiresFiveMinutesBeforeTheClose() {
    Instant due = newYork("2026-02-11", "15:55");
    STOCK.at(due.minusNanos(1)).holds(Why.MOMENT_NOT_COME);
    assertThat(STOCK.at(due.minusNanos(1)).nextChange()).contains(due);
    STOCK.at(due).fires(Why.MOMENT_HAS_COME);
    STOCK.at(due).exits(ExitReason.DAY_TRADE_CLOSE);
    assertThat(STOCK.at(due).nextChange()).isEmpty();
    STOCK.sold("100").at(due.minusNanos(1)).holds(Why.MOMENT_NOT_COME);
    STOCK.sold("100").at(due).fires(Why.MOMENT_HAS_COME);
  }

  @Test
  void earlyClosesCount() {
    Scene early = STOCK.during("2026-11-27", "09:30", "13:00");
    Instant due = newYork("2026-11-27", "12:55");
    early.at(due.minusNanos(1)).holds(Why.MOMENT_NOT_COME);
    early.at(due).fires(Why.MOMENT_HAS_COME);
  }

  @Test
  void itActsWithoutAPriceAndNotWhileTheMarketIsClosed() {
    STOCK.at(385).unpriced().fires(Why.MOMENT_HAS_COME);
    STOCK.at(391).marketClosed().isSkipped(Why.MARKET_CLOSED);
    assertThat(STOCK.at(391).marketClosed().nextChange()).isEmpty();
  }

  @Test
  void zeroIsTheCloseItselfAndLessIsRefused() {
    STOCK.under(new DayTradeClose(Duration.ZERO)).at(389).holds(Why.MOMENT_NOT_COME);
    assertThatThrownBy(() -> new DayTradeClose(Duration.ofNanos(-1)))
        .hasMessageContaining("beforeClose must not be negative, got: ");
  }
}
