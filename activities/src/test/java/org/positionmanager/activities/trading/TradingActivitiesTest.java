package org.positionmanager.activities.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.broker.ExchangeClock;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.broker.ExitReadiness;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

class TradingActivitiesTest {
  private static final Instant NOON = Instant.parse("2026-02-10T17:00:00Z");
  private static final PositionId POSITION =
      PositionId.parse("tiny/NOW260220P00110000/7f1c0000-0000-4000-8000-000000000001");
  private static final PositionId OTHER =
      PositionId.parse("tiny/NOW260220P00110000/7f1c0000-0000-4000-8000-000000000002");
  private static final Instrument PUT = POSITION.instrument();
  private static final ClientOrderId ID = ClientOrderId.of(POSITION, 1, 1);

  private final FakeBroker broker = new FakeBroker();
  private final AccountReads reads = new AccountReads(broker, broker);
  private final ExchangeClock clock =
      new ExchangeClock() {
        @Override
        public Instant now() {
          return NOON;
        }

        @Override
        public double speed() {
          return 1;
        }
      };
  private final ExchangeCalendar calendar =
      new ExchangeCalendar() {
        @Override
        public List<TradingSession> sessions(LocalDate from, LocalDate to) {
          return List.of(new TradingSession(to, NOON, NOON.plusSeconds(60)));
        }

        @Override
        public MarketMoment moment() {
          TradingSession today = sessions(LocalDate.EPOCH, LocalDate.of(2026, 2, 10)).getFirst();
          return new MarketMoment(NOON, Optional.of(today), today, 1);
        }
      };
  private final BrokerEntryActivities entries = new BrokerEntryActivities(broker, reads, clock);
  private final BrokerExitActivities exits =
      new BrokerExitActivities(broker, reads, calendar, new Scope(), System::nanoTime);

  private static final class Scope implements ActivityScope {
    @Override
    public void heartbeat(String detail) {}

    @Override
    public Duration timeAllowed() {
      return Duration.ofMillis(20);
    }

    @Override
    public Duration heartbeatTimeout() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void sleep(Duration time) {}
  }

  private OrderView order(
      String id, String clientId, Side side, OrderStatus status, long quantity, long filled) {
    OrderView order =
        new OrderView(
            new BrokerOrderId(id),
            clientId,
            PUT,
            side,
            status,
            status.name(),
            Quantity.of(quantity),
            Quantity.of(filled),
            filled == 0 ? Optional.empty() : Optional.of(Price.parse("4.80")),
            NOON,
            NOON);
    broker.orders.add(order);
    return order;
  }

  private void holds(Direction direction, long quantity, long available) {
    broker.holdings.add(
        new Holding(
            PUT, direction, Quantity.of(quantity), Quantity.of(available), Price.parse("4.80")));
  }

  private EntrySighting find(boolean adopt) {
    return find(adopt, Quantity.of(2));
  }

  private EntrySighting find(boolean adopt, Quantity announced) {
    Strategy strategy = Strategy.values()[0];
    EntryTerms terms =
        adopt
            ? EntryTerms.ofHolding(strategy, Direction.LONG, announced, NOON)
            : EntryTerms.of(strategy, Direction.LONG, announced, NOON);
    return entries.findEntry(POSITION, terms);
  }

  private ExitReadiness prepare(long wanted) {
    return exits.prepareExit(POSITION, ID, Direction.LONG, Quantity.of(wanted));
  }

  @Test
  @DisplayName("incident 20: a closing sell is never taken for an entry")
  void closingOrderIsNoEntry() {
    order("sell", "x", Side.SELL, OrderStatus.FILLED, 2, 2);
    assertThat(find(false)).isInstanceOf(EntrySighting.NotFound.class);
  }

  @Test
  void aFilledEntryStaysFilledWhenNothingIsHeldAnyMore() {
    order("buy", "x", Side.BUY, OrderStatus.FILLED, 2, 2);
    assertThat(find(false)).isInstanceOf(EntrySighting.Filled.class);
  }

  @Test
  void aCancelledEntryCountsByWhatFilled() {
    order("buy", "x", Side.BUY, OrderStatus.CANCELED, 2, 1);
    assertThat(find(false))
        .isEqualTo(new EntrySighting.Filled(Quantity.of(1), Price.parse("4.8"), NOON));
  }

  @Test
  void anAdoptedHoldingIsTakenWhole() {
    holds(Direction.LONG, 5, 5);
    assertThat(find(true, Quantity.ZERO))
        .isEqualTo(new EntrySighting.Filled(Quantity.of(5), Price.parse("4.8"), NOON));
  }

