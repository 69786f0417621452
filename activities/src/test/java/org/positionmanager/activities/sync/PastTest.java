package org.positionmanager.activities.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.broker.AccountActivity;
import org.positionmanager.activities.trading.FakeBroker;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.sync.Closing;
import org.positionmanager.workflows.sync.Opening;
import org.positionmanager.workflows.sync.ShareChange;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/** What the broker's activities are taken for. */
class PastTest {
  private static final Instrument OLD = Instrument.parse("DE");
  private static final Instrument NEW = Instrument.parse("DEER");
  private static final Instant SINCE = Instant.parse("2026-02-01T00:00:00Z");
  private final FakeBroker broker = new FakeBroker();

  private AccountActivity tells(String id, String type, Instrument of, String quantity) {
    AccountActivity activity =
        new AccountActivity(
            id,
            type,
            Optional.of(of),
            new BigDecimal(quantity),
            Optional.empty(),
            LocalDate.of(2026, 2, 11));
    broker.activities.add(activity);
    return activity;
  }

  private List<ShareChange> changes() {
    return Past.changes(Past.activities(broker, SINCE), instrument -> true);
  }

  @Test
  void aChangeOfSymbolIsToldAsWhatLeftAndAsWhatCame() {
    tells("20260211120000000::1", "NC", OLD, "-10");
    tells("20260211120000000::2", "NC", NEW, "10");
    Instant at = Instant.parse("2026-02-11T12:00:00Z");
    assertThat(changes())
        .containsExactly(
            new ShareChange(
                "20260211120000000::1", OLD, new BigDecimal("10"), Optional.of(NEW), at),
            new ShareChange(
                "20260211120000000::2", NEW, new BigDecimal("-10"), Optional.of(OLD), at));
  }

  @Test
  void whichOfSeveralNewNamesItWasIsNotGuessed() {
    tells("1", "NC", OLD, "-10");
    tells("2", "NC", NEW, "10");
    tells("3", "NC", Instrument.parse("OTHER"), "10");
    assertThat(changes()).noneMatch(change -> change.instrument().equals(OLD));
  }

  @Test
  void splitsAndTheEndsOfContractsAreToldApart() {
    Instrument call = Instrument.parse("NOW260220P00110000");
    tells("1", "SPLIT", OLD, "10");
    tells("2", "OPEXP", call, "-2");
    tells("3", "OPTRD", NEW, "100");
    List<AccountActivity> all = Past.activities(broker, SINCE);
    Past past = Past.read(broker, all, Set.of(OLD, call, NEW), SINCE);
    assertThat(past.changes())
        .singleElement()
        .satisfies(change -> assertThat(change.to()).isEmpty());
    assertThat(past.closings())
        .singleElement()
        .satisfies(
            closing -> {
              assertThat(closing.kind()).isEqualTo(Closing.Kind.EXPIRED);
              assertThat(closing.closes()).isEqualTo(Direction.LONG);
            });
    assertThat(past.openings())
        .singleElement()
        .satisfies(opening -> assertThat(opening.direction()).isEqualTo(Direction.LONG));
    assertThat(Past.read(broker, all, Set.of(), SINCE)).isEqualTo(Past.NONE);
  }

  @Test
  void sharesThatWereDeliveredCloseWhatWasHeldTheOtherWay() {
    broker.activities.add(
        new AccountActivity(
            "20260211120000000::9",
            "OPTRD",
            Optional.of(OLD),
            new BigDecimal("-100"),
            Optional.of(Price.parse("110")),
            LocalDate.of(2026, 2, 11)));
    Past past = Past.read(broker, Past.activities(broker, SINCE), Set.of(OLD), SINCE);
    assertThat(past.openings())
        .extracting(Opening::direction, Opening::evidence)
        .containsExactly(tuple(Direction.SHORT, "activity:20260211120000000::9"));
    assertThat(past.closings())
        .containsExactly(
            new Closing(
                OLD,
                Direction.LONG,
                Closing.Kind.FILLED,
                new ClosingFill(
                    new BrokerOrderId("activity:20260211120000000::9"),
                    "",
                    Quantity.of(100),
                    Price.parse("110"),
                    Instant.parse("2026-02-11T12:00:00Z"))));
  }

  @Test
  void ordersOfManyInstrumentsAreAskedForAtOnce() {
    Set<Instrument> few = instruments(3);
    Set<Instrument> many = instruments(4);
    broker.orders.addAll(Stream.of("S1", "S4", "S9").map(PastTest::filled).toList());
    Past.read(broker, List.of(), few, SINCE);
    assertThat(broker.ordersAskedOf).hasSize(3).allMatch(Optional::isPresent);
    broker.ordersAskedOf.clear();
    Past past = Past.read(broker, List.of(), many, SINCE);
    assertThat(broker.ordersAskedOf).containsExactly(Optional.empty());
    assertThat(past.openings())
        .extracting(opening -> opening.instrument().symbol())
        .containsExactly("S1", "S4");
  }

  private static Set<Instrument> instruments(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> Instrument.parse("S" + number))
        .collect(Collectors.toSet());
  }

  private static OrderView filled(String symbol) {
    Instant at = SINCE.plusSeconds(60);
    return new OrderView(
        new BrokerOrderId("o-" + symbol),
        "",
        Instrument.parse(symbol),
        Side.BUY,
        OrderStatus.FILLED,
        "filled",
        Quantity.of(1),
        Quantity.of(1),
        Optional.of(Price.parse("10")),
        at,
        at);
  }
}
