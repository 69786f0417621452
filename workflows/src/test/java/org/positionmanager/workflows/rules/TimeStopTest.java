package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.minute;
import static org.positionmanager.workflows.rules.Words.percent;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeStopTest implements RuleContract {
  private static final TimeStop RULE = new TimeStop(Duration.ofMinutes(240), percent("5%"));
  private static final Scene BOUGHT = Scene.call().bought("5.00").under(RULE).at(240);

  @Override
  public ExitRule rule() {
    return RULE;
  }

  @Test
  void aLongThatGainedTooLittleIsClosed() {
    BOUGHT.priced("5.25").holds(Why.LEVEL_NOT_REACHED);
    BOUGHT.priced("5.24").fires(Why.LEVEL_PASSED);
    BOUGHT.priced("5.24").exits(ExitReason.TIME_STOP);
  }

  @Test
  void aShortThatGainedTooLittleIsClosed() {
    Scene sold = Scene.call().sold("5.00").under(RULE).at(240);
    sold.priced("4.75").holds(Why.LEVEL_NOT_REACHED);
    sold.priced("4.76").fires(Why.LEVEL_PASSED);
  }

  @Test
  void beforeItsTimeItDoesNotLook() {
    Scene before = BOUGHT.at(minute(240).minusNanos(1)).priced("1.00");
    before.holds(Why.MOMENT_NOT_COME);
    before.unpriced().holds(Why.MOMENT_NOT_COME);
    assertThat(before.nextChange()).contains(minute(240));
    assertThat(before.level()).isEmpty();
    assertThat(BOUGHT.level()).contains("5.25");
    assertThat(BOUGHT.nextChange()).isEmpty();
  }

  @Test
  void withoutAPriceItIsUnknown() {
    BOUGHT.unpriced().isUnknown(Why.PRICE_UNKNOWN);
  }

  @Test
  void aTimeThatIsNotAboveZeroIsRefused() {
    assertThatThrownBy(() -> new TimeStop(Duration.ZERO, percent("5%")))
        .hasMessage("after must be above zero, got: PT0S");
  }
}