  @Test
  void ofAHoldingThatOthersTrackInPartNoMoreIsTakenThanWasToBeAdopted() {
    holds(Direction.LONG, 5, 5);
    assertThat(find(true, Quantity.of(2)))
        .isEqualTo(new EntrySighting.Filled(Quantity.of(2), Price.parse("4.8"), NOON));
    assertThat(find(true, Quantity.of(9)))
        .isEqualTo(new EntrySighting.Filled(Quantity.of(5), Price.parse("4.8"), NOON));
  }

  @Test
  @DisplayName("incident 3: an exit is never larger than what is held")
  void neverMoreThanHeld() {
    holds(Direction.LONG, 3, 3);
    assertThat(prepare(10))
        .isInstanceOfSatisfying(
            ExitReadiness.Ready.class,
            ready -> assertThat(ready.sendable()).isEqualTo(Quantity.of(3)));
  }

  @Test
  @DisplayName("incident 4: holdings are read first, and a holding the other way is nothing held")
  void nothingHeldIsNotSent() {
    assertThat(prepare(1)).isInstanceOf(ExitReadiness.NothingHeld.class);
    holds(Direction.SHORT, 1, 1);
    assertThat(prepare(1)).isInstanceOf(ExitReadiness.NothingHeld.class);
  }

  @Test
  void whereNothingIsLeftToCloseOnlyTheOrderIsLookedFor() {
    holds(Direction.LONG, 5, 5);
    assertThat(prepare(0)).as("the five are others'").isInstanceOf(ExitReadiness.NothingHeld.class);
    order("mine", ID.toString(), Side.SELL, OrderStatus.WORKING, 1, 0);
    assertThat(prepare(0)).isInstanceOf(ExitReadiness.AlreadySent.class);
  }

  @Test
  @DisplayName("incident 5: an exit found under its own id is never sent again")
  void foundUnderItsId() {
    order("mine", ID.toString(), Side.SELL, OrderStatus.FILLED, 1, 1);
    holds(Direction.LONG, 1, 1);
    assertThat(prepare(1)).isInstanceOf(ExitReadiness.AlreadySent.class);
  }

  @Test
  void bracketsHoldTheQuantityButOtherExitsOfOursOnlyReduceIt() {
    holds(Direction.LONG, 5, 3);
    order("other", ClientOrderId.of(OTHER, 1, 1).toString(), Side.SELL, OrderStatus.WORKING, 2, 0);
    assertThat(prepare(5))
        .isInstanceOfSatisfying(
            ExitReadiness.Ready.class,
            ready -> assertThat(ready.sendable()).isEqualTo(Quantity.of(3)));
    order("leg", "bracket", Side.SELL, OrderStatus.WORKING, 3, 0);
    assertThat(prepare(5)).isInstanceOf(ExitReadiness.HeldByOrders.class);
  }

  @Test
  @DisplayName("incident 6: a position closed elsewhere is reconciled from its real fills")
  void closedElsewhere() {
    order("person", "by-hand", Side.SELL, OrderStatus.FILLED, 2, 2);
    order("other", ClientOrderId.of(OTHER, 1, 1).toString(), Side.SELL, OrderStatus.FILLED, 1, 1);
    List<ClosingFill> found =
        exits.findClosingFills(POSITION, Direction.LONG, NOON, Quantity.of(1));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().order()).isEqualTo(new BrokerOrderId("person"));
    assertThat(found.getFirst().quantity()).isEqualTo(Quantity.of(1));
  }

  @Test
  void anUnconfirmedCancelIsRetriedNotBelieved() {
    OrderView leg = order("leg", "bracket", Side.SELL, OrderStatus.WORKING, 3, 0);
    assertThatThrownBy(() -> exits.cancelOrders(POSITION, List.of(leg.id())))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, e -> assertThat(e.getType()).isEqualTo("CANCEL_UNCONFIRMED"));
  }

  @Test
  void aCallThatArrivesDuringAReadGetsALaterOne() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger number = new AtomicInteger();
    Coalescer<String, Integer> shared =
        new Coalescer<>(
            keys -> {
              int mine = number.incrementAndGet();
              reading.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return mine;
            });
    CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> shared.get("a"));
    reading.await();
    CompletableFuture<Integer> second = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> second.complete(shared.get("b")));
    goOn.countDown();
    assertThat(first.get(5, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo(2);
  }
}
