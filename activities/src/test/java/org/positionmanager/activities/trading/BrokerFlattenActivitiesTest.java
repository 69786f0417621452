package org.positionmanager.activities.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.flatten.CloseReply;
import org.positionmanager.workflows.flatten.CloseReply.Status;
import org.positionmanager.workflows.flatten.FlattenRequest;
import org.positionmanager.workflows.flatten.OpenPosition;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.CloseAnswer;
import org.positionmanager.workflows.position.CloseCommand;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/** What a flatten sees of an account, and what it understands of a position's answer. */
class BrokerFlattenActivitiesTest {
  private static final AccountName TINY = new AccountName("tiny");
  private static final Instant NOW = Instant.parse("2026-02-11T15:00:00Z");
  private static final Instrument WMT = Instrument.parse("WMT");
  private static final PositionId ADOPTED = position();
  private static final PositionId AGAIN = position();

  private final FakeBroker broker = new FakeBroker();
  private final Book book = new Book();
  private final Workflows workflows = new Workflows();
  private final BrokerFlattenActivities activities =
      new BrokerFlattenActivities(
          broker,
          broker,
          new OpenAllDay(),
          book,
          workflows,
          (holding, isOver) -> Stream.of(ADOPTED, AGAIN).filter(isOver.negate()).findFirst().get(),
          new ActivityScope() {
            @Override
            public void heartbeat(String detail) {}

            @Override
            public Duration timeAllowed() {
              return Duration.ofMinutes(1);
            }

            @Override
            public Duration heartbeatTimeout() {
              throw new UnsupportedOperationException();
            }

            @Override
            public void sleep(Duration time) {}
          },
          Duration.ofSeconds(1));

  private static final class OpenAllDay implements ExchangeCalendar {
    @Override
    public List<TradingSession> sessions(LocalDate fromInclusive, LocalDate toInclusive) {
      return List.of();
    }

    @Override
    public MarketMoment moment() {
      TradingSession session =
          new TradingSession(
              LocalDate.of(2026, 2, 11), NOW.minusSeconds(60), NOW.plus(Duration.ofHours(6)));
      return new MarketMoment(NOW, Optional.of(session), session, 1);
    }
  }

  private static final class Book implements FlattenBook {
    final List<OpenPosition> open = new ArrayList<>();
    final Map<PositionId, Standing> standings = new HashMap<>();

    @Override
    public void halt(String by, String reason) {}

    @Override
    public void keep(List<FlattenRequest> asked) {}

    @Override
    public void ended(List<String> ids) {}

    @Override
    public List<OpenPosition> open() {
      return open;
    }

    @Override
    public Optional<Standing> standingOf(PositionId position) {
      return Optional.ofNullable(standings.get(position));
    }

    @Override
    public void tellTrouble(Optional<String> trouble) {}
  }

  private static final class Workflows implements PositionWorkflows {
    final List<PositionState> started = new ArrayList<>();
    Optional<CloseAnswer> answer = Optional.empty();
    Optional<String> refusal = Optional.empty();

    @Override
    public void start(PositionState state) {
      started.add(state);
    }

    @Override
    public CloseAnswer close(PositionId position, CloseCommand command, Runnable beat)
        throws NoWorkflow, Refused {
      if (refusal.isPresent()) {
        throw new Refused(refusal.get(), null);
      }
      return answer.orElseThrow(() -> new NoWorkflow(null));
    }
  }

  private static PositionId position() {
    return new PositionId(TINY, WMT, UUID.randomUUID());
  }

  private static Holding held(Direction direction) {
    return new Holding(WMT, direction, Quantity.of(5), Quantity.of(5), Price.parse("120"));
  }

  private static OrderView order(String id, String clientId, Side side) {
    return new OrderView(
        new BrokerOrderId(id),
        clientId,
        WMT,
        side,
        OrderStatus.WORKING,
        "new",
        Quantity.of(5),
        Quantity.ZERO,
        Optional.empty(),
        NOW,
        NOW);
  }

  private CloseReply ask(PositionId position) {
    return activities.askClose(
        position, new CloseCommand("c-1", Optional.empty(), "ann", Optional.empty()));
  }

  @Test
  void anOrderThatClosesWhatIsHeldIsNoOpening() {
    broker.holdings.add(held(Direction.LONG));
    broker.orders.add(order("stop", "theirs-1", Side.SELL));
    broker.orders.add(order("more", "theirs-2", Side.BUY));
    assertThat(activities.look(TINY).openings()).containsExactly(new BrokerOrderId("more"));
  }

