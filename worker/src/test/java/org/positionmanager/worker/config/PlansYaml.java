package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.plan.InstrumentKind;
import org.positionmanager.workflows.plan.PlanBook;
import org.positionmanager.workflows.plan.RuleTemplate;

/** A plan file in a folder of a test's own. */
record PlansYaml(Path folder) {
  private static final Map<String, AccountName> ACCOUNTS =
      Map.of(
          "large", new AccountName("large"),
          "large-100k", new AccountName("large"),
          "tiny", new AccountName("tiny"));

  /** A whole file with these rules, given as lines without indentation, in its plan {@code a}. */
  static String with(InstrumentKind kind, String rules) {
    return switch (kind) {
      case OPTION -> file(rules, "stop: -2%");
      case STOCK -> file("stop: -60%", rules);
    };
  }

  private static String file(String optionRules, String stockRules) {
    return """
        plans:
          options:
            instrument: option
            rules:
        %s
          stocks:
            instrument: stock
            rules:
        %s
        choose:
          - {plan: options}
          - {plan: stocks}
        """
        .formatted(
            optionRules.stripTrailing().indent(6).stripTrailing(),
            stockRules.stripTrailing().indent(6).stripTrailing());
  }

  PlanBook read(String yaml) throws IOException, ConfigurationException {
    return PlanFile.read(written(yaml), Optional.of(ACCOUNTS));
  }

  /** What the one rule of a plan is read as. */
  RuleTemplate rule(InstrumentKind kind, String rule) throws IOException, ConfigurationException {
    List<RuleTemplate> rules = read(with(kind, rule)).template(kind + "s").orElseThrow().rules();
    assertThat(rules).hasSize(1);
    return rules.getFirst();
  }

  /** The faults with which this text is refused. */
  List<Fault> all(String yaml) throws IOException {
    Path file = written(yaml);
    ConfigurationException failure =
        catchThrowableOfType(
            ConfigurationException.class, () -> PlanFile.read(file, Optional.of(ACCOUNTS)));
    assertThat(failure).as("the file is refused").isNotNull();
    return failure.all();
  }

  /** The same as lines that begin with the line's number. */
  List<String> faults(String yaml) throws IOException {
    return all(yaml).stream()
        .map(Fault::toString)
        .map(line -> line.substring(folder.resolve("plans.yaml:").toString().length()))
        .toList();
  }

  /** The faults of the rules of a plan, each from its field below the rules on. */
  List<String> ruleFaults(InstrumentKind kind, String rules) throws IOException {
    String prefix = "plans." + kind + "s.rules";
    return all(with(kind, rules)).stream()
        .map(
            it -> {
              assertThat(it.field()).startsWith(prefix);
              String field = it.field().substring(prefix.length());
              return "%s %s; %s"
                  .formatted(
                      field.startsWith(".") ? field.substring(1) : field, it.found(), it.fix());
            })
        .toList();
  }

  private Path written(String yaml) throws IOException {
    return Files.writeString(folder.resolve("plans.yaml"), yaml);
  }
}
