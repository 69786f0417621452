package org.positionmanager.benchmarks.system;

import java.util.List;

/**
 * Whether memory stays where it is: a straight line through the last third of the samples (least
 * squares) may rise by a share of their mean at most. What comes before is for caches to fill.
 *
 * @param mean of the last third
 * @param rise of the line from the first to the last sample of the last third; below 0 where it
 *     falls
 */
record Flatness(double mean, double rise) {
  /** The most that the line may rise over the last third, as a share of the mean. */
  static final double MOST = 0.10;

  /** Of which four are judged. */
  static final int FEWEST = 12;

  /**
   * Judges samples that are equally far apart.
   *
   * @throws IllegalArgumentException where there are fewer than twelve
   */
  static Flatness of(List<Double> samples) {
    if (samples.size() < FEWEST) {
      throw new IllegalArgumentException(
          "a trend needs %d samples, got %d; run longer".formatted(FEWEST, samples.size()));
    }
    List<Double> last = samples.subList(samples.size() - samples.size() / 3, samples.size());
    double mean = last.stream().mapToDouble(it -> it).average().orElseThrow();
    double middle = (last.size() - 1) / 2.0;
    double products = 0;
    double squares = 0;
    for (int i = 0; i < last.size(); i++) {
      products += (i - middle) * (last.get(i) - mean);
      squares += (i - middle) * (i - middle);
    }
    return new Flatness(mean, products / squares * (last.size() - 1));
  }

  /** Whether it counts as flat. */
  boolean isFlat() {
    return rise <= MOST * mean;
  }
}
