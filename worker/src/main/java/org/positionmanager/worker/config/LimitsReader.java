package org.positionmanager.worker.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.positionmanager.activities.alert.AccountLimits;
import org.positionmanager.activities.alert.KillSwitch;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Quantity;

/** Reads an account's limits and its kill switch; each may be left out. */
final class LimitsReader {
  private static final int MOST_POSITIONS = 100_000;

  private final Section section;

  LimitsReader(Section account) {
    this(account, "limits", Keys.LIMITS);
  }

  private LimitsReader(Section account, String name, Keys keys) {
    section = account.optional(name, keys);
  }

  static LimitsReader ofKillSwitch(Section account) {
    return new LimitsReader(account, "killSwitch", Keys.KILL_SWITCH);
  }

  AccountLimits read() {
    return new AccountLimits(
        given("positions")
            ? PlanValues.of(section).whole("positions", 1, MOST_POSITIONS)
            : Optional.empty(),
        amount("notional", "10000", Money::parse, it -> it.amount().signum() > 0),
        amount("contracts", "10", Quantity::parse, it -> !it.isZero()),
        dailyLoss());
  }

  /** Above zero. */
  Optional<Money> dailyLoss() {
    return amount("dailyLoss", "500", Money::parse, it -> it.amount().signum() > 0);
  }

  /** Empty where it is off. */
  Optional<Configuration.KillAt> killSwitch() {
    Optional<Money> bound = dailyLoss();
    if (bound.isEmpty()) {
      if (given("counting") && !given("dailyLoss")) {
        section.fault("dailyLoss", "is missing", "write what may be lost, such as 500");
      }
      return Optional.empty();
    }
    return Optional.of(
        new Configuration.KillAt(
            bound.get(), section.choice("counting", KillSwitch.Counting.REALISED)));
  }

  private boolean given(String key) {
    return section.value(key).isPresent();
  }

  private <T> Optional<T> amount(
      String key, String example, Function<String, T> parse, Function<T, Boolean> isAboveZero) {
    if (!given(key)) {
      return Optional.empty();
    }
    Optional<T> read = PlanValues.of(section).decimal(key, example, parse);
    if (read.isPresent() && !isAboveZero.apply(read.get())) {
      section.fault(key, "is " + read.get(), "write a number above zero such as " + example);
      return Optional.empty();
    }
    return read.map(value -> section.noted(key, value));
  }

  List<Setting> settings(String prefix) {
    return section.settings(prefix);
  }
}
