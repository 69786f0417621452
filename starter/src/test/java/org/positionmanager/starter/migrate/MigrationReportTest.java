package org.positionmanager.starter.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.starter.migrate.OldSystemRows.NOW;
import static org.positionmanager.starter.migrate.OldSystemRows.QCOM;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.positionmanager.starter.text.NewYork;

/** What a run has not done is told, with when to do it. */
class MigrationReportTest {
  private static final Instant MINUTE_AGO = NOW.minusSeconds(60);

  private static MigrationReport report(OldSystemRows rows, boolean intakeReadsIt) {
    return MigrationReport.of("old", List.of(), List.of(), Set.of(), rows.plan(), intakeReadsIt);
  }

  @Test
  void whatIsLeftToAnIntakeThatDoesNotReadTheDatabaseWaitsForAnotherRun() {
    OldSystemRows rows =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10, "ALPACA_PAPER", MINUTE_AGO)
            .execution(2, "large", QCOM, -1, "ALPACA_PAPER", MINUTE_AGO.minusSeconds(60));
    MigrationReport another = report(rows, false);
    assertThat(another.leftToIntake()).hasSize(2);
    assertThat(another.isIncomplete()).isTrue();
    assertThat(MigrationText.of(another))
        .contains("run it again after " + NewYork.moment(MINUTE_AGO.plus(Planning.FRESH)));

    MigrationReport ledgers = report(rows, true);
    assertThat(ledgers.leftToIntake()).hasSize(2);
    assertThat(ledgers.isIncomplete()).isFalse();
    assertThat(MigrationText.of(ledgers)).doesNotContain("run it again");
  }

  @Test
  void anotherDatabaseOfWhichNothingIsLeftIsDoneWith() {
    MigrationReport report = report(new OldSystemRows().execution(1, "large", QCOM, 10), false);
    assertThat(report.leftToIntake()).isEmpty();
    assertThat(report.isIncomplete()).isFalse();
  }
}
