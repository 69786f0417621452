package org.positionmanager.workflows.replay;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.positionmanager.workflows.rules.Extra;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What a plan would have done.
 *
 * @param exits in the order of their fills
 * @param unfilled the exit decided at the end for which no quote came any more
 * @param realised by the exits
 * @param open what was still held at the end of the path
 * @param mark the last usable mid, by which what is open counts; the entry where there was none
 * @param best the most that it was ahead (maximum favourable excursion)
 * @param worst the most that it was behind (maximum adverse excursion)
 * @param held from the entry to the last exit, or to the end of the path
 * @param changes the trace, where rules changed their verdict, reason or stage
 * @param levels the rules' levels, where they changed
 * @param judged how many quotes were judged
 * @param outsideSessions how many were not, because the market was closed
 * @param missed what would have let rules answer that could not
 */
public record ReplayResult(
    Opening opening,
    List<ReplayExit> exits,
    Optional<UnfilledExit> unfilled,
    Money realised,
    Quantity open,
    Price mark,
    Excursion best,
    Excursion worst,
    Duration held,
    List<TraceChange> changes,
    List<LevelChange> levels,
    long judged,
    long outsideSessions,
    Set<Extra> missed) {
  public ReplayResult {
    exits = List.copyOf(exits);
    changes = List.copyOf(changes);
    levels = List.copyOf(levels);
    missed = Set.copyOf(missed);
  }

  /** Profit of what is still open, at the mark. */
  public Money unrealised() {
    return opening.profit(mark, open);
  }

  /** Realised and unrealised together. */
  public Money profit() {
    return realised.plus(unrealised());
  }

  /** The profit in percent of the cost. */
  public Percent gain() {
    return new Percent(
        profit()
            .amount()
            .multiply(BigDecimal.valueOf(100))
            .divide(opening.cost().amount(), MathContext.DECIMAL64));
  }
}
