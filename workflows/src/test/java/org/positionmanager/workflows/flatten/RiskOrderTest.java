package org.positionmanager.workflows.flatten;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What is closed first where not all can be closed at once. */
class RiskOrderTest {
  private static OpenPosition position(
      String symbol, int held, String price, boolean watched, Phase phase) {
    return new OpenPosition(
        new PositionId(FakeAccount.LARGE, Instrument.parse(symbol), UUID.randomUUID()),
        Strategy.SWING_TRADE,
        phase,
        Quantity.of(held),
        Optional.ofNullable(price).map(Price::parse),
        watched);
  }

  private static List<String> order(OpenPosition... positions) {
    List<OpenPosition> shuffled = new ArrayList<>(List.of(positions));
    Collections.shuffle(shuffled, new Random(7));
    return RiskOrder.of(shuffled).stream().map(it -> it.id().instrument().symbol()).toList();
  }

  @Test
  void theLargerNotionalGoesFirstWithTheMultiplierOfOptions() {
    assertThat(
            order(
                position("WMT", 10, "100", true, Phase.PROTECTED), // 1,000
                position("NOW260220P00110000", 3, "4", true, Phase.PROTECTED), // 1,200
                position("F", 100, "9.99", true, Phase.PROTECTED))) // 999
        .containsExactly("NOW260220P00110000", "WMT", "F");
  }

  @Test
  void whatNoWatchProtectsGoesBeforeLargerThingsThatOneDoes() {
    assertThat(
            order(
                position("DE", 100, "600", true, Phase.PROTECTED),
                position("F", 1, "12", false, Phase.PROTECTED)))
        .containsExactly("F", "DE");
  }

  @Test
  void whatHasNoKnownPriceCountsAsTheLargest() {
    assertThat(
            order(
                position("DE", 100, "600", true, Phase.PROTECTED),
                position("F", 1, null, true, Phase.EXITING)))
        .containsExactly("F", "DE");
  }

  @Test
  void whatHoldsNothingYetGoesLast() {
    assertThat(
            order(
                position("KO", 0, null, false, Phase.AWAITING_ENTRY),
                position("F", 1, "12", true, Phase.PROTECTED)))
        .containsExactly("F", "KO");
  }
}
