package org.positionmanager.worker.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.positionmanager.workflows.plan.InstrumentKind;
import org.positionmanager.workflows.plan.RuleTemplate;
import org.positionmanager.workflows.rules.Confirmation;
import org.positionmanager.workflows.rules.ExitRule;

/** Reads the rules of one plan. After a fault it goes on with the next, so that all are found. */
final class PlanRules {
  private static final int MOST_QUOTES = 1000;

  private static final Pattern DURATION = Pattern.compile("\\bPT[-0-9.HMS]*[HMS]");

  private final InstrumentKind kind;
  private final Faults faults;

  PlanRules(InstrumentKind kind, Faults faults) {
    this.kind = kind;
    this.faults = faults;
  }

  /** The rules of a plan that are written without a fault. */
  List<RuleTemplate> read(Section plan) {
    Value value = plan.value("rules").orElse(new Value.Empty());
    if (!(value instanceof Value.Fields written) || written.values().isEmpty()) {
      plan.fault(
          "rules",
          plan.value("rules").isPresent() ? "is " + value.found() : "is missing",
          "give at least one rule, such as stop: -60%");
      return List.of();
    }
    Optional<Section> section = Section.of(plan.at("rules"), written, new PlanKeys.Rules(), faults);
    List<RuleTemplate> rules = new ArrayList<>();
    for (String key : written.values().keySet()) {
      PlanKeys.RuleKey.of(key)
          .flatMap(rule -> read(section.orElseThrow(), rule))
          .ifPresent(rules::add);
    }
    return rules;
  }

  private Optional<RuleTemplate> read(Section rules, PlanKeys.RuleKey rule) {
    int before = faults.count();
    Optional<Section> section =
        rules
            .given(rule.key())
            .flatMap(value -> Section.of(rules.at(rule.key()), whole(rule, value), rule, faults));
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Optional<RuleTemplate> read =
        orFault(
            rules,
            rule.key(),
            () -> {
              Optional<RuleTemplate> made = new PlanRule(section.get(), kind, faults).read(rule);
              return rule.names().contains("confirm")
                  ? made.map(it -> confirmed(section.get(), it))
                  : made;
            });
    return read.filter(it -> faults.count() == before).filter(it -> fits(rules, rule, it));
  }

  /** The one value that stands for a whole rule, as the rule. */
  private static Value whole(PlanKeys.RuleKey rule, Value value) {
    boolean isWhole =
        !(value instanceof Value.Fields fields) || rule.names().contains("at") && isLevel(fields);
    if (rule.main().isEmpty() || !isWhole) {
      return value;
    }
    SequencedMap<String, Value> fields = new LinkedHashMap<>();
    fields.put(rule.main().get(), value);
    return new Value.Fields(fields);
  }

  private static boolean isLevel(Value.Fields fields) {
    return !fields.values().isEmpty()
        && fields.values().keySet().stream()
            .allMatch(it -> PlanKeys.LEVEL.names().contains(it) || it.equals("underlying"));
  }

  private boolean fits(Section rules, PlanKeys.RuleKey rule, RuleTemplate template) {
    if (template.fits(kind)) {
      return true;
    }
    switch (kind) {
      case STOCK ->
          rules.fault(
              rule.key(),
              "is a rule for options",
              "remove it: a stock has neither an expiry nor an underlying");
      case OPTION ->
          rules.fault(
              rule.key() + ".stored-else",
              "is for stocks: rows of options store levels of the underlying",
              "an option is judged on its premium alone: give a level such as "
                  + (rule == PlanKeys.RuleKey.TARGET ? "80%" : "-60%")
                  + ", or use underlying-stop: stored");
    }
    return false;
  }

  private RuleTemplate confirmed(Section rule, RuleTemplate template) {
    Optional<Confirmation> by =
        rule.given("confirm")
            .flatMap(value -> Section.of(rule.at("confirm"), value, PlanKeys.CONFIRM, faults))
            .flatMap(section -> confirmation(rule, section));
    return by.<RuleTemplate>map(it -> new RuleTemplate.Confirming(template, it)).orElse(template);
  }

  private Optional<Confirmation> confirmation(Section rule, Section confirm) {
    boolean byQuotes = confirm.value("quotes").isPresent();
    if (byQuotes == confirm.value("lasting").isPresent()) {
      rule.fault(
          "confirm",
          byQuotes ? "names quotes and lasting" : "names neither quotes nor lasting",
          "give one of them: {quotes: 2} or {lasting: 30s}");
      return Optional.empty();
    }
    PlanValues values = PlanValues.of(confirm);
    if (byQuotes) {
      return values.whole("quotes", 2, MOST_QUOTES).map(Confirmation.Quotes::new);
    }
    Optional<Duration> lasting = values.duration("lasting", "30s");
    if (lasting.isPresent() && !lasting.get().isPositive()) {
      confirm.fault("lasting", "is no time at all", "give a time above zero, such as 30s");
      return Optional.empty();
    }
    return lasting.map(Confirmation.Lasting::new);
  }

  /**
   * Makes something of values that are each readable. What they cannot be together is said by the
   * rule itself, in words of the file.
   */
  private static <T> Optional<T> orFault(Section section, String key, Supplier<Optional<T>> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      String demand = inWordsOfTheFile(String.valueOf(e.getMessage()));
      int got = demand.indexOf(", got");
      section.fault(
          key,
          got < 0 ? "is refused" : "is refused, " + demand.substring(got + 2).replace(": ", " "),
          got < 0 ? demand : demand.substring(0, got));
      return Optional.empty();
    }
  }

  private static String inWordsOfTheFile(String message) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < message.length(); i++) {
      char letter = message.charAt(i);
      boolean isHump =
          i > 0 && Character.isUpperCase(letter) && Character.isLowerCase(message.charAt(i - 1));
      words.append(isHump ? "-" + Character.toLowerCase(letter) : letter);
    }
    String told = words.toString().replace("trailing-keep", "keep");
    return DURATION
        .matcher(told.replace("max-hold must", "it must"))
        .replaceAll(time -> WrittenDuration.written(Duration.parse(time.group())));
  }

  /** A table: the rows that are written without a fault; empty where one is not. */
  static <T> Optional<List<T>> rows(
      Section section,
      String key,
      KnownKeys keys,
      Faults faults,
      Function<Section, Optional<T>> read) {
    Value value = section.given(key).orElse(new Value.Empty());
    if (!(value instanceof Value.Items items) || items.values().isEmpty()) {
      section.fault(
          key,
          section.value(key).isPresent() ? "is " + value.found() : "is missing",
          "give a list of {%s}".formatted(String.join(": ..., ", keys.names()) + ": ..."));
      return Optional.empty();
    }
    List<T> rows = new ArrayList<>();
    for (int i = 0; i < items.values().size(); i++) {
      String at = "%s[%d]".formatted(key, i);
      Section.of(section.at(at), items.values().get(i), keys, faults)
          .flatMap(row -> orFault(section, at, () -> read.apply(row)))
          .ifPresent(rows::add);
    }
    return rows.size() < items.values().size() ? Optional.empty() : Optional.of(rows);
  }

  /** A rule that is the same for every position. */
  static Optional<RuleTemplate> fixed(ExitRule rule) {
    return Optional.of(new RuleTemplate.Fixed(rule));
  }
}
