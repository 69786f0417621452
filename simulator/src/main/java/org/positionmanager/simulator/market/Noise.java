package org.positionmanager.simulator.market;

/** Random numbers as a function of seed, name and place: no order of asking changes them. */
public final class Noise {
  private final long key;

  /** One stream of numbers for a seed and a name. */
  public Noise(long seed, String name) {
    key = mixed(seed * 0x9E3779B97F4A7C15L + name.hashCode());
  }

  /** All 64 bits at a place. */
  public long bits(long place) {
    return mixed(key + place * 0x9E3779B97F4A7C15L);
  }

  /** At least 0, less than the bound, which must be positive. */
  public int below(int bound, long place) {
    return (int) Math.floorMod(bits(place) >>> 8, (long) bound);
  }

  /** At least -1, at most 1. */
  double signed(long place) {
    return (bits(place) >> 10) * 0x1.0p-53;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mixed(long value) {
    long z = value;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
