package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.positionmanager.activities.alert.AccountLimits;
import org.positionmanager.activities.alert.AccountSnapshot;
import org.positionmanager.activities.alert.IntakeGate;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.NyseCalendar;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Rows at the gate of their account: who is let in, who waits, and when that ends. */
class IntakeAdmissionTest extends LedgerOnPostgres {
  @BeforeEach
  void migrate() {
    migrated();
  }

  private static AccountLimits positions(int limit) {
    return new AccountLimits(
            Optional.of(limit), Optional.empty(), Optional.empty(), Optional.empty())
        .asGate();
  }

  private static AccountLimits notional(String limit) {
    return new AccountLimits(
            Optional.empty(), Optional.of(Money.parse(limit)), Optional.empty(), Optional.empty())
        .asGate();
  }

  private static AccountLimits contracts(long limit) {
    return new AccountLimits(
            Optional.empty(), Optional.empty(), Optional.of(Quantity.of(limit)), Optional.empty())
        .asGate();
  }

  private static MarketMoment market(LocalDate day) {
    TradingSession session = NyseCalendar.on(day).orElseThrow();
    return new MarketMoment(
        session.openInclusive().plusSeconds(60),
        Optional.of(session),
        NyseCalendar.on(day.plusDays(1)).orElseThrow(),
        1);
  }

  private UUID stock(String account, String price) {
    UUID id = UUID.randomUUID();
    insert(
        id,
        "'WMT', 'STOCK', 'swing_trade', null, null, 5, 120, 140, 'ALPACA_PAPER', '%s'"
            .formatted(account));
    execute(
        "update dispatch_executions set entry_price = %s where execution_id = '%s'"
            .formatted(price, id));
    return id;
  }

  private UUID stock(String account) {
    return stock(account, "100");
  }

  private UUID option(int contracts) {
    UUID id = UUID.randomUUID();
    insert(
        id,
        "'NOW', 'PUT', 'swing_trade', 'NOW260220P00110000', %d, null, null, null, 'ALPACA_PAPER', 'large'"
            .formatted(contracts));
    return id;
  }

  private InboxRow.Execution read(UUID id) {
    return inbox.unread(50).stream()
        .filter(row -> row.executionId().equals(id.toString()))
        .map(InboxRow.Execution.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** What one look of an intake lets in, in its order. */
  private static List<InboxRow.Execution> takenBy(ExecutionInbox intake) {
    List<InboxRow.Execution> taken = new ArrayList<>();
    for (InboxRow row : intake.unread(50)) {
      InboxRow.Execution good = (InboxRow.Execution) row;
      if (intake.waits(good).isEmpty()) {
        intake.taken(good);
        taken.add(good);
      }
    }
    return taken;
  }

  private List<UUID> taken() {
    return takenBy(inbox).stream().map(it -> UUID.fromString(it.executionId())).toList();
  }

  private DeskReader.AccountLine line(AccountName account) {
    return new DeskReader(desk)
        .accounts().stream().filter(it -> it.name().equals(account)).findFirst().orElseThrow();
  }

  private void closes(InboxRow.Execution row) {
    new PostgresLedger(large, LARGE).record(closed(row.position()));
  }

  @Test
  @DisplayName(
      "incident 8: of 11 rows under any of the account's names 5 are let in where 5 may be open")
  void countsByTheRegisteredAccount() {
    limits.tell(LARGE, positions(5));
    List<UUID> rows =
        IntStream.range(0, 11).mapToObj(i -> stock(i % 2 == 0 ? "large" : "large-100k")).toList();
    UUID other = stock("tiny");

    List<InboxRow.Execution> first = takenBy(inbox);

    assertThat(first)
        .extracting(InboxRow.Execution::executionId)
        .containsExactlyElementsOf(
            List.of(rows.get(0), rows.get(1), rows.get(2), rows.get(3), rows.get(4), other).stream()
                .map(UUID::toString)
                .toList());
    assertThat(line(LARGE).limited()).isEqualTo(6);
    assertThat(line(LARGE).intake())
        .isEqualTo("6 rows wait for room: 5 positions are open, the limit is 5");
    assertThat(line(TINY).intake()).isEqualTo("open");
    assertThat(inbox.unread(50)).as("the oldest alone is looked at again").hasSize(1);
    assertThat(taken()).as("nothing has closed").isEmpty();

    closes(first.getFirst());
    assertThat(taken()).containsExactly(rows.get(5));
    assertThat(taken()).isEmpty();
    assertThat(line(LARGE).limited()).isEqualTo(5);
  }

  @Test
  @DisplayName("incident 8: many intakes at once let no more in than one does")
  void atOnce() throws Exception {
    limits.tell(LARGE, positions(5));
    IntStream.range(0, 11).forEach(i -> stock("large"));
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Integer>> intakes = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ExecutionInbox own = new ExecutionInbox(desk, registry);
        List<InboxRow> seen = own.unread(50);
        intakes.add(
            () ->
                (int)
                    seen.stream()
                        .map(InboxRow.Execution.class::cast)
                        .filter(row -> own.waits(row).isEmpty())
                        .peek(own::taken)
                        .map(InboxRow.Execution::executionId)
                        .count());
      }
      for (Future<Integer> each : threads.invokeAll(intakes)) {
        assertThat(each.get()).isLessThanOrEqualTo(5);
      }
    }
    assertThat(value("select count(*)::text from intake_marks where outcome = 'TAKEN'"))
        .contains("5");
    assertThat(line(LARGE).limited()).isEqualTo(6);
  }

