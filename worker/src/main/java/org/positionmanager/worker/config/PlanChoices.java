package org.positionmanager.worker.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.InstrumentKind;
import org.positionmanager.workflows.plan.PlanBook;
import org.positionmanager.workflows.plan.PlanChoice;
import org.positionmanager.workflows.plan.Strategy;

/** Reads which positions each plan is for. */
final class PlanChoices {
  private static final String FIELD = "choose";
  private static final List<String> STRATEGIES =
      Arrays.stream(Strategy.values()).map(it -> it.name().toLowerCase(Locale.ROOT)).toList();

  private final Map<String, InstrumentKind> plans;
  private final Optional<Map<String, AccountName>> accounts;
  private final Faults faults;

  /**
   * For the choices of one file.
   *
   * @param plans those of the file by their names, faulty ones included
   * @param accounts by all their names; empty where they are not known
   */
  PlanChoices(
      Map<String, InstrumentKind> plans,
      Optional<Map<String, AccountName>> accounts,
      Faults faults) {
    this.plans = plans;
    this.accounts = accounts;
    this.faults = faults;
  }

  List<PlanChoice> read(Section top) {
    int before = faults.count();
    Value value = top.value(FIELD).orElse(new Value.Empty());
    if (!(value instanceof Value.Items items) || items.values().isEmpty()) {
      top.fault(
          FIELD,
          top.value(FIELD).isPresent() ? "is " + value.found() : "is missing",
          "list which positions each plan is for, such as - {strategy: day_trade, plan: NAME}");
      return List.of();
    }
    List<PlanChoice> choices = new ArrayList<>();
    for (int i = 0; i < items.values().size(); i++) {
      Section.of(at(i), items.values().get(i), PlanKeys.CHOICE, faults)
          .flatMap(this::choice)
          .ifPresent(choices::add);
    }
    if (faults.count() == before) {
      refuseUnreached(choices);
      refuseGaps(choices);
    }
    return choices;
  }

  private static String at(int index) {
    return FIELD + "[" + index + "]";
  }

  private Optional<PlanChoice> choice(Section section) {
    int before = faults.count();
    Optional<String> plan =
        section.required("plan", "options-day").filter(it -> isPlan(section, "plan", it));
    Optional<String> shadow = section.text("shadow").filter(it -> isPlan(section, "shadow", it));
    Optional<InstrumentKind> kind = PlanReader.kind(section);
    Set<AccountName> of = each(section, "account", this::account);
    Set<Strategy> strategies = each(section, "strategy", this::strategy);
    Set<String> symbols = each(section, "symbol", PlanChoices::symbol);
    if (faults.count() > before) {
      return Optional.empty();
    }
    InstrumentKind planned = plans.get(plan.orElseThrow());
    requireKind(section, "instrument", kind.orElse(planned), plan.get(), planned);
    shadow.ifPresent(it -> requireKind(section, "shadow", plans.get(it), plan.get(), planned));
    if (shadow.equals(plan)) {
      section.fault("shadow", "is the plan itself", "name another, or remove it");
    }
    return faults.count() > before
        ? Optional.empty()
        : Optional.of(
            new PlanChoice(of, strategies, planned, symbols, plan.get(), shadow, where(section)));
  }

  private String where(Section section) {
    String field = section.path();
    return faults.placeOf(field).map(place -> "line " + place.line()).orElse(field);
  }

  private boolean isPlan(Section section, String key, String name) {
    if (plans.containsKey(name)) {
      return true;
    }
    List<String> names = List.copyOf(plans.keySet());
    section.fault(
        key,
        "is " + new Value.Text(name).found() + ", which is no plan of this file",
        Keys.nearest(name, names)
            .map(it -> "did you mean " + it + "?")
            .orElseGet(
                () -> names.isEmpty() ? "write one below plans" : "use " + Keys.either(names)));
    return false;
  }

  private static void requireKind(
      Section section, String key, InstrumentKind kind, String plan, InstrumentKind planned) {
    if (kind != planned) {
      section.fault(
          key,
          "is for %ss, and plan %s for %ss".formatted(kind, plan, planned),
          "choose plans for the same kind of instrument");
    }
  }

