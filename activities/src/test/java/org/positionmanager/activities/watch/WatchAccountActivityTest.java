package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.client.ActivityNotExistsException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.broker.MinuteBars;
import org.positionmanager.activities.live.OrderUpdates;
import org.positionmanager.activities.live.QuoteFeed;
import org.positionmanager.activities.live.StreamState;
import org.positionmanager.activities.trading.ActivityScope;
import org.positionmanager.activities.trading.ContractExpiry;
import org.positionmanager.workflows.identity.AccountName;

/** In whose hands a watch is, as the engine's attempts come and go. */
@Timeout(60)
class WatchAccountActivityTest {
  private static final Duration TERM = Duration.ofHours(1);
  private static final Duration HEARTBEAT_TIMEOUT = Duration.ofMillis(250);

  private final GapDesk desk = new GapDesk();
  private final List<Inputs> opened = new CopyOnWriteArrayList<>();
  private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
  private final ThreadLocal<Attempt> current = new ThreadLocal<>();
  private final AtomicInteger disowned = new AtomicInteger();
  private final FakePermissions permissions = new FakePermissions();
  private final WatchAccountActivity activity =
      new WatchAccountActivity(
          new FakeAccount(),
          new ContractExpiry(desk),
          permissions,
          any -> open(),
          new FakeWorkflows(),
          "worker",
          new Scope(),
          InstantSource.system(),
          new SimpleMeterRegistry(),
          new ExitsUnderWay(),
          disowned::incrementAndGet);

  private LiveInputs open() {
    Inputs inputs = new Inputs();
    opened.add(inputs);
    return inputs;
  }

  private final class Inputs implements LiveInputs, OrderUpdates {
    private final QuietInputs quiet = new QuietInputs();
    private final QuoteFeed feed = quiet.feed(desk, System::nanoTime);

    @Override
    public QuoteFeed quotes() {
      return feed;
    }

    @Override
    public OrderUpdates orders() {
      return this;
    }

    @Override
    public MinuteBars bars() {
      return desk;
    }

    @Override
    public void start(Listener listener) {}

    @Override
    public StreamState state() {
      return new StreamState.Connected();
    }

    @Override
    public void close() {
      feed.close();
    }

    boolean isClosed() {
      return quiet.closed;
    }
  }

  /** One attempt of the engine's, on a thread of its own. */
  private final class Attempt {
    private final AtomicInteger beats = new AtomicInteger();
    private volatile boolean timedOut;
    private volatile boolean hasHeard;
    private volatile Optional<RuntimeException> ended = Optional.empty();
    private final Thread thread;

