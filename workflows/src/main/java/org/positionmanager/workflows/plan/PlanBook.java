package org.positionmanager.workflows.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.rules.Basis;

/**
 * All plans and which positions each is for. Choices are read from the top: the first that fits a
 * position has it, however special a later one may be. So a special choice stands above the general
 * one; a choice that can never be reached is refused, as is a book that leaves positions without a
 * plan.
 *
 * @param templates of different names
 * @param choices in order
 */
public record PlanBook(List<PlanTemplate> templates, List<PlanChoice> choices) {
  /** Positions that no choice is for, whatever their account and symbol. */
  public record Gap(Strategy strategy, InstrumentKind kind) {}

  /**
   * A choice that no position ever reaches.
   *
   * @param choice its place in the list, from 0
   * @param behind the place of the one before it that has all of its positions
   */
  public record Unreached(int choice, int behind) {}

  /**
   * @throws IllegalArgumentException where a choice names no plan, one for another kind of
   *     instrument, or can never be reached, and where positions are left without a plan
   */
  public PlanBook {
    templates = List.copyOf(templates);
    choices = List.copyOf(choices);
    for (PlanChoice choice : choices) {
      requireKind(templates, choice.plan(), choice);
      if (choice.shadow().isPresent()) {
        requireKind(templates, choice.shadow().get(), choice);
      }
    }
    if (!unreached(choices).isEmpty() || !gaps(choices).isEmpty()) {
      throw new IllegalArgumentException(
          "choices: not reached %s, without a plan %s"
              .formatted(unreached(choices), gaps(choices)));
    }
  }

  private static void requireKind(List<PlanTemplate> all, String name, PlanChoice choice) {
    if (all.stream().noneMatch(it -> it.name().equals(name) && it.kind() == choice.kind())) {
      throw new IllegalArgumentException(
          "%s: there is no plan '%s' for %ss".formatted(choice.where(), name, choice.kind()));
    }
  }

  /** Choices behind one that has all of their positions. */
  public static List<Unreached> unreached(List<PlanChoice> choices) {
    List<Unreached> found = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      for (int before = 0; before < i; before++) {
        if (choices.get(before).covers(choices.get(i))) {
          found.add(new Unreached(i, before));
          break;
        }
      }
    }
    return List.copyOf(found);
  }

  /** Positions that the choices leave without a plan in an account or symbol that none names. */
  public static List<Gap> gaps(List<PlanChoice> choices) {
    List<Gap> found = new ArrayList<>();
    for (InstrumentKind kind : InstrumentKind.values()) {
      for (Strategy strategy : Strategy.values()) {
        if (choices.stream().noneMatch(it -> it.coversAll(strategy, kind))) {
          found.add(new Gap(strategy, kind));
        }
      }
    }
    return List.copyOf(found);
  }

  /** The plan of that name. */
  public Optional<PlanTemplate> template(String name) {
    return templates.stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /** The first choice that fits a position. */
  public PlanChoice choiceFor(AccountName account, Strategy strategy, Instrument instrument) {
    return choices.stream()
        .filter(it -> it.fits(account, strategy, instrument))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The first choices for positions of a kind: those for single symbols, in order, and the one that
   * has all others.
   */
  public List<PlanChoice> choicesFor(AccountName account, Strategy strategy, InstrumentKind kind) {
    List<PlanChoice> fitting =
        choices.stream().filter(choice -> choice.takes(account, strategy, kind)).toList();
    int last =
        IntStream.range(0, fitting.size())
            .filter(i -> fitting.get(i).symbols().isEmpty())
            .findFirst()
            .orElseThrow();
    return fitting.subList(0, last + 1);
  }

  /** The plan of a position, with its shadow; ranges in levels are still to be read. */
  public ChosenPlan planFor(AccountName account, EntryTerms terms, Basis basis) {
    PlanChoice choice = choiceFor(account, terms.strategy(), basis.instrument());
    return new ChosenPlan(
        template(choice.plan()).orElseThrow().planFor(terms),
        choice.shadow().map(name -> template(name).orElseThrow().planFor(terms)));
  }
}
