package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.activities.watch.WatchScene.DE;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What reviews may go by without asking the broker. */
@Timeout(60)
class LiveSightsTest {
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

  private final WatchScene scene = new WatchScene();
  private PositionId position;

  @BeforeEach
  void onePosition() throws Exception {
    position = scene.opens(WMT);
    scene.watch.reload();
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private Optional<Quantity> steady(Instrument instrument, Direction direction) {
    return scene.watch.steady(instrument, direction).map(Holding::quantity);
  }

  private Optional<Quantity> steady() {
    return steady(WMT, Direction.LONG);
  }

  private void isReadAfter(Duration time) throws Exception {
    scene.passes(time);
    scene.watch.reload();
  }

  @Test
  void aQuoteIsGoodForAsLongAsItsInstrumentIsHeardOf() {
    assertThat(scene.watch.quote(WMT)).isEmpty();
    scene.price(WMT, "99");
    assertThat(scene.watch.quote(WMT).orElseThrow().mid()).isEqualTo(Price.parse("99"));
    scene.passes(Duration.ofMillis(44_900));
    assertThat(scene.watch.quote(WMT)).isPresent();
    scene.passes(Duration.ofMillis(200));
    assertThat(scene.watch.quote(WMT)).isEmpty();
    assertThat(scene.watch.quote(DE)).isEmpty();
  }

  @Test
  void aHoldingIsSteadyOnceTwoReadsTenSecondsApartAgree() throws Exception {
    assertThat(steady()).as("one read").isEmpty();
    isReadAfter(Duration.ofMillis(9_900));
    assertThat(steady()).as("two reads, 9.9 s apart").isEmpty();
    isReadAfter(Duration.ofMillis(100));
    assertThat(steady()).contains(Quantity.of(10));
    assertThat(steady(WMT, Direction.SHORT)).isEmpty();
    assertThat(steady(DE, Direction.LONG)).as("not held").isEmpty();
  }

  @Test
  void aHoldingThatChangedIsNotSteady() throws Exception {
    isReadAfter(HALF_A_MINUTE);
    scene.account.holds(WMT, 4);
    isReadAfter(HALF_A_MINUTE);
    assertThat(steady()).isEmpty();
    isReadAfter(HALF_A_MINUTE);
    assertThat(steady()).contains(Quantity.of(4));
  }

  @Test
  void afterAnOrderUpdateAHoldingHasToBeReadFirst() throws Exception {
    isReadAfter(HALF_A_MINUTE);
    scene.watch.ordersMoved();
    assertThat(steady()).isEmpty();
    scene.watch.refresh();
    assertThat(steady()).contains(Quantity.of(10));
  }

  @Test
  void whatAnExitHasTakenIsNotSteady() throws Exception {
    isReadAfter(HALF_A_MINUTE);
    scene.price(WMT, "94");
    scene.awaitTold(position, 1);
    assertThat(steady()).isEmpty();
  }

  @Test
  void aHoldingThatWasNotReadForLongIsNotSteady() throws Exception {
    isReadAfter(HALF_A_MINUTE);
    scene.passes(Duration.ofSeconds(45));
    assertThat(steady()).contains(Quantity.of(10));
    scene.passes(Duration.ofMillis(100));
    assertThat(steady()).isEmpty();
  }

  @Test
  void afterAStandstillNothingIsKnownUntilItWasReadAnew() throws Exception {
    isReadAfter(HALF_A_MINUTE);
    scene.price(WMT, "99");
    scene.standsStill(Duration.ofSeconds(5));
    assertThat(steady()).isEmpty();
    assertThat(scene.watch.quote(WMT)).isEmpty();
    scene.watch.pulse();
    scene.watch.reload();
    assertThat(steady()).contains(Quantity.of(10));
    assertThat(scene.watch.quote(WMT)).isPresent();
  }
}
