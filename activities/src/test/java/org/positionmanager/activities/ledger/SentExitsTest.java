package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.watch.PermissionsUnreadable;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.position.ExitRecord;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Reading;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.rules.Verdict;
import org.positionmanager.workflows.rules.Why;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.watch.ArmedExit;
import org.positionmanager.workflows.watch.ExitSent;

/** What a watch sent while no workflow could be told is recalled by the one that is begun anew. */
@Timeout(60)
class SentExitsTest extends LedgerOnPostgres {
  private static final Optional<SubmitOutcome> LOST =
      Optional.of(new SubmitOutcome.Unknown("the answer was lost"));

  private PositionId position;
  private PostgresLedger ledger;
  private WatchLedger watch;

  @BeforeEach
  void anOpenPositionThatIsArmed() {
    migrated();
    position = position(LARGE);
    ledger = new PostgresLedger(large, LARGE);
    watch = new WatchLedger(large, LARGE);
    ledger.record(holding(position, plan(), Price.parse("5"), List.of()));
    arm(1);
  }

  @Test
  @DisplayName("an exit that the watch sent while its workflow was lost is recalled")
  void anExitThatTheWatchSentIsRecalled() throws PermissionsUnreadable {
    watch.note(position, sent(1, LOST));
    assertThat(recalled())
        .containsExactly(sent(1, LOST).record(position, ExitReason.TRAILING_STOP));
    assertThat(ledger.recall(position).orElseThrow().exits()).isOne();
    assertThat(value("select plan_version || ' ' || peak from pm.exits")).contains("1 6");
    watch.note(position, sent(1, Optional.empty()));
    assertThat(recalled()).as("a later word on the same exit").hasSize(1);
    assertThat(recalled().getFirst().status()).isEqualTo(ExitRecord.Status.UNKNOWN);
  }

  @Test
  void whatTheWorkflowHasRecordedOfItStays() throws PermissionsUnreadable {
    ExitRecord own = exit(position, ExitRecord.Status.FILLED);
    ledger.record(holding(position, plan(), Price.parse("5"), List.of(), own));
    watch.note(position, sent(1, LOST));
    assertThat(recalled()).containsExactly(own);
  }

  @Test
  void ofAPositionThatIsOverNothingIsNoted() throws PermissionsUnreadable {
    ledger.record(closed(position));
    List<ExitRecord> known = recalled();
    watch.note(position, sent(1, 2, LOST));
    assertThat(recalled()).isEqualTo(known);
  }

  @Test
  @DisplayName("an exit of which no order came is noted only while its permission is in force")
  void anExitWithoutAnOrderIsNotedOnlyWhileItIsPermitted() throws PermissionsUnreadable {
    arm(2);
    watch.note(position, sent(1, Optional.empty()));
    assertThat(recalled()).isEmpty();
    new ArmedExits(large, LARGE).disarm(position, 3, "paused", Duration.ZERO);
    watch.note(position, sent(3, Optional.empty()));
    assertThat(recalled()).isEmpty();
    arm(4);
    watch.note(position, sent(4, Optional.empty()));
    assertThat(recalled())
        .extracting(ExitRecord::status)
        .containsExactly(ExitRecord.Status.INTENDED);
  }

  @Test
  @DisplayName("incident 1: another account's watch notes nothing of it")
  void anotherAccountsWatchNotesNothing() throws PermissionsUnreadable {
    new WatchLedger(tiny, TINY).note(position, sent(1, LOST));
    assertThat(recalled()).isEmpty();
  }

  private List<ExitRecord> recalled() {
    return ledger.recall(position).orElseThrow().exitRecords();
  }

  private void arm(int arming) {
    new ArmedExits(large, LARGE)
        .arm(
            new ArmedExit(position, arming, 1, plan(), basis(position, Price.parse("5"))),
            Duration.ZERO);
  }

  private Plan plan() {
    return Plans.defaultsFor(terms(), basis(position, Price.parse("5")));
  }

  private static ExitSent sent(int arming, Optional<SubmitOutcome> outcome) {
    return sent(arming, 1, outcome);
  }

  private static ExitSent sent(int arming, int exit, Optional<SubmitOutcome> outcome) {
    return new ExitSent(
        arming,
        exit,
        ExitReason.TRAILING_STOP,
        new RuleTrace(
            "trailing",
            Verdict.FIRED,
            Reading.parse("5"),
            Reading.parse("5"),
            Why.LEVEL_REACHED,
            ""),
        Optional.empty(),
        Quantity.of(10),
        outcome,
        Price.parse("6"),
        AT,
        List.of());
  }
}
