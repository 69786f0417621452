package org.positionmanager.starter.command;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.positionmanager.activities.alert.AccountLimits;

/** An account's limits in words for people. */
final class LimitsText {
  private LimitsText() {}

  static String of(AccountLimits limits) {
    List<String> all =
        Stream.of(
                limits.positions().map(it -> it + " positions"),
                limits.notional().map(it -> it + " at entry"),
                limits.contracts().map(it -> it + " contracts"),
                limits.dailyLoss().map(it -> it + " lost in a day"),
                limits
                    .rapidCreation()
                    .map(
                        it ->
                            "%d new positions within %s"
                                .formatted(it.positions(), it.within().toString().substring(2))))
            .flatMap(Optional::stream)
            .toList();
    return all.isEmpty()
        ? "none"
        : String.join(", ", all)
            + (limits.gate() ? "; rows that exceed them wait" : "; exceeding them is an alert");
  }
}
