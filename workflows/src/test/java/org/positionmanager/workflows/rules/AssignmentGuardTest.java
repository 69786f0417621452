package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.newYork;
import static org.positionmanager.workflows.rules.Words.percent;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class AssignmentGuardTest implements RuleContract {
  private static final AssignmentGuard RULE =
      new AssignmentGuard(0, LocalTime.of(15, 0), percent("1%"));
  private static final Instant FROM = newYork("2026-02-20", "15:00");
  private static final Scene CALL = Scene.call().sold("5.00").under(RULE).at(FROM);

  @Override
  public ExitRule rule() {
    return RULE;
  }

  @Test
  void aCallFiresFromTheMarginBelowItsStrikeUp() {
    CALL.underlying("395.99").holds(Why.OUT_OF_THE_MONEY);
    CALL.underlying("396.00").fires(Why.NEAR_THE_MONEY);
    CALL.underlying("396.01").fires(Why.NEAR_THE_MONEY);
    CALL.underlying("396.00").exits(ExitReason.ASSIGNMENT_GUARD);
    CALL.bought("5.00").underlying("395.99").holds(Why.OUT_OF_THE_MONEY);
    CALL.bought("5.00").underlying("396.00").fires(Why.NEAR_THE_MONEY);
  }

  @Test
  void aPutFiresFromTheMarginAboveItsStrikeDown() {
    Scene put = Scene.put().sold("5.00").under(RULE).at(FROM);
    put.underlying("404.01").holds(Why.OUT_OF_THE_MONEY);
    put.underlying("404.00").fires(Why.NEAR_THE_MONEY);
    put.underlying("403.99").fires(Why.NEAR_THE_MONEY);
    put.bought("5.00").underlying("404.00").fires(Why.NEAR_THE_MONEY);
  }

  @Test
  void withoutAMarginTheStrikeItselfCounts() {
    Scene call = CALL.under(new AssignmentGuard(0, LocalTime.of(15, 0), percent("0%")));
    call.underlying("399.99").holds(Why.OUT_OF_THE_MONEY);
    call.underlying("400.00").fires(Why.NEAR_THE_MONEY);
    call.under(new AssignmentGuard(0, LocalTime.of(15, 0), percent("150%")))
        .underlying("0.01")
        .fires(Why.NEAR_THE_MONEY);
  }

  @Test
  void beforeItsMomentItDoesNotLook() {
    Scene before = CALL.at(FROM.minusNanos(1));
    before.underlying("450").holds(Why.MOMENT_NOT_COME);
    before.holds(Why.MOMENT_NOT_COME);
    assertThat(before.nextChange()).contains(FROM);
    assertThat(CALL.underlying("395").nextChange()).isEmpty();
    CALL.under(new AssignmentGuard(1, LocalTime.of(15, 0), percent("1%")))
        .at(FROM.minus(Duration.ofDays(1)))
        .underlying("396")
        .fires(Why.NEAR_THE_MONEY);
  }

  @Test
  void withoutAUsableQuoteOfTheUnderlyingItIsUnknown() {
    RuleTrace missing = CALL.isUnknown(Why.UNDERLYING_UNKNOWN);
    assertThat(missing.observed()).hasToString("MISSING");
    assertThat(missing.level()).hasToString("underlying 396");
    CALL.underlying("396", Duration.ofSeconds(60)).fires(Why.NEAR_THE_MONEY);
    RuleTrace stale =
        CALL.underlying("396", Duration.ofSeconds(60).plusNanos(1))
            .isUnknown(Why.UNDERLYING_UNKNOWN);
    assertThat(stale.because())
        .isEqualTo("no usable price of the underlying: the quote is 60 s old, more than 60 s");
  }

  @Test
  void aMissingPremiumDoesNotMatter() {
    CALL.unpriced().underlying("396").fires(Why.NEAR_THE_MONEY);
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() {
    assertThatThrownBy(() -> new AssignmentGuard(-1, LocalTime.NOON, percent("1%")))
        .hasMessage("daysBefore must not be negative, got: -1");
    assertThatThrownBy(() -> new AssignmentGuard(0, LocalTime.NOON, percent("-0.01%")))
        .hasMessage("margin must not be negative, got: -0.01%");
  }
}