  @Test
  void aSaleOfWhatIsNotHeldIsAnOpeningForItWouldTurnTheAccountShort() {
    broker.orders.add(order("orphan", "theirs-1", Side.SELL));
    assertThat(activities.look(TINY).openings()).containsExactly(new BrokerOrderId("orphan"));
  }

  @Test
  void exitsOfOursAndAwaitedEntriesAreLeftToTheirPositions() {
    PositionId awaiting = position();
    broker.orders.add(order("exit", ClientOrderId.of(position(), 1, 1).toString(), Side.SELL));
    broker.orders.add(order("entry", "theirs-1", Side.BUY));
    book.open.add(
        new OpenPosition(
            awaiting,
            Strategy.STOCK,
            Phase.AWAITING_ENTRY,
            Quantity.ZERO,
            Optional.empty(),
            false));
    assertThat(activities.look(TINY).openings()).isEmpty();
  }

  @Test
  void aPositionWithoutAQuoteIsPricedAtItsEntry() {
    book.open.add(
        new OpenPosition(
            position(),
            Strategy.STOCK,
            Phase.PROTECTED,
            Quantity.of(5),
            Optional.of(Price.parse("120")),
            true));
    assertThat(activities.look(TINY).open().getFirst().price()).contains(Price.parse("120"));
  }

  @Test
  void whatIsAdoptedIsTakenOverAsItIsHeldUnderTheIdThatASyncTakes() {
    assertThat(activities.adopt(TINY, held(Direction.SHORT))).isEqualTo(ADOPTED);
    PositionState started = workflows.started.getFirst();
    assertThat(started.id()).isEqualTo(ADOPTED);
    assertThat(started.terms().adoptHolding()).isTrue();
    assertThat(started.terms().direction()).isEqualTo(Direction.SHORT);
    assertThat(started.phase()).isEqualTo(Phase.AWAITING_ENTRY);
  }

  @Test
  void whatWasAdoptedAndClosedBeforeIsAnotherPosition() {
    book.standings.put(ADOPTED, new FlattenBook.Standing(Phase.PROTECTED, Money.ZERO));
    assertThat(activities.adopt(TINY, held(Direction.LONG))).as("the same").isEqualTo(ADOPTED);
    book.standings.put(ADOPTED, new FlattenBook.Standing(Phase.CLOSED, Money.ZERO));
    assertThat(activities.adopt(TINY, held(Direction.LONG))).isEqualTo(AGAIN);
  }

  @ParameterizedTest
  @CsvSource({
    "CLOSED, true, CLOSED",
    "NEVER_OPENED, true, CLOSED",
    "PROTECTED, true, PART",
    "PROTECTED, false, UNDER_WAY",
    "EXITING, false, UNDER_WAY",
    "AWAITING_ENTRY, false, UNDER_WAY"
  })
  void aPositionsAnswerIsUnderstood(Phase phase, boolean done, Status status) {
    workflows.answer =
        Optional.of(
            new CloseAnswer(
                phase, Optional.empty(), Optional.empty(), Money.ZERO, done, "in words"));
    assertThat(ask(position()).status()).isEqualTo(status);
    assertThat(ask(position()).message()).isEqualTo("in words");
  }

  @ParameterizedTest
  @CsvSource({"CLOSED, CLOSED", "NEVER_OPENED, CLOSED", "PROTECTED, LOST", "EXITING, LOST"})
  void whereNoWorkflowRunsTheLedgerTellsWhetherItIsOverOrLost(Phase phase, Status status) {
    PositionId id = position();
    book.standings.put(id, new FlattenBook.Standing(phase, Money.parse("12")));
    assertThat(ask(id).status()).isEqualTo(status);
  }

  @Test
  void aRefusalOfOneThatIsNotOverIsAskedAgain() {
    PositionId id = position();
    book.standings.put(id, new FlattenBook.Standing(Phase.PROTECTED, Money.ZERO));
    workflows.refusal = Optional.of("quantity must be at most 5");
    assertThat(ask(id).status()).isEqualTo(Status.UNANSWERED);
    assertThat(ask(id).message()).contains("quantity must be at most 5");
  }

  @Test
  void anotherAccountsFlattenNeverReachesThisBroker() {
    AccountName other = new AccountName("large");
    assertThatThrownBy(() -> activities.look(other)).isInstanceOf(ApplicationFailure.class);
    assertThatThrownBy(() -> activities.haltIntake(other, "ann", "x"))
        .isInstanceOf(ApplicationFailure.class);
    assertThatThrownBy(() -> activities.cancelOpenings(other, List.of()))
        .isInstanceOf(ApplicationFailure.class);
    assertThatThrownBy(() -> ask(new PositionId(other, WMT, UUID.randomUUID())))
        .isInstanceOf(ApplicationFailure.class);
  }
}
