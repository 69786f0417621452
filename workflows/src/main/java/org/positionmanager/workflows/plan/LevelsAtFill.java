package org.positionmanager.workflows.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.CatastrophicStop;
import org.positionmanager.workflows.rules.Confirmed;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.value.Price;

/**
 * Compares fixed prices with the fill. A stop that does not lie on the losing side of it, or a
 * target that does not lie on the winning side, would close the position at once: a level of the
 * underlying where a premium was meant, or two digits swapped. Who wants that says close; such a
 * level is left out, and people are told.
 *
 * <p>A holding that was there already is not looked at: it may have gained, and its stop may lie
 * above its entry with good reason.
 */
public final class LevelsAtFill {
  /** Exchange time from a fill to its announcement by a dispatcher that waits for neither. */
  private static final Duration ANNOUNCED_WITHIN = Duration.ofMinutes(5);

  private LevelsAtFill() {}

  /** Stored levels that are left out, in words for people; empty where all make sense. */
  public static List<String> wrong(EntryTerms terms, Basis basis) {
    List<String> found = new ArrayList<>();
    wrongStop(terms, basis).ifPresent(at -> found.add(words("stored stop", at, basis)));
    wrongTarget(terms, basis).ifPresent(at -> found.add(words("stored target", at, basis)));
    return List.copyOf(found);
  }

  /** The terms without stored levels that make no sense: the plan's own take their place. */
  public static EntryTerms sound(EntryTerms terms, Basis basis) {
    return wrong(terms, basis).isEmpty()
        ? terms
        : terms.withLevels(
            terms.stop().filter(at -> wrongStop(terms, basis).isEmpty()),
            terms.target().filter(at -> wrongTarget(terms, basis).isEmpty()));
  }

  /** Likewise of a plan's own levels. */
  public static List<String> wrong(Plan plan, EntryTerms terms, Basis basis) {
    return plan.rules().stream()
        .flatMap(
            rule ->
                wrongLevel(rule, terms, basis)
                    .map(at -> words(rule.kind().label(), at, basis))
                    .stream())
        .toList();
  }

  /** The plan without rules whose fixed price makes no sense, in the same version. */
  public static Plan sound(Plan plan, EntryTerms terms, Basis basis) {
    return wrong(plan, terms, basis).isEmpty()
        ? plan
        : plan.changedTo(
                plan.rules().stream()
                    .filter(rule -> wrongLevel(rule, terms, basis).isEmpty())
                    .toList())
            .asVersion(plan.version());
  }

  private static Optional<Price> wrongStop(EntryTerms terms, Basis basis) {
    return terms.stop().filter(at -> isUsed(terms, basis) && !isWorse(at, basis));
  }

  private static Optional<Price> wrongTarget(EntryTerms terms, Basis basis) {
    return terms.target().filter(at -> isUsed(terms, basis) && !isBetter(at, basis));
  }

  /** Stored levels are stocks': of an option no plan takes them. */
  private static boolean isUsed(EntryTerms terms, Basis basis) {
    return isFresh(terms, basis) && InstrumentKind.of(basis.instrument()) == InstrumentKind.STOCK;
  }

  private static Optional<Price> wrongLevel(ExitRule rule, EntryTerms terms, Basis basis) {
    ExitRule itself = rule instanceof Confirmed confirmed ? confirmed.rule() : rule;
    if (!isFresh(terms, basis)) {
      return Optional.empty();
    }
    if (itself instanceof StopLoss(Level.AtPrice(Price at))) {
      return Optional.of(at).filter(it -> !isWorse(it, basis));
    }
    if (itself instanceof CatastrophicStop(Level.AtPrice(Price at), var hold)) {
      return Optional.of(at).filter(it -> !isWorse(it, basis));
    }
    if (itself instanceof ProfitTarget(Level.AtPrice(Price at))) {
      return Optional.of(at).filter(it -> !isBetter(it, basis));
    }
    return Optional.empty();
  }

  /** What was filled long before it was announced may have gained since, as what is taken over. */
  private static boolean isFresh(EntryTerms terms, Basis basis) {
    return !terms.adoptHolding()
        && !basis.filledAt().isBefore(terms.announcedAt().minus(ANNOUNCED_WITHIN));
  }

  private static boolean isWorse(Price level, Basis basis) {
    return basis.direction().isBetter(basis.entry(), level);
  }

  private static boolean isBetter(Price level, Basis basis) {
    return basis.direction().isBetter(level, basis.entry());
  }

  private static String words(String what, Price at, Basis basis) {
    return "%s %s of a %s position filled at %s"
        .formatted(what, at, basis.direction(), basis.entry());
  }
}
