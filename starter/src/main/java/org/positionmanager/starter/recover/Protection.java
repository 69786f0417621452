package org.positionmanager.starter.recover;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.positionmanager.workflows.sync.Coverage;

/**
 * Whether an account is looked after again.
 *
 * @param coverage what its workers proved last
 * @param proved whether that was proved since its workflows were begun anew
 * @param compared whether it is compared with the broker, by the schedule {@code sync/account}
 */
public record Protection(Coverage coverage, boolean proved, boolean compared) {
  /** Whether nothing is missing. */
  @JsonIgnore
  public boolean isWhole() {
    return proved && coverage.isComplete() && compared;
  }

  /** In words for people. */
  public String words() {
    List<String> missing = new ArrayList<>();
    Map<Coverage.Reason, List<Coverage.Gap>> byReason = new LinkedHashMap<>();
    coverage
        .gaps()
        .forEach(gap -> byReason.computeIfAbsent(gap.reason(), any -> new ArrayList<>()).add(gap));
    byReason.forEach(
        (reason, gaps) ->
            missing.add("%d %s (%s)".formatted(gaps.size(), reason, gaps.getFirst().text())));
    if (coverage.isComplete() && !proved) {
      missing.add("not proved yet");
    }
    if (!compared) {
      missing.add("no schedule sync/" + coverage.account());
    }
    return missing.isEmpty() ? "all" : String.join(", ", missing);
  }
}
