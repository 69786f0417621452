package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.watch.Permission;
import org.positionmanager.activities.watch.PermissionsUnreadable;
import org.positionmanager.activities.watch.SeenByWatch;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.WatchSight;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.watch.Acknowledgement;
import org.positionmanager.workflows.watch.ArmedExit;

/** What a watch may do goes through the ledger, account by account. */
@Timeout(60)
class WatchLedgerTest extends LedgerOnPostgres {
  private PositionId position;
  private ArmedExits armedExits;
  private WatchLedger watch;

  @BeforeEach
  void anOpenPosition() {
    migrated();
    position = position(LARGE);
    new PostgresLedger(large, LARGE).record(holding(position, plan(), Price.parse("5"), List.of()));
    armedExits = new ArmedExits(large, LARGE);
    watch = new WatchLedger(large, LARGE);
  }

  @Test
  void whatIsArmedIsReadAsItWasGiven() throws PermissionsUnreadable {
    ArmedExit armed = armed(1);
    armedExits.arm(armed, Duration.ZERO);
    assertThat(watch.all())
        .containsExactly(
            new Permission(position, 1, Optional.of(armed), Optional.empty(), Optional.empty()));
    assertThat(watch.of(position)).contains(watch.all().getFirst());
  }

  @Test
  void aLateArmingNeverReplacesANewerOne() throws PermissionsUnreadable {
    armedExits.arm(armed(2), Duration.ZERO);
    assertThatThrownBy(() -> armedExits.arm(armed(1), Duration.ZERO))
        .isInstanceOf(ApplicationFailure.class);
    assertThatThrownBy(() -> armedExits.disarm(position, 1, "late", Duration.ZERO))
        .isInstanceOf(ApplicationFailure.class);
    assertThat(watch.of(position).orElseThrow().arming()).isEqualTo(2);
    assertThat(watch.of(position).orElseThrow().armed()).isPresent();
    armedExits.disarm(position, 3, "paused", Duration.ZERO);
    assertThat(watch.of(position).orElseThrow().armed()).isEmpty();
  }

  @Test
  @DisplayName("what is armed is parsed once, and again where it has changed")
  void whatIsArmedIsParsedOnce() throws PermissionsUnreadable {
    armedExits.arm(armed(1), Duration.ZERO);
    ArmedExit first = watch.all().getFirst().armed().orElseThrow();
    assertThat(first).isEqualTo(armed(1));
    assertThat(watch.all().getFirst().armed().orElseThrow()).isSameAs(first);
    assertThat(watch.of(position).orElseThrow().armed().orElseThrow()).isSameAs(first);
    armedExits.arm(armed(2), Duration.ZERO);
    assertThat(watch.of(position).orElseThrow().armed()).contains(armed(2));
    assertThat(watch.all().getFirst().armed()).contains(armed(2));
  }

