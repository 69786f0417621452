package org.positionmanager.benchmarks.system;

import java.time.Duration;

/** Plans as the shipped ones are for stocks, with another interval between reviews. */
final class ReviewPlans {
  private ReviewPlans() {}

  /** A plan file, as pm.yaml names it. */
  static String every(Duration interval) {
    return """
        plans:
          stocks:
            instrument: stock
            review-every: %1$ds
            rules:
              max-hold: {stored-else: 360m}
              stop: {stored-else: -2%%}
              trailing-stop: {keep: 75%%}
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