  @Test
  @DisplayName("what was let in has its place although the intake died before it began")
  void aCrashAfterTheGate() {
    limits.tell(LARGE, positions(1));
    UUID first = stock("large");
    UUID second = stock("large");
    assertThat(inbox.waits(read(first))).isEmpty();
    assertThat(inbox.waits(read(second))).isPresent();
    InboxRow.Execution again = read(first);
    assertThat(inbox.waits(again)).as("its place is kept").isEmpty();
    inbox.failed(again, "the engine refused it");
    assertThat(inbox.waits(read(second))).as("it may have begun").isPresent();
    inbox.taken(again);
    assertThat(inbox.waits(read(second))).isPresent();
  }

  @Test
  void whatRunsAlreadyIsNotNew() {
    limits.tell(LARGE, positions(1));
    InboxRow.Execution row = read(stock("large"));
    new PostgresLedger(large, LARGE).record(PositionState.announced(row.position(), row.terms()));
    assertThat(inbox.waits(row)).as("the account is full of it").isEmpty();
    assertThat(inbox.waits(read(stock("large")))).isPresent();
  }

  @Test
  void aRowThatWasChangedIsJudgedAnew() {
    limits.tell(LARGE, contracts(10));
    UUID id = option(10);
    assertThat(inbox.waits(read(id))).isEmpty();
    execute("update dispatch_executions set contracts = 11");
    assertThat(inbox.waits(read(id))).isPresent();
    execute("update dispatch_executions set contracts = 9");
    assertThat(inbox.waits(read(id))).isEmpty();
  }

  @Test
  @DisplayName("the oldest goes first, and one that will never fit holds nobody up")
  void oldestFirst() {
    limits.tell(LARGE, contracts(10));
    UUID six = option(6);
    UUID five = option(5);
    UUID four = option(4);
    UUID eleven = option(11);
    assertThat(taken()).containsExactly(six);
    assertThat(line(LARGE).limited()).isEqualTo(3);
    assertThat(value("select reason from intake_marks where execution_id = '%s'".formatted(four)))
        .as("it would fit, and five was there first")
        .contains("it waits its turn behind row " + five);
    InboxRow.Execution held = (InboxRow.Execution) inboxRow(six);
    closes(held);
    assertThat(taken()).containsExactly(five);
    assertThat(taken()).containsExactly(four);
    assertThat(inbox.unread(50)).as("eleven waits for a higher limit").isEmpty();

    limits.tell(LARGE, contracts(20));
    assertThat(taken()).containsExactly(eleven);
  }

