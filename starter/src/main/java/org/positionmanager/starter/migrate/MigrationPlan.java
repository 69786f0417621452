package org.positionmanager.starter.migrate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.activities.ledger.MigratedPosition;
import org.positionmanager.activities.ledger.MigratedRow;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What a migration is going to do.
 *
 * @param verdicts exactly one for each row, in the order in which the rows were read
 * @param openings positions that become workflows
 * @param closings positions of the old history
 * @param unexplained what the broker holds and no row says anything of
 */
record MigrationPlan(
    Map<MigratedRow.Key, Judged> verdicts,
    List<Opening> openings,
    List<MigratedPosition.Closed> closings,
    List<Unexplained> unexplained) {
  MigrationPlan {
    verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
    openings = List.copyOf(openings);
    closings = List.copyOf(closings);
    unexplained = List.copyOf(unexplained);
  }

  /** A row with what becomes of it. */
  record Judged(OldRow row, Verdict verdict) {}

  /**
   * A position that becomes a workflow.
   *
   * @param row that spoke for it
   * @param held what the broker holds of the instrument altogether
   * @param doubt what of the old system's records was not believed
   */
  record Opening(
      MigratedPosition.Open position, MigratedRow.Key row, Quantity held, Optional<String> doubt) {}

  /** A holding, or a part of one, that is left to the sync. */
  record Unexplained(
      AccountName account,
      Instrument instrument,
      Direction direction,
      Quantity quantity,
      Price averageEntry) {}

  /** What becomes of a row. */
  Verdict verdictOf(MigratedRow.Key row) {
    return verdicts.get(row).verdict();
  }
}
