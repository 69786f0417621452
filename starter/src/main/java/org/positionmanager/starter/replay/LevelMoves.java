package org.positionmanager.starter.replay;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.replay.LevelChange;
import org.positionmanager.workflows.replay.Opening;
import org.positionmanager.workflows.replay.ReplayResult;
import org.positionmanager.workflows.value.Price;

/**
 * Moves of levels that no change of an answer tells: those of at least a twentieth of the entry for
 * an option, a hundredth for a stock, since the level was told last, and where it came to in the
 * end.
 */
final class LevelMoves {
  private static final BigDecimal OF_AN_OPTION = new BigDecimal("0.05");
  private static final BigDecimal OF_A_STOCK = new BigDecimal("0.01");

  private LevelMoves() {}

  private record RuleAt(String rule, Instant at) {}

  /** Every move, in order. */
  static List<LevelChange> all(ReplayResult result) {
    Set<RuleAt> told = told(result);
    return result.levels().stream()
        .filter(move -> move.level().isPresent() && !told.contains(at(move)))
        .toList();
  }

  /** Those that are worth a line. */
  static List<LevelChange> notable(ReplayResult result) {
    Set<RuleAt> told = told(result);
    Map<String, Price> shown = new HashMap<>();
    Map<String, LevelChange> last = new HashMap<>();
    List<LevelChange> notable = new ArrayList<>();
    for (LevelChange move : result.levels()) {
      last.remove(move.rule());
      if (move.level().isEmpty()) {
        continue;
      }
      Price level = move.level().get();
      Price before = shown.get(move.rule());
      if (told.contains(at(move)) || before == null) {
        shown.put(move.rule(), level);
      } else if (isFar(before, level, result.opening())) {
        shown.put(move.rule(), level);
        notable.add(move);
      } else if (!level.equals(before)) {
        last.put(move.rule(), move);
      }
    }
    notable.addAll(last.values().stream().filter(move -> isOpenAfter(result, move)).toList());
    notable.sort(Comparator.comparing(LevelChange::at));
    return notable;
  }

  /** Where the rule itself ended the position its level stands with the exit. */
  private static boolean isOpenAfter(ReplayResult result, LevelChange move) {
    return result.exits().stream().noneMatch(exit -> exit.rule().equals(move.rule()));
  }

  private static boolean isFar(Price from, Price to, Opening opening) {
    BigDecimal share =
        switch (opening.instrument()) {
          case OptionContract option -> OF_AN_OPTION;
          case Stock stock -> OF_A_STOCK;
        };
    return to.value()
            .subtract(from.value())
            .abs()
            .compareTo(opening.entry().value().multiply(share))
        >= 0;
  }

  private static RuleAt at(LevelChange move) {
    return new RuleAt(move.rule(), move.at());
  }

  private static Set<RuleAt> told(ReplayResult result) {
    Set<RuleAt> told = new HashSet<>();
    result
        .changes()
        .forEach(
            change ->
                change.rules().forEach(rule -> told.add(new RuleAt(rule.rule(), change.at()))));
    return told;
  }
}
