package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.minute;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MaxHoldTest implements RuleContract {
  private static final Scene HELD =
      Scene.stock().bought("100").under(new MaxHold(Duration.ofMinutes(240)));

  @Override
  public ExitRule rule() {
    return new MaxHold(Duration.ofMinutes(240));
  }

  @Override
  public String calledInMessages(String field) {
    return "maxHold";
  }

  @Test
  void itFiresAtItsMomentAndNotBefore() {
    HELD.at(minute(240).minusNanos(1)).holds(Why.MOMENT_NOT_COME);
    HELD.at(240).fires(Why.MOMENT_HAS_COME);
    HELD.at(minute(240).plusNanos(1)).exits(ExitReason.MAX_HOLD);
    HELD.sold("100").at(minute(240).minusNanos(1)).holds(Why.MOMENT_NOT_COME);
    HELD.sold("100").at(240).fires(Why.MOMENT_HAS_COME);
  }

  @Test
  void itActsWithoutAPriceAndWhileTheMarketIsClosed() {
    HELD.at(240).unpriced().fires(Why.MOMENT_HAS_COME);
    HELD.at(400).marketClosed().unpriced().fires(Why.MOMENT_HAS_COME);
  }

  @Test
  void timeAloneChangesItOnce() {
    assertThat(HELD.at(0).nextChange()).contains(minute(240));
    assertThat(HELD.at(minute(240).minusNanos(1)).nextChange()).contains(minute(240));
    assertThat(HELD.at(240).nextChange()).isEmpty();
  }

  @Test
  void aHoldThatIsNotAboveZeroIsRefused() {
    assertThatThrownBy(() -> new MaxHold(Duration.ZERO))
        .hasMessage("maxHold must be above zero, got: PT0S");
  }
}
