package org.positionmanager.benchmarks.system;

import java.time.Duration;

/**
 * Plans as the shipped ones are for stocks, but that the trailing stop begins at a gain of 10%:
 * from the first cent on, as shipped, it would close what nothing happens to.
 */
final class BenchPlans {
  private BenchPlans() {}

  /**
   * A plan file, as pm.yaml names it.
   *
   * @param interval between reviews where no watch looks
   */
  static String reviewedEvery(Duration interval) {
    return """
        plans:
          stocks:
            instrument: stock
            review-every: %1$ds
            rules:
              max-hold: {stored-else: 360m}
              stop: {stored-else: -2%%}
              trailing-stop: {keep: 75%%, activation: 10%%}
              target: {stored-else: 3%%}
          options:
            instrument: option
            review-every: %1$ds
            rules: {stop: -60%%}
        choose:
          - {instrument: stock, plan: stocks}
          - {plan: options}
        """
        .formatted(interval.toSeconds());
  }
}
