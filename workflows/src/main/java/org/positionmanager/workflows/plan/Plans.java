package org.positionmanager.workflows.plan;

import java.time.Duration;
import java.util.List;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.MaxHold;

/** Makes plans: the shipped defaults, and changes to a plan. */
public final class Plans {
  private Plans() {}

  /** The default plan for what was opened. */
  public static Plan defaultsFor(EntryTerms terms, Basis basis) {
    return new Plan(
        1,
        List.of(new MaxHold(terms.maxHold().orElse(Duration.ofMinutes(360)))),
        new ExitStyle.MarketNow(),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60));
  }

  /**
   * The next version of a plan.
   *
   * @throws IllegalArgumentException naming the field where a value makes no sense for the position
   */
  public static Plan changed(Plan plan, PlanChange change, Basis basis) {
    return plan;
  }
}
