package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.trading.ContractExpiry;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;

/** What a worker that stands by reads, and leaves alone. */
class RehearsalTest {
  private static final Instant SINCE = Instant.parse("2026-02-11T15:00:00Z");

  private final WatchScene scene = new WatchScene();
  private final FakePermissions permissions = scene.permissions;
  private final Rehearsal rehearsal =
      new Rehearsal(
          new AccountName("large"), permissions, new ContractExpiry(new GapDesk()), "worker-2");

  private PositionId position;

  @BeforeEach
  void opens() {
    position = scene.opens(WMT);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  @DisplayName("for a watch that another holds, what is armed is read and nothing is acknowledged")
  void forAWatchThatAnotherHoldsWhatIsArmedIsRead() throws Exception {
    permissions.beat("worker-1", SINCE);
    rehearsal.run();
    assertThat(permissions.reads()).isOne();
    assertThat(permissions.unarmedReads()).isOne();
    assertThat(permissions.acknowledged(position)).isZero();
    assertThat(permissions.holder()).contains("worker-1");
  }

  @Test
  @DisplayName("nothing is rehearsed where nobody holds the watch, or the worker itself")
  void nothingIsRehearsedWhereItIsTheWorkersOwn() throws Exception {
    rehearsal.run();
    permissions.beat("worker-2", SINCE);
    rehearsal.run();
    assertThat(permissions.reads()).isZero();
  }

  @Test
  @DisplayName("a ledger that is away is left to the watch to tell of")
  void aLedgerThatIsAwayHarmsNothing() throws Exception {
    permissions.beat("worker-1", SINCE);
    permissions.isAway(true);
    rehearsal.run();
    assertThat(permissions.reads()).isZero();
  }
}
