package org.positionmanager.worker.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.plan.InstrumentKind;
import org.positionmanager.workflows.plan.PlanBook;
import org.positionmanager.workflows.plan.PlanChoice;
import org.positionmanager.workflows.plan.PlanTemplate;

/**
 * Reads the file of plans: all of it or nothing, every fault at once with line, field and fix. What
 * it may say is in {@code docs/exit-rules.md}.
 */
public final class PlanFile {
  private static final String SHIPPED = "plans.yaml";

  private final Faults faults;
  private final Optional<Map<String, AccountName>> accounts;

  private PlanFile(Faults faults, Optional<Map<String, AccountName>> accounts) {
    this.faults = faults;
    this.accounts = accounts;
  }

  /**
   * Reads and checks it; account names are taken as they are.
   *
   * @throws ConfigurationException with every fault
   */
  public static PlanBook read(Path file) throws ConfigurationException {
    return read(file, Optional.empty());
  }

  /**
   * Reads and checks it.
   *
   * @param accounts those that there are, by their names and aliases; empty where they are not
   *     known
   * @throws ConfigurationException with every fault
   */
  public static PlanBook read(Path file, Optional<Map<String, AccountName>> accounts)
      throws ConfigurationException {
    Faults faults = Faults.withPlaces(file);
    Value document =
        YamlDocument.read(file, "the plan file", "plans: FILE or --plans FILE", faults);
    return new PlanFile(faults, accounts).book(document);
  }

  /** The shipped plans, which hold where no file is given. */
  public static PlanBook shipped() {
    try {
      Faults faults = Faults.withPlaces(Path.of(SHIPPED));
      return new PlanFile(faults, Optional.empty()).book(YamlDocument.read(shippedText(), faults));
    } catch (ConfigurationException e) {
      throw new IllegalStateException("the shipped plans cannot be read", e);
    }
  }

  /** The shipped plans as the file that they are, to begin one's own with. */
  public static String shippedText() {
    try (InputStream in = PlanFile.class.getResourceAsStream(SHIPPED)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(SHIPPED, e);
    }
  }

  private PlanBook book(Value document) throws ConfigurationException {
    if (document instanceof Value.Empty) {
      throw faults.exception("", "is empty", "begin with what `pm plan defaults` prints");
    }
    Optional<Section> top = Section.of("", document, PlanKeys.TOP, faults);
    if (top.isEmpty()) {
      throw faults.exception();
    }
    SequencedMap<String, InstrumentKind> kinds = new LinkedHashMap<>();
    List<PlanTemplate> templates = templates(top.get(), kinds);
    List<PlanChoice> choices = new PlanChoices(kinds, accounts, faults).read(top.get());
    if (faults.count() > 0) {
      throw faults.exception();
    }
    return new PlanBook(templates, choices);
  }

  /** The plans without a fault; of each, also of those with one, the kind as far as it is known. */
  private List<PlanTemplate> templates(Section top, Map<String, InstrumentKind> kinds) {
    Value value = top.value("plans").orElse(new Value.Empty());
    if (!(value instanceof Value.Fields written) || written.values().isEmpty()) {
      top.fault(
          "plans",
          top.value("plans").isPresent() ? "is " + value.found() : "is missing",
          "name at least one plan; begin with what `pm plan defaults` prints");
      return List.of();
    }
    List<PlanTemplate> templates = new ArrayList<>();
    written
        .values()
        .forEach(
            (name, plan) -> {
              String at = "plans." + Value.line(name);
              Optional<PlanTemplate> template =
                  Section.of(at, plan, PlanKeys.PLAN, faults)
                      .flatMap(section -> new PlanReader(name, section, faults).read());
              template.ifPresent(templates::add);
              kinds.put(name, template.map(PlanTemplate::kind).orElseGet(() -> kindOf(plan)));
            });
    return templates;
  }

  /** So that a choice of a faulty plan is not faulty for that reason too. */
  private static InstrumentKind kindOf(Value plan) {
    return plan instanceof Value.Fields fields
            && fields.values().get("instrument") instanceof Value.Text(String word)
            && word.strip().equals("stock")
        ? InstrumentKind.STOCK
        : InstrumentKind.OPTION;
  }
}
