package org.positionmanager.activities.watch;

import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.watch.WatchBlind;

/** Whether one position is without a usable quote, and its workflow knows. One thread at a time. */
final class Blindness {
  /** What its workflow was told the last time. */
  private Optional<WatchBlind> told = Optional.empty();

  /** Whether the last quote could not be used, or there was none. */
  static boolean isBlind(Judge judge) {
    return judge.basis().track().unknownSince().isPresent();
  }

  /** Since when it is, where that is too long and was not told yet. */
  Optional<WatchBlind> untold(Judge judge, Instant now) {
    return Optional.of(judge)
        .filter(it -> it.isBlind(now))
        .flatMap(it -> it.basis().track().unknownSince())
        .map(WatchBlind::new)
        .filter(news -> !told.equals(Optional.of(news)));
  }

  void wasTold(WatchBlind news) {
    told = Optional.of(news);
  }
}