  private InboxRow inboxRow(UUID id) {
    return inbox.takenAndNotRecorded(LARGE).stream()
        .filter(it -> it.executionId().equals(id.toString()))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from dispatch_executions where execution_id = '%s'",
        "update dispatch_executions set execution_mode = 'SIMULATED' where execution_id = '%s'"
      })
  void aRowThatItsDispatcherTookBackOrMeansForNobodyHoldsNobodyUp(String taking) {
    limits.tell(LARGE, positions(1));
    UUID first = stock("large");
    assertThat(taken()).containsExactly(first);
    UUID takenBack = stock("large");
    UUID third = stock("large");
    assertThat(taken()).isEmpty();
    execute(taking.formatted(takenBack));
    closes((InboxRow.Execution) inboxRow(first));
    assertThat(taken()).containsExactly(third);
  }

  @Test
  @DisplayName(
      "incident 13: a row whose shares were adopted while it waited, and sold, is not let in to sell another's")
  void whatWasAdoptedAndClosedIsNotLetIn() {
    limits.tell(LARGE, positions(1));
    UUID first = stock("large");
    assertThat(taken()).containsExactly(first);
    UUID waiting = stock("large");
    assertThat(taken()).isEmpty();
    PositionId adopted = new PositionId(LARGE, Instrument.parse("WMT"), UUID.randomUUID());
    new PostgresLedger(large, LARGE).record(closed(adopted));
    execute(
        "update positions set terms = jsonb_set(terms, '{adoptHolding}', 'true') where execution_id = '%s'"
            .formatted(adopted.execution()));
    UUID younger = stock("large");
    closes((InboxRow.Execution) inboxRow(first));

    assertThat(taken()).as("the younger had to wait its turn").isEmpty();
    assertThat(taken())
        .as("what was bought after the adopted one was closed")
        .containsExactly(younger);
    assertThat(
            value(
                "select outcome || ': ' || reason from intake_marks where execution_id = '%s'"
                    .formatted(waiting)))
        .contains(
            "QUARANTINED: while it waited, what was bought of WMT was adopted as execution "
                + adopted.execution()
                + ", which is closed");
    assertThat(inbox.unread(50)).isEmpty();
  }

  @Test
  void aRowThatWaitsForLimitsIsReadAgainAsSoonAsTheyAreTold() {
    registry.add(
        new AccountRegistry.Registered(new AccountName("middle"), List.of(), "PA3", false),
        Optional.empty());
    InboxRow.Execution row = read(stock("middle"));
    for (int attempt = 0; attempt < 6; attempt++) {
      IntakeAdmission.RoomUnknown unknown =
          catchThrowableOfType(IntakeAdmission.RoomUnknown.class, () -> inbox.waits(row));
      inbox.failed(row, unknown);
    }
    assertThat(
            value(
                "select extract(epoch from retry_after - last_seen)::int::text from intake_marks where execution_id = '%s'"
                    .formatted(row.executionId())))
        .as("seconds, not minutes")
        .contains("15");
    assertThat(inbox.unread(50)).isEmpty();
    limits.tell(new AccountName("middle"), AccountLimits.NONE);
    assertThat(inbox.unread(50)).hasSize(1);
  }

  @Test
  void limitsThatNobodyHasToldAreNotTakenForNone() {
    registry.add(
        new AccountRegistry.Registered(new AccountName("middle"), List.of(), "PA3", false),
        Optional.empty());
    InboxRow.Execution row = read(stock("middle"));
    assertThatThrownBy(() -> inbox.waits(row))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no worker has told the limits of account middle yet");
    inbox.failed(row, "limits");
    assertThat(
            new PostgresAlertInputs(desk, Optional.empty())
                .liveness().stream()
                    .filter(it -> it.account().value().equals("middle"))
                    .findFirst()
                    .orElseThrow())
        .as("so that no worker for it is an alert")
        .satisfies(
            it -> {
              assertThat(it.waiting()).isOne();
              assertThat(it.busySince()).isPresent();
            });
    limits.tell(new AccountName("middle"), AccountLimits.NONE);
    assertThat(inbox.waits(row)).isEmpty();
  }

  @Test
  void aCostIsCountedFromAnnouncementToClose() {
    limits.tell(LARGE, notional("1000"));
    UUID first = stock("large");
    UUID second = stock("large-100k");
    UUID third = stock("large", "0.01");
    List<InboxRow.Execution> in = takenBy(inbox);
    assertThat(in)
        .extracting(InboxRow.Execution::executionId)
        .containsExactly(first.toString(), second.toString());
    new PostgresLedger(large, LARGE)
        .record(PositionState.announced(in.get(0).position(), in.get(0).terms()));
    assertThat(taken()).as("awaiting its entry").isEmpty();
    closes(in.get(0));
    assertThat(taken()).containsExactly(third);
    assertThatThrownBy(() -> inbox.waits(read(stock("large", "null"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("entry_price");
  }

  @Test
  void aLossOfTheDayKeepsRowsOutUntilTheNextExchangeDay() {
    limits.tell(
        LARGE,
        new AccountLimits(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Money.parse("500")))
            .asGate());
    UUID id = stock("large");
    assertThatThrownBy(() -> inbox.waits(read(id)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("which day it is at the exchange");
    ExchangeDays days = new ExchangeDays(desk);
    days.tell(LARGE, market(LocalDate.of(2026, 2, 11)));
    new PostgresLedger(large, LARGE).record(closed(position(LARGE), Price.parse("4.30")));
    assertThat(inbox.waits(read(id)))
        .contains(
            new ExecutionInbox.Wait.ForRoom(
                new IntakeAdmission.Waiting(
                    "500 USD lost today, the limit is 500 USD; the next exchange day begins anew",
                    true)));
    days.tell(LARGE, market(LocalDate.of(2026, 2, 12)));
    execute("update exchange_days set seen_at = now() - interval '61 seconds'");
    assertThatThrownBy(() -> inbox.waits(read(id))).as("who told it is gone").isNotNull();
    days.tell(LARGE, market(LocalDate.of(2026, 2, 12)));
    assertThat(taken()).containsExactly(id);
  }

  @Test
  void rowsThatComeTooFastWaitUntilTheRateHasFallen() {
    limits.tell(
        LARGE,
        new AccountLimits(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new AccountLimits.RapidCreation(2, Duration.ofMinutes(1))),
            true));
    UUID first = stock("large");
    UUID second = stock("large");
    UUID third = stock("large");
    assertThat(taken()).containsExactly(first, second);
    execute(
        "update intake_marks set admitted_at = now() - interval '61 seconds' where admitted_at is not null");
    assertThat(taken()).containsExactly(third);
  }

  @Test
  void waitingRowsAreToldOfAsTheirLimit() {
    limits.tell(LARGE, positions(1));
    stock("large");
    stock("large");
    stock("large-100k");
    taken();
    assertThat(
            new PostgresAlertInputs(desk, Optional.empty())
                .account(LARGE, Optional.empty())
                .limited())
        .containsExactly(
            new AccountSnapshot.Limited(
                IntakeGate.Limit.POSITIONS, 2, "1 positions are open, the limit is 1"));
    assertThat(new DeskReader(desk).quarantined(5)).as("not one by one").isEmpty();
  }

  @Test
  void whatIsOpenedByHandNeedsRoomToo() {
    IntakeAdmission byHand = new IntakeAdmission(desk);
    limits.tell(LARGE, positions(1));
    assertThat(byHand.refusal(LARGE, Instrument.parse("WMT"))).isEmpty();
    stock("large");
    taken();
    assertThat(byHand.refusal(LARGE, Instrument.parse("WMT")))
        .contains("1 positions are open, the limit is 1");
    assertThat(byHand.refusal(TINY, Instrument.parse("WMT"))).isEmpty();
  }

  @Test
  @DisplayName(
      "tier and limits are registered as told, and a worker without a word on the tier leaves it")
  void isRegistered() {
    AccountLimits all =
        new AccountLimits(
            Optional.of(5),
            Optional.of(Money.parse("10000.10")),
            Optional.of(Quantity.of(10)),
            Optional.of(Money.parse("500")),
            Optional.of(new AccountLimits.RapidCreation(3, Duration.ofSeconds(90))),
            true);
    limits.tell(LARGE, all);
    registry.register(
        new AccountRegistry.Registered(
            LARGE, List.of(), "PA1LARGE", false, Optional.of(new AccountTier("funded"))));
    registry.register(new AccountRegistry.Registered(LARGE, List.of(), "PA1LARGE", false));
    assertThat(line(LARGE).limits()).contains(all);
    assertThat(line(LARGE).tier()).contains(new AccountTier("funded"));
    assertThat(line(TINY).tier()).isEmpty();
    assertThat(registry.list().getFirst().tier()).contains(new AccountTier("funded"));
    Optional<String> since =
        value("select since::text from account_limits where account = 'large'");
    limits.tell(LARGE, all);
    assertThat(value("select since::text from account_limits where account = 'large'"))
        .as("told again")
        .isEqualTo(since)
        .isPresent();
  }
}
