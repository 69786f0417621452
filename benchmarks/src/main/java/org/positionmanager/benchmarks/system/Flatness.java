package org.positionmanager.benchmarks.system;

import java.util.List;

/**
 * Whether memory stays where it is: a straight line through the second half of the samples (least
 * squares) may rise by a share of their mean at most. The first half is for caches to fill.
 *
 * @param mean of the second half
 * @param rise of the line from the first to the last sample of the second half; below 0 where it
 *     falls
 */
record Flatness(double mean, double rise) {
  /** The most that the line may rise over the second half, as a share of the mean. */
  static final double MOST = 0.10;

  private static final int FEWEST = 4;

  /**
   * Judges samples that are equally far apart.
   *
   * @throws IllegalArgumentException where there are fewer than four
   */
  static Flatness of(List<Double> samples) {
    if (samples.size() < FEWEST) {
      throw new IllegalArgumentException(
          "a trend needs %d samples, got %d; run longer".formatted(FEWEST, samples.size()));
    }
    List<Double> half = samples.subList(samples.size() / 2, samples.size());
    double mean = half.stream().mapToDouble(it -> it).average().orElseThrow();
    double middle = (half.size() - 1) / 2.0;
    double products = 0;
    double squares = 0;
    for (int i = 0; i < half.size(); i++) {
      products += (i - middle) * (half.get(i) - mean);
      squares += (i - middle) * (i - middle);
    }
    return new Flatness(mean, products / squares * (half.size() - 1));
  }

  /** Whether it counts as flat. */
  boolean isFlat() {
    return rise <= MOST * mean;
  }
}
