package org.positionmanager.starter.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.positionmanager.workflows.replay.LevelChange;
import org.positionmanager.workflows.replay.ReplayExit;
import org.positionmanager.workflows.value.Price;

/**
 * The price axis of plots: the whole path, entry and exits, and those levels that are near enough
 * not to flatten the path.
 *
 * @param low least price shown
 * @param high greatest, above the least
 */
record PriceScale(double low, double high) {
  /** How far beyond the path a level may lie, in heights of the path. */
  private static final double NEAR = 0.6;

  private static final double MARGIN = 0.04;
  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  static PriceScale of(ReplayReport report, List<Track.Point> points) {
    double entry = number(report.opening().entry());
    double low = entry;
    double high = entry;
    for (Track.Point point : points) {
      low = Math.min(low, point.mid());
      high = Math.max(high, point.mid());
    }
    for (ReplayReport.Outcome outcome : report.outcomes()) {
      for (ReplayExit exit : outcome.result().exits()) {
        low = Math.min(low, number(exit.price()));
        high = Math.max(high, number(exit.price()));
      }
    }
    double height = Math.max(high - low, entry / 100);
    double lowest = low;
    double highest = high;
    for (ReplayReport.Outcome outcome : report.outcomes()) {
      for (LevelChange change : outcome.result().levels()) {
        double level = change.level().map(PriceScale::number).orElse(entry);
        if (level >= low - NEAR * height && level <= high + NEAR * height) {
          lowest = Math.min(lowest, level);
          highest = Math.max(highest, level);
        }
      }
    }
    double margin = MARGIN * Math.max(highest - lowest, height);
    return new PriceScale(Math.max(0, lowest - margin), highest + margin);
  }

  static double number(Price price) {
    return price.value().doubleValue();
  }

  boolean shows(double price) {
    return price >= low && price <= high;
  }

  /** Round prices to write at the axis, from the least. */
  List<BigDecimal> ticks(int most) {
    double rough = (high - low) / most;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = power;
    for (double candidate : STEPS) {
      step = candidate * power;
      if (step >= rough) {
        break;
      }
    }
    BigDecimal exact = BigDecimal.valueOf(step).stripTrailingZeros();
    List<BigDecimal> ticks = new ArrayList<>();
    BigDecimal at = BigDecimal.valueOf(low).divide(exact, 0, RoundingMode.CEILING).multiply(exact);
    while (at.doubleValue() <= high) {
      ticks.add(at.setScale(Math.max(2, exact.scale()), RoundingMode.HALF_EVEN));
      at = at.add(exact);
    }
    return ticks;
  }
}
