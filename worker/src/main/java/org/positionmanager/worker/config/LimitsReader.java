package org.positionmanager.worker.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.positionmanager.activities.alert.AccountLimits;
import org.positionmanager.activities.alert.AlertBounds;
import org.positionmanager.activities.alert.KillSwitch;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Quantity;

/** Reads an account's limits and its kill switch; each may be left out. */
final class LimitsReader {
  private static final int MOST_POSITIONS = 100_000;
  private static final Duration SHORTEST_WITHIN = Duration.ofSeconds(1);

  /** Of older positions nobody asks when they were recorded. */
  private static final Duration LONGEST_WITHIN = Duration.ofDays(1);

  private static final List<String> NUMBERS =
      List.of("positions", "notional", "contracts", "dailyLoss", "rapidPositions");

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
    AccountLimits limits =
        new AccountLimits(
            given("positions")
                ? PlanValues.of(section).whole("positions", 1, MOST_POSITIONS)
                : Optional.empty(),
            amount("notional", "10000", Money::parse, it -> it.amount().signum() > 0),
            amount("contracts", "10", Quantity::parse, it -> !it.isZero()),
            dailyLoss(),
            rapidCreation(),
            false);
    return section.flag("gate") ? gate(limits) : limits;
  }

  private Optional<AccountLimits.RapidCreation> rapidCreation() {
    if (!given("rapidPositions")) {
      if (given("rapidWithin")) {
        section.fault(
            "rapidWithin",
            "is given without rapidPositions",
            "say how many positions within that time are too rapid, such as rapidPositions: 5");
      }
      return Optional.empty();
    }
    Optional<Integer> positions = PlanValues.of(section).whole("rapidPositions", 2, MOST_POSITIONS);
    Duration within =
        section.duration(
            "rapidWithin", AlertBounds.DEFAULT.rapidWithin(), SHORTEST_WITHIN, LONGEST_WITHIN);
    return positions.map(it -> new AccountLimits.RapidCreation(it, within));
  }

  /** One that keeps nothing out is not what its writer meant. */
  private AccountLimits gate(AccountLimits limits) {
    if (NUMBERS.stream().noneMatch(this::given)) {
      section.fault(
          "gate",
          "is true, but there is no limit to keep",
          "give one or more of %s, or remove it".formatted(String.join(", ", NUMBERS)));
    }
    return limits.asGate();
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
