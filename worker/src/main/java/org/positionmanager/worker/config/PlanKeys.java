package org.positionmanager.worker.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The keys of the plan file's sections. Rules of which one key says nearly everything may be
 * written as its value alone: {@code stop: -60%} is {@code stop: {at: -60%}}.
 */
enum PlanKeys implements KnownKeys {
  TOP("plans", "choose"),
  PLAN("instrument", "review-every", "quotes", "exit", "rules"),
  QUOTES("stale-after", "unknown-after", "fallbacks"),
  LIMIT_THEN_MARKET("concession", "steps", "patience"),
  CHOICE("account", "strategy", "instrument", "symbol", "plan", "shadow"),
  CONFIRM("quotes", "lasting"),
  LEVEL("price", "gain", "atr", "days"),
  UNDERLYING_LEVEL("price"),
  GRADED_STAGE("before-close", "gain-below"),
  OVERNIGHT_STAGE("before-close", "failures"),
  TIGHTER_STEP("gain", "distance"),
  LADDER_STEP("gain", "keep"),
  THETA_STEP("dte-at-most", "gain-below"),
  SHRINKING_STEP("from", "gain"),
  DTE_STEP("dte-at-most", "gain-at-least"),
  PARTIAL_STAGE("gain", "share");

  private final List<String> names;

  PlanKeys(String... names) {
    this.names = List.of(names);
  }

  @Override
  public List<String> names() {
    return names;
  }

  /** A rule that belongs below {@code rules} is told so. */
  @Override
  public String insteadOf(String key, String path) {
    return this == PLAN && RuleKey.of(key).isPresent()
        ? "did you mean " + path + ".rules." + key + "?"
        : KnownKeys.super.insteadOf(key, path);
  }

  /** The rules by their keys in the file. */
  enum RuleKey implements KnownKeys {
    CATASTROPHIC_STOP("catastrophic-stop", "", "at", "minimum-hold", "confirm"),
    EXPIRY("expiry", "before", "before"),
    EXPIRY_CUT_OFF("expiry-cut-off", "", "days-before", "at"),
    ASSIGNMENT_GUARD("assignment-guard", "", "days-before", "from", "margin", "confirm"),
    DAY_TRADE_CLOSE("day-trade-close", "before-close", "before-close"),
    GRADED_CLOSE("graded-close", "stages", "stages", "confirm"),
    OVERNIGHT_CHECK("overnight-check", "", "stages", "min-dte", "min-gain", "max-share"),
    MAX_HOLD("max-hold", "longest", "longest", "stored-else"),
    STOP("stop", "at", "at", "stored-else", "confirm"),
    UNDERLYING_STOP("underlying-stop", "at", "at", "confirm"),
    BREAK_EVEN("break-even", "activation", "activation", "keep", "confirm"),
    TRAILING_STOP("trailing-stop", "keep", "keep", "activation", "confirm"),
    TRAILING_PERCENT("trailing-percent", "distance", "distance", "activation", "then", "confirm"),
    TRAILING_AMOUNT("trailing-amount", "distance", "distance", "activation", "confirm"),
    TRAILING_LADDER("trailing-ladder", "steps", "steps", "confirm"),
    THETA_DECAY("theta-decay", "steps", "steps", "confirm"),
    TIME_STOP("time-stop", "", "after", "gain-below", "confirm"),
    TARGET("target", "at", "at", "stored-else", "confirm"),
    SHRINKING_TARGET("shrinking-target", "steps", "steps", "confirm"),
    DTE_LADDER("dte-ladder", "steps", "steps", "confirm"),
    PARTIAL_EXIT("partial-exit", "stages", "stages", "confirm"),
    ROLL_PROPOSAL("roll-proposal", "", "dte-at-most", "gain-above", "later-by-days");

    private final String key;
    private final String main;
    private final List<String> names;

    RuleKey(String key, String main, String... names) {
      this.key = key;
      this.main = main;
      this.names = List.of(names);
    }

    /** The rule of that key. */
    static Optional<RuleKey> of(String key) {
      return List.of(values()).stream().filter(it -> it.key.equals(key)).findFirst();
    }

    /** As it stands in the file. */
    String key() {
      return key;
    }

    /** The key whose value may stand for the whole rule; empty where none may. */
    Optional<String> main() {
      return Optional.of(main).filter(it -> !it.isEmpty());
    }

    @Override
    public List<String> names() {
      return names;
    }
  }

  /** The keys of all rules, as the keys of one section. */
  static final class Rules implements KnownKeys {
    @Override
    public List<String> names() {
      return List.of(RuleKey.values()).stream().map(RuleKey::key).toList();
    }

    /** A rule that is shortened, else a parameter that only one rule has, is told where it is. */
    @Override
    public String insteadOf(String key, String path) {
      Stream<String> rules =
          names().stream().filter(rule -> isShortFor(key, rule) || isShortFor(rule, key));
      return rules
          .findFirst()
          .or(() -> parameter(key))
          .map(it -> "did you mean " + path + "." + it + "?")
          .orElseGet(() -> KnownKeys.super.insteadOf(key, path));
    }

    private static Optional<String> parameter(String key) {
      List<String> parameters =
          Arrays.stream(RuleKey.values())
              .flatMap(
                  rule ->
                      rule.names().stream()
                          .filter(name -> isShortFor(key, name))
                          .map(name -> rule.key() + "." + name))
              .toList();
      return parameters.size() == 1 ? Optional.of(parameters.getFirst()) : Optional.empty();
    }

    /** Whether each part begins as that of the other: {@code min-hold} and minimum-hold. */
    private static boolean isShortFor(String key, String name) {
      String[] written = key.split("[-_]");
      String[] whole = name.split("-");
      return written.length == whole.length
          && IntStream.range(0, whole.length)
              .allMatch(i -> !written[i].isEmpty() && whole[i].startsWith(written[i]));
    }
  }
}
