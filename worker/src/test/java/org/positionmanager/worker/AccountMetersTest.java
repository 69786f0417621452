package org.positionmanager.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.alert.AccountLimits;
import org.positionmanager.activities.ledger.AccountTier;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.workflows.identity.AccountName;

/** An account that is served again is measured again. */
class AccountMetersTest {
  private final MeterRegistry meters = new SimpleMeterRegistry();

  private AtomicInteger measured(String name, String account) {
    AtomicInteger value = new AtomicInteger();
    Gauge.builder(name, value, AtomicInteger::get).tag("account", account).register(meters);
    return value;
  }

  private double gauge(String name, String account) {
    return meters.get(name).tag("account", account).gauge().value();
  }

  @Test
  @DisplayName("what is measured anew is not shown as what has ended, and others stay")
  void whatIsMeasuredAnewIsShown() {
    measured("coverage.held", "large").set(1);
    AtomicInteger other = measured("coverage.held", "tiny");
    AtomicInteger alerts = measured("alerts.open", "large");

    AccountMeters.forget(meters, new AccountName("large"));

    measured("coverage.held", "large").set(2);
    other.set(3);
    alerts.set(4);
    assertThat(gauge("coverage.held", "large")).isEqualTo(2);
    assertThat(gauge("coverage.held", "tiny")).isEqualTo(3);
    assertThat(gauge("alerts.open", "large")).isEqualTo(4);
  }

  @Test
  @DisplayName("an account's tier and money are tags, those of its last configuration alone")
  void whatKindOfAccountItIs() {
    AccountMeters.describe(meters, account("funded"));
    AccountMeters.forget(meters, new AccountName("large"));
    AccountMeters.describe(meters, account("trial"));
    assertThat(meters.find("account.info").tag("tier", "funded").gauge()).isNull();
    assertThat(
            meters
                .get("account.info")
                .tag("account", "large")
                .tag("tier", "trial")
                .tag("money", "paper")
                .gauge()
                .value())
        .isEqualTo(1);
  }

  private static Configuration.Account account(String tier) {
    return new Configuration.Unserved(
        new AccountName("large"),
        List.of(),
        "PA1",
        false,
        AccountLimits.NONE,
        List.of("no key"),
        Optional.of(new AccountTier(tier)));
  }
}
