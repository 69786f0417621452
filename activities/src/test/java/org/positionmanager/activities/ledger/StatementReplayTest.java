package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The replay finds what it is there for. */
class StatementReplayTest extends LedgerOnPostgres {
  private StatementReplay watching;

  @BeforeEach
  void aPositionAndAReplayOfWhatIsAskedOfIt() {
    migrated();
    new PostgresLedger(large, LARGE).record(closed(position(LARGE)));
    watching = new StatementReplay();
    watching.prepare(desk);
    desk.jdbi().setSqlLogger(watching);
    large.jdbi().setSqlLogger(watching);
  }

  @Test
  void aStatementThatNobodyElseSeesAnythingOfIsNoViolation() {
    assertThat(new LedgerReader(desk).positions(true)).hasSize(1);
    assertThat(watching.violations()).isEmpty();
    assertThat(watching.seen().values()).anyMatch(it -> it.touchesAccounts && it.replays == 1);
  }

  @Test
  void aHoleInAPolicyIsFoundByEachIdentityThatItLetsThrough() {
    execute("create policy hole on positions using (true)");
    assertThat(new LedgerReader(desk).positions(true)).hasSize(1);
    assertThat(watching.violations())
        .hasSize(3)
        .allMatch(it -> it.endsWith("order by account, symbol, execution_id"));
  }

  @Test
  void aChangeThatReachesAnotherAccountIsFound() {
    for (String hole :
        List.of(
            "create policy hole on accounts using (true)",
            "grant update on accounts to pm_account")) {
      execute(hole);
    }
    registry.setActive(LARGE, false);
    assertThat(watching.violations())
        .singleElement()
        .asString()
        .startsWith("another account on the owner's login: Outcome[changed=1");
  }

  @Test
  void aPrivilegeThatAWorkersLoginLacksIsFound() {
    execute("revoke insert on position_history from pm_worker");
    new PostgresLedger(large, LARGE).record(closed(position(LARGE)));
    assertThat(watching.violations())
        .singleElement()
        .asString()
        .startsWith("a worker's login gets")
        .contains("permission denied for table position_history");
  }
}
