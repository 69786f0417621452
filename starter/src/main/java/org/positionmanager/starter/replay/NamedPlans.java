package org.positionmanager.starter.replay;

import java.util.List;
import java.util.stream.Stream;
import org.positionmanager.starter.CommandException;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.rules.Basis;

/** Plans that can be asked for by name. */
interface NamedPlans {
  /** What may be asked for, the usual one first. */
  List<String> names();

  /**
   * The plan of a name for what was opened.
   *
   * @param name one of {@link #names}
   */
  Plan plan(String name, EntryTerms terms, Basis basis);

  /**
   * The plan of a name for what was opened.
   *
   * @throws CommandException where there is none of that name
   */
  default Plan required(String name, EntryTerms terms, Basis basis) {
    requireName(name);
    return plan(name, terms, basis);
  }

  /**
   * @throws CommandException where there is no plan of that name
   */
  default void requireName(String name) {
    if (!names().contains(name)) {
      throw CommandException.badInput(
          "--plan: there is no plan '%s'; use one of %s".formatted(name, names()));
    }
  }

  /** The plan that a new position gets. */
  static NamedPlans shipped() {
    return of("default", Plans::defaultsFor);
  }

  /** One plan that is known already. */
  static NamedPlans of(String name, Plan plan) {
    return of(name, (terms, basis) -> plan);
  }

  /** Makes a plan for what was opened. */
  @FunctionalInterface
  interface Maker {
    Plan make(EntryTerms terms, Basis basis);
  }

  /** One plan. */
  static NamedPlans of(String name, Maker maker) {
    return new NamedPlans() {
      @Override
      public List<String> names() {
        return List.of(name);
      }

      @Override
      public Plan plan(String asked, EntryTerms terms, Basis basis) {
        return maker.make(terms, basis);
      }
    };
  }

  /** These first, then those of another choice. */
  default NamedPlans and(NamedPlans others) {
    NamedPlans first = this;
    return new NamedPlans() {
      @Override
      public List<String> names() {
        return Stream.of(first.names(), others.names()).flatMap(List::stream).distinct().toList();
      }

      @Override
      public Plan plan(String asked, EntryTerms terms, Basis basis) {
        return (first.names().contains(asked) ? first : others).plan(asked, terms, basis);
      }
    };
  }
}