  @Test
  void aNumberThatSomethingElseWasToldUnderIsNeverAcknowledged() throws Exception {
    watch.beat("worker-1", AT);
    armedExits.arm(armed(1), Duration.ZERO);
    armedExits.disarm(position, 2, "the position is over", Duration.ZERO);
    watch.acknowledge(watch.all());
    assertThatThrownBy(() -> armedExits.arm(armed(2), Duration.ZERO))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("ARMING_USED_UP");
              assertThat(failure.isNonRetryable()).isTrue();
            });
    assertThat(armedExits.disarm(position, 2, "repeated", Duration.ZERO))
        .isEqualTo(Acknowledgement.ACKNOWLEDGED);
    armedExits.arm(armed(3), Duration.ZERO);
    watch.acknowledge(watch.all());
    assertThat(armedExits.arm(armed(3), Duration.ZERO)).isEqualTo(Acknowledgement.ACKNOWLEDGED);
  }

  @Test
  void aPositionThatIsOverIsNotWatched() throws PermissionsUnreadable {
    armedExits.arm(armed(1), Duration.ZERO);
    PositionState closed = closed(position);
    new PostgresLedger(large, LARGE).record(closed);
    assertThat(watch.all()).isEmpty();
    assertThat(watch.of(position)).isEmpty();
  }

  @Test
  void whoArmsIsToldWhetherAWatchIsAliveAndGoesByIt() throws Exception {
    assertThat(armedExits.arm(armed(1), Duration.ofSeconds(5)))
        .as("nobody waits for a watch that is not there")
        .isEqualTo(Acknowledgement.NO_WATCH);
    watch.beat("worker-1", AT);
    assertThat(armedExits.arm(armed(2), Duration.ZERO)).isEqualTo(Acknowledgement.NOT_YET);
    Thread acknowledging =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    await().until(() -> watch.of(position).orElseThrow().arming() == 3);
                    watch.acknowledge(watch.all());
                  } catch (PermissionsUnreadable e) {
                    throw new IllegalStateException(e);
                  }
                });
    assertThat(armedExits.arm(armed(3), Duration.ofSeconds(30)))
        .isEqualTo(Acknowledgement.ACKNOWLEDGED);
    acknowledging.join();
    watch.giveUp("another", AT);
    assertThat(armedExits.arm(armed(3), Duration.ZERO)).isEqualTo(Acknowledgement.ACKNOWLEDGED);
    watch.giveUp("worker-1", AT);
    assertThat(armedExits.arm(armed(3), Duration.ZERO)).isEqualTo(Acknowledgement.NO_WATCH);
  }

  @Test
  @DisplayName("a holder that began anew is not given up by what it held before")
  void aHolderThatBeganAnewIsNotGivenUpByWhatItHeldBefore() throws PermissionsUnreadable {
    Instant later = AT.plusNanos(1_234_567_890);
    watch.beat("worker-1", AT);
    watch.beat("worker-1", later);
    watch.beat("worker-1", AT);
    watch.giveUp("worker-1", AT);
    assertThat(watch.holder()).contains("worker-1");
    watch.giveUp("worker-1", later);
    assertThat(watch.holder()).isEmpty();
  }

  @Test
  void anotherHolderTakesTheWatchWhateverItsClockSays() throws PermissionsUnreadable {
    watch.beat("worker-1", AT);
    watch.beat("worker-2", AT.minusSeconds(60));
    assertThat(watch.holder()).contains("worker-2");
  }

  @Test
  @DisplayName(
      "a holder whom the engine no longer knows says that it lives only where nobody else does")
  void aDisownedHolderBeatsOnlyUnlessTaken() throws Exception {
    WatchLedger watch = new WatchLedger(tiny, TINY);
    assertThat(watch.beatUnlessTaken("worker-1", AT)).isTrue();
    assertThat(watch.beatUnlessTaken("worker-1", AT)).isTrue();
    watch.beat("worker-2", AT.minusSeconds(60));
    assertThat(watch.beatUnlessTaken("worker-1", AT)).isFalse();
    assertThat(watch.holder()).contains("worker-2");
    watch.giveUp("worker-2", AT.minusSeconds(60));
    assertThat(watch.beatUnlessTaken("worker-1", AT)).isTrue();
    assertThat(watch.holder()).contains("worker-1");
  }

  @Test
  void changesAreAnnouncedToTheirOwnAccountAlone() throws Exception {
    List<PositionId> heard = new CopyOnWriteArrayList<>();
    List<PositionId> elsewhere = new CopyOnWriteArrayList<>();
    CountDownLatch listening = new CountDownLatch(2);
    List<Thread> listeners =
        List.of(listener(watch, listening, heard), listener(tinyWatch(), listening, elsewhere));
    assertThat(listening.await(20, TimeUnit.SECONDS)).as("both listen").isTrue();

    armedExits.arm(armed(1), Duration.ZERO);
    await("the arming to be heard").until(() -> heard.size() == 1);
    watch.note(List.of(seen("6", "4")));
    watch.acknowledge(watch.all());
    armedExits.disarm(position, 2, "paused", Duration.ZERO);

    await("the disarming to be heard").until(() -> heard.size() == 2);
    assertThat(heard).as("armed and disarmed, not noted").containsOnly(position);
    assertThat(elsewhere).isEmpty();
    for (Thread listener : listeners) {
      listener.interrupt();
      listener.join();
    }
  }

  @Test
  @DisplayName("incident 11: peaks that watches noted only ever widen, and survive a take-over")
  void notedPeaksOnlyEverWiden() throws PermissionsUnreadable {
    armedExits.arm(armed(1), Duration.ZERO);
    assertThat(watch.sight(position)).as("nothing noted yet").isEmpty();
    watch.note(List.of(seen("6", "4.50")));
    watch.note(List.of(seen("5.50", "4.40")));
    armedExits.arm(armed(2), Duration.ZERO);
    Permission taken = watch.of(position).orElseThrow();
    assertThat(taken.peak()).contains(Price.parse("6"));
    assertThat(taken.trough()).contains(Price.parse("4.4"));
    assertThat(taken.seenUpTo()).as("from when who takes over has to look back").contains(AT);
  }

  @Test
  void aSightIsFreshOnlyWhileALiveWatchVouchesForWhatWasArmedLast() throws PermissionsUnreadable {
    armedExits.arm(armed(1), Duration.ZERO);
    watch.note(List.of(seen("6", "4.50")));
    assertThat(watch.sight(position).orElseThrow().fresh()).as("no watch").isFalse();
    watch.beat("worker-1", AT);
    assertThat(watch.sight(position).orElseThrow().fresh()).as("not acknowledged").isFalse();
    watch.acknowledge(watch.all());
    assertThat(watch.sight(position))
        .contains(
            new WatchSight(
                1,
                Price.parse("6"),
                Price.parse("4.5"),
                AT,
                true,
                Optional.of(Price.parse("4.80"))));
    armedExits.arm(armed(2), Duration.ZERO);
    assertThat(watch.sight(position).orElseThrow().fresh()).as("armed anew").isFalse();
    watch.acknowledge(watch.all());
    watch.note(
        List.of(
            new SeenByWatch(position, 2, Price.parse("6"), Price.parse("4"), AT, Duration.ZERO)));
    assertThat(watch.sight(position).orElseThrow().fresh()).as("blind").isFalse();
  }

  @Test
  @DisplayName("what was seen before a split is not what the new prices are judged by")
  void whatWasSeenBeforeASplitIsForgotten() throws PermissionsUnreadable {
    armedExits.arm(armed(1), Duration.ZERO);
    watch.note(List.of(seen("6", "4.50")));
    armedExits.arm(armed(2), Duration.ZERO);
    assertThat(watch.of(position).orElseThrow().peak())
        .as("another plan")
        .contains(Price.parse("6"));
    armedExits.disarm(position, 3, "the split", Duration.ZERO);
    Basis split =
        new Basis(
            position.instrument(),
            Direction.LONG,
            Price.parse("1.20"),
            Quantity.of(40),
            Price.parse("1.25"),
            AT);
    armedExits.arm(new ArmedExit(position, 4, 1, plan(), split), Duration.ZERO);
    watch.note(List.of(seen("6", "4.50")));
    assertThat(watch.of(position).orElseThrow().peak()).as("and a late note").isEmpty();
    assertThat(watch.sight(position)).isEmpty();
    watch.note(
        List.of(
            new SeenByWatch(
                position, 4, Price.parse("1.5"), Price.parse("1.1"), AT, Duration.ofMinutes(1))));
    assertThat(watch.sight(position).orElseThrow().peak()).isEqualTo(Price.parse("1.5"));
  }

  @Test
  @DisplayName("incident 1: another account's permissions are neither seen nor changed")
  void anotherAccountsPermissionsAreOutOfReach() throws PermissionsUnreadable {
    armedExits.arm(armed(1), Duration.ZERO);
    WatchLedger other = tinyWatch();
    assertThat(other.all()).isEmpty();
    assertThat(other.of(position)).isEmpty();
    other.acknowledge(watch.all());
    other.note(List.of(seen("6", "4")));
    assertThat(watch.sight(position)).isEmpty();
    assertThatThrownBy(() -> new ArmedExits(tiny, TINY).arm(armed(5), Duration.ZERO))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, e -> assertThat(e.getType()).isEqualTo("WRONG_ACCOUNT"));
  }

  private WatchLedger tinyWatch() {
    return new WatchLedger(tiny, TINY);
  }

  private static Thread listener(
      WatchLedger watch, CountDownLatch listening, List<PositionId> heard) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                watch.listen(listening::countDown, heard::add, Duration.ofMillis(50));
              } catch (PermissionsUnreadable e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private SeenByWatch seen(String peak, String trough) {
    return new SeenByWatch(
        position, 1, Price.parse(peak), Price.parse(trough), AT, Duration.ofMinutes(1));
  }

  private ArmedExit armed(int arming) {
    return new ArmedExit(position, arming, 1, plan(), basis(position, Price.parse("5")));
  }

  private Plan plan() {
    Basis basis = basis(position, Price.parse("5"));
    return Plans.defaultsFor(terms(), basis);
  }
}