  /** One text or a list of them; empty after a fault, and where it is left out. */
  private <T> Set<T> each(
      Section section, String key, BiFunction<Reported, String, Optional<T>> read) {
    List<String> written =
        section.value(key).filter(Value.Items.class::isInstance).isPresent()
            ? section.texts(key, "large")
            : section.text(key).stream().toList();
    if (section
        .value(key)
        .filter(it -> it instanceof Value.Items(var all) && all.isEmpty())
        .isPresent()) {
      section.fault(key, "is an empty list", "name some, or remove it for all");
    }
    Set<T> all = new LinkedHashSet<>();
    for (int i = 0; i < written.size(); i++) {
      String at =
          section.value(key).filter(Value.Items.class::isInstance).isPresent()
              ? key + "[" + i + "]"
              : key;
      String word = written.get(i);
      read.apply((found, fix) -> section.fault(at, found, fix), word).ifPresent(all::add);
    }
    return all;
  }

  /** Takes what is wrong with one value. */
  @FunctionalInterface
  private interface Reported {
    void fault(String found, String fix);
  }

  private Optional<AccountName> account(Reported faulty, String word) {
    if (accounts.isPresent()) {
      Optional<AccountName> known = Optional.ofNullable(accounts.get().get(word));
      if (known.isEmpty()) {
        List<String> names = List.copyOf(accounts.get().keySet());
        faulty.fault(
            "is " + new Value.Text(word).found() + ", which is no account of the configuration",
            Keys.nearest(word, names)
                .map(it -> "did you mean " + it + "?")
                .orElse("use " + Keys.either(names) + ", or remove the choice"));
      }
      return known;
    }
    try {
      return Optional.of(new AccountName(word));
    } catch (IllegalArgumentException e) {
      faulty.fault(
          "is " + new Value.Text(word).found(),
          "give an account's registered name: lower case letters, digits and hyphens");
      return Optional.empty();
    }
  }

  private Optional<Strategy> strategy(Reported faulty, String word) {
    if (STRATEGIES.contains(word)) {
      return Optional.of(Strategy.valueOf(word.toUpperCase(Locale.ROOT)));
    }
    faulty.fault(
        "is " + new Value.Text(word).found(),
        Keys.nearest(word, STRATEGIES)
            .map(it -> "did you mean " + it + "?")
            .orElse("use " + Keys.either(STRATEGIES)));
    return Optional.empty();
  }

  private static Optional<String> symbol(Reported faulty, String word) {
    try {
      return Optional.of(Instrument.parse(word).symbol());
    } catch (IllegalArgumentException e) {
      faulty.fault(
          "is " + new Value.Text(word).found(),
          "give a ticker such as NOW or a contract such as NOW260220P00110000");
      return Optional.empty();
    }
  }

  private void refuseUnreached(List<PlanChoice> choices) {
    for (PlanBook.Unreached it : PlanBook.unreached(choices)) {
      faults.add(
          at(it.choice()),
          "is never reached: %s has all of its positions"
              .formatted(choices.get(it.behind()).where()),
          "put it above that one, or remove it");
    }
  }

  private void refuseGaps(List<PlanChoice> choices) {
    for (InstrumentKind kind : InstrumentKind.values()) {
      List<String> strategies =
          PlanBook.gaps(choices).stream()
              .filter(it -> it.kind() == kind)
              .map(it -> it.strategy().name().toLowerCase(Locale.ROOT))
              .toList();
      if (!strategies.isEmpty()) {
        faults.add(
            FIELD,
            strategies.size() == STRATEGIES.size()
                ? "leaves all %ss without a plan".formatted(kind)
                : "leaves %ss of %s without a plan".formatted(kind, Keys.either(strategies)),
            "end the list with a choice for every %s: - {plan: %s}".formatted(kind, planFor(kind)));
      }
    }
  }

  private String planFor(InstrumentKind kind) {
    return plans.entrySet().stream()
        .filter(it -> it.getValue() == kind)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("NAME");
  }
}
