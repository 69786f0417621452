package org.positionmanager.starter.replay;

import java.util.List;
import java.util.stream.Stream;
import org.positionmanager.starter.CommandException;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.InstrumentKind;
import org.positionmanager.workflows.plan.LevelsAtFill;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.PlanBook;
import org.positionmanager.workflows.plan.PlanTemplate;
import org.positionmanager.workflows.rules.Basis;

/**
 * The plans of a plan file by their names, and as {@code default} the one that it would choose for
 * the position. Levels of average true ranges stay unknown: a path has no bars before it.
 *
 * @param account whose position it is, or would be
 */
record BookPlans(PlanBook book, AccountName account) implements NamedPlans {
  private static final String CHOSEN = "default";

  @Override
  public List<String> names() {
    return Stream.concat(Stream.of(CHOSEN), book.templates().stream().map(PlanTemplate::name))
        .toList();
  }

  /** As a position gets it: without fixed prices that would close it at its fill. */
  @Override
  public Plan plan(String name, EntryTerms terms, Basis basis) {
    EntryTerms sound = LevelsAtFill.sound(terms, basis);
    return LevelsAtFill.sound(ofTheBook(name, sound, basis), sound, basis);
  }

  private Plan ofTheBook(String name, EntryTerms terms, Basis basis) {
    if (name.equals(CHOSEN)) {
      return book.planFor(account, terms, basis).plan();
    }
    PlanTemplate template = book.template(name).orElseThrow();
    InstrumentKind kind = InstrumentKind.of(basis.instrument());
    if (template.kind() != kind) {
      throw CommandException.badInput(
          "--plan: plan '%s' is for %ss, %s is of the kind %s; use one of %s"
              .formatted(name, template.kind(), basis.instrument(), kind, namesOf(kind)));
    }
    return template.planFor(terms);
  }

  private List<String> namesOf(InstrumentKind kind) {
    return book.templates().stream()
        .filter(template -> template.kind() == kind)
        .map(PlanTemplate::name)
        .toList();
  }
}
