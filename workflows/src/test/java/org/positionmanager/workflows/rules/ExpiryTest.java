package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest implements RuleContract {
  private static final Scene HELD =
      Scene.call().under(new Expiry(Duration.ofHours(24))).marketClosed();

  @Override
  public ExitRule rule() {
    return new Expiry(Duration.ofHours(24));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-02-20T21:00:00Z", "2026-07-17T20:00:00Z", "2026-11-27T18:00:00Z"})
  @DisplayName(
      "incident 22: expiry counts from the exchange's close, in winter, in summer and on early"
          + " closes")
  void expiryCountsFromTheExchangesClose(Instant close) {
    Instant due = close.minus(Duration.ofHours(24));
    Scene held = HELD.expiring(Optional.of(close));
    held.at(due.minusNanos(1)).holds(Why.MOMENT_NOT_COME);
    assertThat(held.at(due.minusNanos(1)).nextChange()).contains(due);
    held.at(due).fires(Why.MOMENT_HAS_COME);
    held.at(due.plusNanos(1)).exits(ExitReason.EXPIRY);
    assertThat(held.at(due).nextChange()).isEmpty();
  }

  @Test
  void aShortEndsAtTheSameMoment() {
    Scene sold = HELD.sold("5.00");
    sold.at(Words.newYork("2026-02-19", "15:59")).holds(Why.MOMENT_NOT_COME);
    sold.at(Words.newYork("2026-02-19", "16:00")).fires(Why.MOMENT_HAS_COME);
  }

  @Test
  void itShowsTheMomentAndTheTime() {
    RuleTrace trace = HELD.at(Instant.parse("2026-02-19T20:59:00Z")).holds(Why.MOMENT_NOT_COME);
    assertThat(trace.level()).hasToString("2026-02-19T21:00:00Z");
    assertThat(trace.observed()).hasToString("2026-02-19T20:59:00Z");
  }

  @Test
  void itActsWithoutAPrice() {
    HELD.unpriced().at(Scene.EXPIRY).fires(Why.MOMENT_HAS_COME);
  }

  @Test
  void whereTheCloseOfTheExpiryDayIsNotKnownItIsUnknown() {
    Scene held = HELD.expiring(Optional.empty());
    held.isUnknown(Why.EXPIRY_UNKNOWN);
    assertThat(held.nextChange()).isEmpty();
  }

  @Test
  void zeroIsTheCloseItselfAndLessIsRefused() {
    Scene held = HELD.under(new Expiry(Duration.ZERO));
    held.at(Scene.EXPIRY.minusNanos(1)).holds(Why.MOMENT_NOT_COME);
    held.at(Scene.EXPIRY).fires(Why.MOMENT_HAS_COME);
    assertThatThrownBy(() -> new Expiry(Duration.ofNanos(-1)))
        .hasMessageContaining("beforeExpiry must not be negative, got: ");
  }
}
