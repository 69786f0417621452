package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.live.FeedEvent;
import org.positionmanager.activities.live.OrderEvent;
import org.positionmanager.activities.live.OrderUpdate;
import org.positionmanager.activities.live.Unserved;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.PositionId;

/** What people and alarms can see of a watch. */
@Timeout(60)
class WatchMetersTest {
  private final WatchScene scene = new WatchScene();

  @AfterEach
  void stop() {
    scene.close();
  }

  private double gauge(String name) {
    return scene.registry.get(name).tag("account", "tiny").gauge().value();
  }

  private double age(String name) {
    return scene.registry.get(name).tag("account", "tiny").timeGauge().value(TimeUnit.SECONDS);
  }

  private Timer timer(String name) {
    return scene.registry.get(name).tag("account", "tiny").timer();
  }

  @Test
  @DisplayName("an exit's way is measured: quote, breach, sent, answered, filled")
  void anExitsWayIsMeasured() throws Exception {
    PositionId position = scene.opens(WMT);
    scene.watch.reload();
    scene.quote(WMT, "94", scene.now().minusMillis(250));
    scene.awaitTold(position, 1);

    assertThat(timer("watch.quote.exchange.age").max(TimeUnit.MILLISECONDS))
        .isBetween(250.0, 251.0);
    assertThat(timer("watch.quote.arrived.to.judged").count()).isOne();
    assertThat(timer("watch.breach.to.sent").count()).isOne();
    assertThat(timer("watch.sent.to.answered").count()).isOne();
    assertThat(timer("watch.accepted.to.filled").count()).isZero();

    scene.passes(Duration.ofSeconds(2));
    scene.account.fills(scene.account.exits().getFirst().id());
    OrderView filled =
        scene.account.orderByClientId(scene.armed(position, 1, 1).clientOrderId()).orElseThrow();
    scene.watch.onOrder(update(filled));
    scene.watch.onOrder(update(filled));
    assertThat(timer("watch.accepted.to.filled").count()).as("told twice").isOne();
    assertThat(timer("watch.accepted.to.filled").totalTime(TimeUnit.SECONDS)).isBetween(1.9, 2.1);
  }

  private OrderUpdate update(OrderView order) {
    return new OrderUpdate(
        OrderEvent.FILL,
        "fill",
        order,
        Optional.empty(),
        "execution",
        Instant.EPOCH,
        scene.nanos.get());
  }

  @Test
  @DisplayName("what is held shows this watch, and after it the next one of this process")
  void whatIsHeldShowsThisWatchAndThenTheNext() throws Exception {
    scene.opens(WMT);
    PositionId paused = scene.position(WatchScene.DE);
    scene.permissions.disarm(paused, 1);
    scene.watch.reload();
    assertThat(gauge("watch.holder")).isZero();
    assertThat(age("watch.heartbeat.age")).isNaN();

    WatchMeters.Holding first = scene.meters.holds(scene.watch);
    assertThat(gauge("watch.holder")).isOne();
    assertThat(gauge("watch.positions")).isEqualTo(2);
    assertThat(gauge("watch.armed")).isOne();
    scene.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(age("watch.heartbeat.age")).isEqualTo(2);
    assertThat(age("watch.pulse.age")).isEqualTo(2);
    first.beats();
    assertThat(age("watch.heartbeat.age")).isZero();

    try (WatchScene next = new WatchScene()) {
      WatchMeters.Holding second = scene.meters.holds(next.watch);
      first.close();
      assertThat(gauge("watch.holder")).as("the first ends after the next began").isOne();
      assertThat(gauge("watch.positions")).isZero();
      assertThat(scene.registry.get("watch.takeovers").counter().count()).isEqualTo(2);
      second.close();
      assertThat(gauge("watch.holder")).isZero();
    }
  }

  @Test
  @DisplayName("gaps are counted, and the time polled, but not what is followed anew or a night")
  void gapsAreCountedAndTheTimePolled() throws Exception {
    scene.opens(WMT);
    scene.watch.reload();
    scene.meters.holds(scene.watch);
    scene.meters.onEvent(new FeedEvent.GapBegun(Map.of(WMT, Unserved.PENDING)));
    assertThat(scene.registry.get("watch.stream.gaps").counter().count()).isZero();
    scene.meters.onEvent(new FeedEvent.GapBegun(Map.of(WMT, Unserved.DOWN)));
    assertThat(scene.registry.get("watch.stream.gaps").counter().count()).isOne();

    scene.watch.refresh();
    scene.passes(Duration.ofSeconds(5));
    scene.watch.refresh();
    assertThat(polled()).as("all served").isZero();
    scene.inputs.unserved = Map.of(WMT, Unserved.DOWN);
    scene.passes(Duration.ofSeconds(5));
    scene.watch.refresh();
    assertThat(polled()).isEqualTo(5);
    assertThat(gauge("watch.stream.unserved")).isOne();
    scene.isClosedToday();
    scene.watch.refresh();
    scene.passes(Duration.ofHours(1));
    scene.watch.refresh();
    assertThat(polled()).as("nothing is polled while the market is closed").isEqualTo(5);
  }

  private double polled() {
    return scene.registry.get("watch.stream.polled").functionCounter().count();
  }

  @Test
  void eachHasADescriptionAndTheAccount() {
    assertThat(scene.registry.getMeters())
        .isNotEmpty()
        .allSatisfy(
            meter -> {
              Meter.Id id = meter.getId();
              assertThat(id.getTag("account")).as(id.getName()).isEqualTo("tiny");
              assertThat(id.getName()).startsWith("watch.");
              if (id.getTag("phi") == null) {
                assertThat(id.getDescription()).as(id.getName()).isNotBlank();
              }
            });
  }
}
