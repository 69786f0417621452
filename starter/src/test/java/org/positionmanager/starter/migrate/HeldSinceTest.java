package org.positionmanager.starter.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.broker.Fill;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/** Since when something is held. */
class HeldSinceTest {
  private static final Instant NOON = Instant.parse("2026-02-11T17:00:00Z");

  private static Fill fill(String symbol, Side side, int quantity, int minute) {
    return new Fill(
        "f" + minute,
        new BrokerOrderId("o" + minute),
        Instrument.parse(symbol),
        side,
        Quantity.of(quantity),
        Price.parse("10"),
        NOON.plusSeconds(60L * minute));
  }

  private static Optional<Instant> since(Direction direction, int held, Fill... fills) {
    Quantity all = Quantity.of(held);
    return HeldSince.of(
        new Holding(Instrument.parse("DE"), direction, all, all, Price.parse("10")),
        List.of(fills));
  }

  @Test
  void itBeganWhenNothingWasHeldBefore() {
    assertThat(
            since(
                Direction.LONG,
                7,
                fill("DE", Side.BUY, 10, 1),
                fill("DE", Side.SELL, 10, 2),
                fill("DE", Side.BUY, 4, 3),
                fill("WMT", Side.BUY, 7, 4),
                fill("DE", Side.BUY, 6, 5),
                fill("DE", Side.SELL, 3, 6)))
        .contains(NOON.plusSeconds(180));
    assertThat(
            since(
                Direction.SHORT,
                2,
                fill("DE", Side.BUY, 5, 1),
                fill("DE", Side.SELL, 3, 2),
                fill("DE", Side.BUY, 1, 3)))
        .contains(NOON.plusSeconds(120));
  }

  @Test
  void fillsThatDoNotReachBackSoFarOrDoNotAddUpSayNothing() {
    assertThat(since(Direction.LONG, 10)).isEmpty();
    assertThat(since(Direction.LONG, 10, fill("DE", Side.BUY, 4, 1))).isEmpty();
    assertThat(since(Direction.LONG, 10, fill("DE", Side.BUY, 40, 1)))
        .as("a reverse split")
        .isEmpty();
  }
}
