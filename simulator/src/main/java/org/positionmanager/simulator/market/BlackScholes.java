package org.positionmanager.simulator.market;

/**
 * European options on a share without dividends (Black, Scholes 1973). Doubles: a model's price has
 * no exact value; what is quoted is rounded to cents by the caller.
 *
 * @param value in dollars a unit of the underlying
 * @param theta dollars a day
 * @param vega dollars for a point of volatility
 * @param rho dollars for a point of interest
 */
public record BlackScholes(
    double value, double delta, double gamma, double theta, double vega, double rho) {
  /** Yearly; three months' Treasury bills of 2026. */
  static final double INTEREST = 0.038;

  private static final double DAYS = 365;
  private static final double SHORTEST_YEARS = 1e-6;

  /**
   * Prices one.
   *
   * @param years until it expires; 0 or less is its value on exercise
   * @param volatility by the year, 0.3 is 30%
   */
  public static BlackScholes of(
      boolean call, double spot, double strike, double years, double volatility) {
    double sign = call ? 1 : -1;
    if (years < SHORTEST_YEARS) {
      double intrinsic = Math.max(0, sign * (spot - strike));
      return new BlackScholes(intrinsic, intrinsic > 0 ? sign : 0, 0, 0, 0, 0);
    }
    double root = volatility * Math.sqrt(years);
    double d1 = (Math.log(spot / strike) + (INTEREST + volatility * volatility / 2) * years) / root;
    double d2 = d1 - root;
    double discounted = strike * Math.exp(-INTEREST * years);
    double density = Math.exp(-d1 * d1 / 2) / Math.sqrt(2 * Math.PI);
    double value = sign * (spot * normal(sign * d1) - discounted * normal(sign * d2));
    double theta =
        (-spot * density * volatility / (2 * Math.sqrt(years))
                - sign * INTEREST * discounted * normal(sign * d2))
            / DAYS;
    return new BlackScholes(
        Math.max(0, value),
        sign * normal(sign * d1),
        density / (spot * root),
        theta,
        spot * density * Math.sqrt(years) / 100,
        sign * discounted * years * normal(sign * d2) / 100);
  }

  /** Standard normal distribution (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
  private static double normal(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double tail =
        Math.exp(-x * x / 2)
            / Math.sqrt(2 * Math.PI)
            * t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return x >= 0 ? 1 - tail : tail;
  }
}
