package org.positionmanager.activities.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.broker.HoldingValue;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.MaxHold;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What open positions would lose at their stops, and what counts as unknown. */
class OpenRiskTest {
  private static final Instant AT = Instant.parse("2026-02-11T15:00:00Z");
  private static final String PUT = "NOW260220P00110000";
  private static final ExitRule STOP = new StopLoss(new Level.AtGain(Percent.of(-20)));

  private static OpenRisk.Position position(
      String symbol, Direction direction, String entry, int quantity, ExitRule rule) {
    PositionId id =
        new PositionId(new AccountName("large"), Instrument.parse(symbol), UUID.randomUUID());
    Basis basis =
        new Basis(
            id.instrument(),
            direction,
            Price.parse(entry),
            Quantity.of(quantity),
            Price.parse(entry),
            AT);
    return new OpenRisk.Position(
        id,
        Phase.PROTECTED,
        Strategy.SWING_TRADE,
        Optional.of(basis),
        Optional.of(
            new Plan(
                1,
                List.of(rule),
                new ExitStyle.MarketNow(),
                Duration.ofMinutes(1),
                Duration.ofMinutes(2))),
        false);
  }

  private static OpenRisk.Total total(String price, OpenRisk.Position... positions) {
    return OpenRisk.of(
        List.of(positions),
        Map.of(positions[0].id().instrument(), Price.parse(price)),
        AT.plusSeconds(60));
  }

  private static OpenRisk.Total known(String amount) {
    return new OpenRisk.Total(Money.parse(amount), 0);
  }

  @Test
  void aLongRisksTheWayFromItsPriceDownToItsStop() {
    OpenRisk.Position shares = position("WMT", Direction.LONG, "100", 5, STOP);
    assertThat(total("110", shares)).isEqualTo(known("150"));
    assertThat(total("80.01", shares)).isEqualTo(known("0.05"));
    assertThat(total("80", shares)).as("at the stop").isEqualTo(known("0"));
    assertThat(total("70", shares)).as("beyond it").isEqualTo(known("0"));
  }

  @Test
  void aShortRisksTheWayUp() {
    OpenRisk.Position shares = position("WMT", Direction.SHORT, "100", 5, STOP);
    assertThat(total("110", shares)).isEqualTo(known("50"));
    assertThat(total("130", shares)).isEqualTo(known("0"));
  }

  @Test
  void contractsCountTheirMultiplier() {
    assertThat(total("5", position(PUT, Direction.LONG, "5", 2, STOP))).isEqualTo(known("200"));
  }

  @Test
  void whatIsClosedAlreadyRisksNothing() {
    OpenRisk.Position whole = position("WMT", Direction.LONG, "100", 5, STOP);
    OpenRisk.Position rest =
        new OpenRisk.Position(
            whole.id(),
            whole.phase(),
            whole.strategy(),
            whole.basis().map(it -> it.closing(Quantity.of(3))),
            whole.plan(),
            false);
    assertThat(total("100", rest)).isEqualTo(known("40"));
  }

  @Test
  void withoutAStopOrAPriceItIsUnknownAndNeverZero() {
    OpenRisk.Position timed =
        position("WMT", Direction.LONG, "100", 5, new MaxHold(Duration.ofHours(1)));
    OpenRisk.Position shares = position("WMT", Direction.LONG, "100", 5, STOP);
    OpenRisk.Position unpriced = position(PUT, Direction.LONG, "5", 2, STOP);
    OpenRisk.Position paused =
        new OpenRisk.Position(
            shares.id(), shares.phase(), shares.strategy(), shares.basis(), shares.plan(), true);
    assertThat(total("100", shares, timed, unpriced, paused))
        .isEqualTo(new OpenRisk.Total(Money.parse("100"), 3));
  }

  @Test
  void anEntryThatIsNotFilledRisksNothing() {
    OpenRisk.Position shares = position("WMT", Direction.LONG, "100", 5, STOP);
    OpenRisk.Position awaited =
        new OpenRisk.Position(
            shares.id(),
            Phase.AWAITING_ENTRY,
            shares.strategy(),
            Optional.empty(),
            Optional.empty(),
            false);
    assertThat(total("100", awaited)).isEqualTo(known("0"));
  }

  @Test
  void theUnrealisedProfitIsUnknownAsSoonAsOneIs() {
    HoldingValue known =
        new HoldingValue(
            Instrument.parse("WMT"), Optional.empty(), Optional.of(Money.parse("-7.5")));
    HoldingValue unknown =
        new HoldingValue(Instrument.parse("KO"), Optional.empty(), Optional.empty());
    assertThat(AccountStanding.unrealisedOf(List.of(known, known))).contains(Money.parse("-15"));
    assertThat(AccountStanding.unrealisedOf(List.of(known, unknown))).isEmpty();
    assertThat(AccountStanding.unrealisedOf(List.of())).contains(Money.ZERO);
  }
}