    Attempt() {
      attempts.add(this);
      thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    current.set(this);
                    try {
                      activity.watchAccount(FakeAccount.NAME, TERM);
                    } catch (RuntimeException e) {
                      ended = Optional.of(e);
                    }
                  });
    }

    void awaitBeats(int more) {
      int before = beats.get();
      await().alias("beats").until(() -> beats.get() >= before + more);
    }

    void awaitEnd(Class<? extends RuntimeException> how) {
      await().alias("end").until(() -> ended.isPresent());
      assertThat(ended.orElseThrow()).isInstanceOf(how);
    }
  }

  private final class Scope implements ActivityScope {
    @Override
    public void heartbeat(String detail) {
      beat(current.get());
    }

    @Override
    public Consumer<String> heart() {
      Attempt attempt = current.get();
      return detail -> beat(attempt);
    }

    private void beat(Attempt attempt) {
      if (attempt.timedOut) {
        attempt.hasHeard = true;
        throw new ActivityNotExistsException(new IllegalStateException("timed out"));
      }
      attempt.beats.incrementAndGet();
    }

    @Override
    public Duration timeAllowed() {
      return TERM;
    }

    @Override
    public Duration heartbeatTimeout() {
      return HEARTBEAT_TIMEOUT;
    }

    @Override
    public void sleep(Duration time) {
      throw new UnsupportedOperationException();
    }
  }

  @AfterEach
  void stop() throws Exception {
    activity.close();
    for (Attempt attempt : attempts) {
      attempt.thread.join();
    }
    activity.tellTheRest(Duration.ZERO);
    assertThat(opened).allMatch(Inputs::isClosed);
  }

  @Test
  void anAttemptThatFollowsInTheSameProcessGoesOnWithTheSameWatch() {
    Attempt first = new Attempt();
    first.awaitBeats(1);
    Attempt next = new Attempt();
    next.awaitBeats(1);
    first.timedOut = true;
    first.awaitEnd(ActivityNotExistsException.class);
    next.awaitBeats(2);
    assertThat(opened).singleElement().matches(it -> !it.isClosed(), "still sees");
  }

  @Test
  @DisplayName("a watch whose attempt the engine no longer knows is given up once another beats")
  void whereAnotherBeatsTheWatchIsGivenUp() throws Exception {
    Attempt only = new Attempt();
    only.awaitBeats(1);
    only.timedOut = true;
    await().alias("the lost heartbeat").until(() -> only.hasHeard);
    await()
        .alias("the end of the first, while another beats")
        .until(
            () -> {
              permissions.beat("another worker", Instant.EPOCH);
              return only.ended.isPresent();
            });
    only.awaitEnd(ActivityNotExistsException.class);
    assertThat(opened).singleElement().matches(Inputs::isClosed);
    assertThat(disowned).hasValue(1);
    Attempt later = new Attempt();
    later.awaitBeats(1);
    assertThat(opened).hasSize(2);
  }

  @Test
  @DisplayName(
      "while nobody else beats, whoever had the watch begun anew, it is kept until handed out")
  void whileNobodyElseBeatsTheWatchIsKept() {
    Attempt first = new Attempt();
    first.awaitBeats(1);
    first.timedOut = true;
    await().alias("the lost heartbeat").until(() -> first.hasHeard);
    int before = permissions.beats();
    await()
        .alias("it says that it is alive, again and again")
        .until(() -> permissions.beats() > before + 1);
    assertThat(first.thread.isAlive()).isTrue();
    assertThat(opened).noneMatch(Inputs::isClosed);
    Attempt next = new Attempt();
    next.awaitBeats(2);
    first.awaitEnd(ActivityNotExistsException.class);
    assertThat(opened).singleElement().matches(it -> !it.isClosed(), "still sees");
  }

  @Test
  void aWorkerThatStopsKeepsNoWatchThatTheEngineHasLost() {
    Attempt only = new Attempt();
    only.awaitBeats(1);
    only.timedOut = true;
    await().alias("the lost heartbeat").until(() -> only.hasHeard);
    activity.close();
    only.awaitEnd(ActivityNotExistsException.class);
    assertThat(opened).singleElement().matches(Inputs::isClosed);
  }

  @Test
  @DisplayName("it is known here whether the engine leaves the watch to this process")
  void itIsKnownWhetherTheEngineLeavesTheWatchHere() {
    assertThat(activity.isLeftHere()).isFalse();
    Attempt first = new Attempt();
    first.awaitBeats(1);
    assertThat(activity.isLeftHere()).isTrue();
    first.timedOut = true;
    await().alias("the lost heartbeat").until(() -> disowned.get() == 1);
    assertThat(activity.isLeftHere()).as("kept, and yet no longer the engine's word").isFalse();
    Attempt next = new Attempt();
    next.awaitBeats(1);
    first.awaitEnd(ActivityNotExistsException.class);
    assertThat(activity.isLeftHere()).as("what ended before says nothing of the next").isTrue();
    activity.close();
    next.awaitEnd(ApplicationFailure.class);
    assertThat(activity.isLeftHere()).isFalse();
  }

  @Test
  void aWorkerThatStopsGivesTheWatchUpAtOnceAndTakesNone() {
    Attempt first = new Attempt();
    first.awaitBeats(1);
    activity.close();
    first.awaitEnd(ApplicationFailure.class);
    assertThat(opened).singleElement().matches(Inputs::isClosed);
    new Attempt().awaitEnd(ApplicationFailure.class);
    assertThat(opened).hasSize(1);
  }

  @Test
  void theWatchOfAnotherAccountIsRefused() {
    assertThatThrownBy(() -> activity.watchAccount(new AccountName("other"), TERM))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("other");
  }
}
