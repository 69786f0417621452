package org.positionmanager.workflows.position;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.positionmanager.workflows.activity.ArmingActivities;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.watch.Acknowledgement;
import org.positionmanager.workflows.watch.ArmedExit;

/** A watch that remembers what it was told; it can be away. */
final class FakeWatch implements ArmingActivities {
  /** All that was armed, oldest first. */
  final List<ArmedExit> armed = new ArrayList<>();

  /** What may be sent now. */
  Optional<ArmedExit> permission = Optional.empty();

  Acknowledgement answer = Acknowledgement.ACKNOWLEDGED;
  boolean away;

  /** Whether the ledger has a row of it: without one nothing can be written for the watch. */
  Predicate<PositionId> isRecorded = position -> true;

  private Runnable onDisarm = () -> {};

  /** Happens at each disarming, once the watch has let go. */
  synchronized void whenDisarmed(Runnable then) {
    onDisarm = then;
  }

  @Override
  public synchronized Acknowledgement arm(ArmedExit exit, Duration patience) {
    requireThere();
    if (!isRecorded.test(exit.position())) {
      throw ApplicationFailure.newNonRetryableFailure(
          "the ledger has no row of " + exit.position(), "LEDGER_REFUSED");
    }
    armed.add(exit);
    permission = Optional.of(exit);
    return answer;
  }

  @Override
  public synchronized Acknowledgement disarm(
      PositionId position, int arming, String why, Duration patience) {
    requireThere();
    permission = Optional.empty();
    onDisarm.run();
    return answer;
  }

  private void requireThere() {
    if (away) {
      throw ApplicationFailure.newFailure("the ledger is down", "LEDGER_UNAVAILABLE");
    }
  }
}
