package org.positionmanager.starter.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.positionmanager.starter.replay.ReplayReport.Outcome;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Extra;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.RuleKind;

/**
 * Something that rules of plans needed and nobody told.
 *
 * @param plans by their names
 * @param rules likewise
 * @param needs what they need
 * @param give the option to give it with
 */
record Want(List<String> plans, List<String> rules, String needs, String give) {
  private static final Map<Extra, Want> EXTRAS =
      Map.of(
          Extra.UNDERLYING,
          new Want(List.of(), List.of(), "quotes of the underlying", "--underlying FILE"),
          Extra.EQUITY,
          new Want(List.of(), List.of(), "the account's equity", "--equity AMOUNT"),
          Extra.LAST_TRADE,
          new Want(List.of(), List.of(), "trades while quotes were unusable", "--trades FILE"));

  /** Of one plan. */
  static List<Want> of(Outcome outcome) {
    List<Want> wants = new ArrayList<>();
    for (Extra extra : Extra.values()) {
      if (outcome.result().missed().contains(extra)) {
        List<String> rules = rules(outcome.plan(), rule -> asks(rule.kind(), extra));
        Want want = EXTRAS.get(extra);
        wants.add(new Want(List.of(outcome.name()), rules, want.needs(), want.give()));
      }
    }
    List<String> ranged = rules(outcome.plan(), Want::lacksRange);
    if (!ranged.isEmpty()) {
      wants.add(
          new Want(
              List.of(outcome.name()),
              ranged,
              "the average true range",
              "--daily FILE or --atr PRICE"));
    }
    return List.copyOf(wants);
  }

  private static List<String> rules(Plan plan, Predicate<ExitRule> which) {
    return plan.rules().stream().filter(which).map(rule -> rule.kind().label()).toList();
  }

  private static boolean asks(RuleKind kind, Extra extra) {
    return switch (extra) {
      case UNDERLYING -> kind.comparesUnderlying();
      case EQUITY -> kind == RuleKind.OVERNIGHT_CHECK;
      case LAST_TRADE -> kind.isProtective();
      case WATCH, UNDERLYING_TRADE, READ_QUOTE -> false;
    };
  }

  private static boolean lacksRange(ExitRule rule) {
    List<Level> lacking = new ArrayList<>();
    rule.withLevels(
        level -> {
          if (level instanceof Level.AtRange range && range.range().isEmpty()) {
            lacking.add(level);
          }
          return level;
        });
    return !lacking.isEmpty();
  }

  /** One line for people for each want that plans have in common. */
  static List<String> texts(List<Outcome> outcomes) {
    Map<Want, List<String>> plans = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      for (Want want : of(outcome)) {
        Want common = new Want(List.of(), want.rules(), want.needs(), want.give());
        plans.computeIfAbsent(common, key -> new ArrayList<>()).addAll(want.plans());
      }
    }
    return plans.entrySet().stream().map(it -> it.getKey().text(it.getValue())).toList();
  }

  private String text(List<String> of) {
    return "not judged: %s of plan%s %s, which need%s %s; give %s"
        .formatted(
            String.join(", ", rules),
            of.size() == 1 ? "" : "s",
            String.join(", ", of),
            rules.size() == 1 ? "s" : "",
            needs,
            give);
  }
}
