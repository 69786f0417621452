package org.positionmanager.activities.standing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;

/**
 * What would be lost of today's value if open positions were to end exactly at their stops: for
 * each the way from its price to its stop, times what is held, times the multiplier; nothing where
 * the price has passed the stop already. Gaps and slippage are not in it.
 */
public final class OpenRisk {
  private OpenRisk() {}

  /**
   * A position that is not final.
   *
   * @param basis with the best and worst price that was seen; empty before the entry was filled
   * @param plan empty before the entry was filled
   * @param paused whether people have stopped its rules from acting
   */
  public record Position(
      PositionId id,
      Phase phase,
      Strategy strategy,
      Optional<Basis> basis,
      Optional<Plan> plan,
      boolean paused) {
    /** Whether it holds something. */
    public boolean isHolding() {
      return basis.filter(it -> !it.held().isZero()).isPresent();
    }

    /**
     * Where the first of its rules that protect ends it, see {@link Judge#stop}; empty where none
     * would: no rule has a level, or people paused it.
     */
    public Optional<Price> stop(Instant now) {
      return paused || basis.isEmpty()
          ? Optional.empty()
          : plan.flatMap(rules -> Judge.of(rules, basis.get()).stop(now));
    }

    /** What it would lose from this price to its stop, zero or more; empty without a stop. */
    public Optional<Money> atRisk(Price price, Instant now) {
      return stop(now)
          .map(
              stop -> {
                Basis held = basis.orElseThrow();
                Money lost =
                    held.direction()
                        .profit(stop, price, held.held(), held.instrument().multiplier());
                return lost.compareTo(Money.ZERO) > 0 ? lost : Money.ZERO;
              });
    }
  }

  /**
   * All positions of an account.
   *
   * @param amount of those whose risk is known, zero or more
   * @param unknown positions whose risk is not in it: they have no stop, or their price is not
   *     known
   */
  public record Total(Money amount, int unknown) {}

  /**
   * Adds up.
   *
   * @param prices of one unit, by instrument
   * @param now exchange time
   */
  public static Total of(List<Position> positions, Map<Instrument, Price> prices, Instant now) {
    Money amount = Money.ZERO;
    int unknown = 0;
    for (Position position : positions) {
      if (!position.isHolding()) {
        continue;
      }
      Optional<Money> risk =
          Optional.ofNullable(prices.get(position.id().instrument()))
              .flatMap(price -> position.atRisk(price, now));
      if (risk.isPresent()) {
        amount = amount.plus(risk.get());
      } else {
        unknown++;
      }
    }
    return new Total(amount, unknown);
  }
}
