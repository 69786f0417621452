package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.position.PositionEvent;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What a report is made of, read as the account that it is about. */
class AccountRecordsReaderTest extends LedgerOnPostgres {
  private static final Instant DAY = Instant.parse("2026-02-11T05:00:00Z");
  private static final AccountRecords.Gap NIGHT =
      new AccountRecords.Gap(
          Instant.parse("2026-02-11T21:00:00Z"), Instant.parse("2026-02-12T14:30:00Z"));

  private AccountRecordsReader reader;

  @BeforeEach
  void ready() {
    migrated();
    reader = new AccountRecordsReader(desk);
  }

  private static AccountRecordsReader.Span span(Instant from, Instant to) {
    return new AccountRecordsReader.Span(
        from, to, List.of(NIGHT), Instant.now().minusSeconds(3600), Instant.now().plusSeconds(60));
  }

  private AccountRecords read(AccountName account) {
    return reader.read(account, span(DAY, DAY.plus(Duration.ofDays(1))));
  }

  private PositionId recorded(String exit) {
    PositionId id = position(LARGE);
    new PostgresLedger(large, LARGE).record(closed(id, Price.parse(exit)));
    return id;
  }

  private PositionId open() {
    PositionId id = position(LARGE);
    new PostgresLedger(large, LARGE)
        .record(
            holding(
                id,
                Plans.defaultsFor(terms(), basis(id, Price.parse("4.80"))),
                Price.parse("4.80"),
                List.of(new PositionEvent(1, PositionEvent.Type.OPENED, AT, "opened", Map.of()))));
    return id;
  }

  private void watched(PositionId id, String peak, String trough) {
    execute(
        """
        insert into armed_exits (account, symbol, execution_id, arming, armed, why, peak, trough)
        values ('large', '%s', '%s', 1, false, 'a test', %s, %s)
        """
            .formatted(id.instrument().symbol(), id.execution(), peak, trough));
  }

  private void quoted(PositionId id, Instant at, String price) {
    new PostgresLedger(large, LARGE)
        .record(
            keeping(
                id,
                List.of(
                    new KeptQuote(
                        SeenQuote.fresh(new Quote(Price.parse(price), Price.parse(price), at)),
                        1,
                        KeptQuote.Why.INTERVAL))));
  }

  @Test
  void aClosedPositionHasTheFurthestThatLedgerOrWatchHasSeen() {
    watched(recorded("7.20"), "8.50", "4.50");
    AccountRecords.Closed closed = read(LARGE).closed().getFirst();
    assertThat(closed.realised()).isEqualTo(Money.parse("2400"));
    assertThat(closed.reason()).isEqualTo(ExitReason.TRAILING_STOP);
    assertThat(closed.best()).contains(Price.parse("8.50"));
    assertThat(closed.worst()).contains(Price.parse("4.50"));
  }

  @Test
  void whatNobodyHasSeenIsUnknown() {
    recorded("7.20");
    AccountRecords.Closed closed = read(LARGE).closed().getFirst();
    assertThat(closed.best()).as("the ledger's own peak").contains(Price.parse("8"));
    assertThat(closed.worst()).isEmpty();
    execute("update positions set peak = entry_price");
    assertThat(read(LARGE).closed().getFirst().best()).isEmpty();
  }

  @Test
  void whatAWatchSawBeforeASplitIsInOtherShares() {
    PositionId id = recorded("7.20");
    watched(id, "85", "45");
    fills(id, 9, "SPLIT", AT, "{\"before\": \"1\", \"after\": \"10\"}");
    AccountRecords.Closed closed = read(LARGE).closed().getFirst();
    assertThat(closed.best()).contains(Price.parse("8"));
    assertThat(closed.worst()).isEmpty();
  }

  @Test
  void aDayHasWhatWasClosedFromItsBeginToItsEnd() {
    recorded("7.20");
    assertThat(reader.read(LARGE, span(AT, AT.plusMillis(1))).closed()).hasSize(1);
    assertThat(reader.read(LARGE, span(AT.minusSeconds(9), AT)).closed()).isEmpty();
    assertThat(reader.read(LARGE, span(AT.plusMillis(1), AT.plusSeconds(9))).closed()).isEmpty();
  }

  @Test
  void aNightIsToldByTheLastQuoteBeforeItAndTheFirstAfterIt() {
    PositionId id = open();
    quoted(id, NIGHT.close().minusSeconds(600), "5.00");
    quoted(id, NIGHT.close().minusSeconds(60), "5.20");
    quoted(id, NIGHT.open().plusSeconds(5), "4.90");
    quoted(id, NIGHT.open().plusSeconds(65), "4.70");
    AccountRecords.Night night = read(LARGE).nights().getFirst();
    assertThat(night.gap()).isEqualTo(NIGHT);
    assertThat(night.quantity()).isEqualTo(Quantity.of(10));
    assertThat(night.before()).contains(Price.parse("5.20"));
    assertThat(night.after()).contains(Price.parse("4.90"));
    assertThat(night.realised()).isEmpty();
  }

  @Test
  void quotesFarFromTheNightSayNothingOfIt() {
    PositionId id = open();
    quoted(id, NIGHT.close().minus(Duration.ofMinutes(30)), "5.20");
    quoted(id, NIGHT.open().plus(Duration.ofMinutes(30)), "4.90");
    AccountRecords.Night night = read(LARGE).nights().getFirst();
    assertThat(night.before()).isEmpty();
    assertThat(night.after()).isEmpty();
  }

  @Test
  void whatWasClosedBeforeTheOpenWasNotHeldOverTheNight() {
    PositionId id = recorded("7.20");
    assertThat(read(LARGE).nights()).isEmpty();
    execute("update position_history set closed_at = '%s'".formatted(NIGHT.open()));
    assertThat(read(LARGE).nights())
        .extracting(AccountRecords.Night::id, AccountRecords.Night::realised)
        .containsExactly(tuple(id, Optional.of(Money.parse("2400"))));
  }

  @Test
  void whatWasSoldBeforeTheNightWasNotHeldOverItWheneverItsPositionEnded() {
    PositionId id = recorded("7.20");
    execute("update position_history set closed_at = '%s'".formatted(NIGHT.open()));
    fills(id, 8, "FILLED", NIGHT.close().minusSeconds(60), sold(10, "7.20"));
    assertThat(read(LARGE).nights()).isEmpty();
  }

  private void fills(PositionId id, int sequence, String type, Instant at, String details) {
    execute(
        """
        insert into position_events (account, symbol, execution_id, sequence, type, at, text, details)
        values ('large', '%s', '%s', %d, '%s', '%s', 'a test', '%s')
        """
            .formatted(id.instrument().symbol(), id.execution(), sequence, type, at, details));
  }

  private static String sold(int quantity, String price) {
    return "{\"quantity\": \"%d\", \"price\": \"%s\", \"order\": \"another\"}"
        .formatted(quantity, price);
  }

  @Test
  @DisplayName("what others closed of a position that stays open is realised on its day")
  void whatOthersClosedIsRealised() {
    PositionId id = open();
    fills(id, 2, "CLOSED_ELSEWHERE", AT, sold(4, "3.80"));
    assertThat(read(LARGE).parts())
        .extracting(RealisedPart::id, RealisedPart::reason, RealisedPart::realised)
        .containsExactly(tuple(id, ExitReason.CLOSED_ELSEWHERE, Money.parse("-400")));
    assertThat(realisedSince(DAY)).isEqualTo(Money.parse("-400"));
    assertThat(realisedSince(AT.plusMillis(1))).isEqualTo(Money.ZERO);
    assertThat(read(LARGE).nights())
        .extracting(AccountRecords.Night::quantity)
        .containsExactly(Quantity.of(6));
  }

  @Test
  @DisplayName("a fill from before a split earned what it earned")
  void aFillFromBeforeASplitEarnedWhatItEarned() {
    PositionId id = open();
    fills(id, 2, "FILLED", AT, sold(4, "19.20"));
    fills(id, 3, "SPLIT", AT.plusSeconds(60), "{\"before\": \"1\", \"after\": \"4\"}");
    RealisedPart part = read(LARGE).parts().getFirst();
    assertThat(part.quantity()).isEqualTo(Quantity.of(16));
    assertThat(part.realised()).as("16 for 4.80 instead of 4.80").isEqualTo(Money.ZERO);
  }

  @Test
  @DisplayName("a split that found nothing held is no reason to tell nothing")
  void aSplitOfNothingScalesNothing() {
    PositionId id = open();
    fills(id, 2, "FILLED", AT, sold(10, "4.90"));
    fills(id, 3, "SPLIT", AT.plusSeconds(60), "{\"before\": \"0\", \"after\": \"0\"}");
    assertThat(realisedSince(DAY)).isEqualTo(Money.parse("100"));
  }

  @Test
  @DisplayName("what is booked last may be of the day before: today's fills count all the same")
  void todaysFillsCountWhateverIsBookedLast() {
    PositionId id = recorded("7.20");
    execute("update position_history set closed_at = '%s'".formatted(DAY.minusSeconds(60)));
    fills(id, 8, "FILLED", AT, sold(6, "3.80"));
    fills(id, 9, "CLOSED_ELSEWHERE", DAY.minusSeconds(60), sold(4, "3.80"));
    assertThat(realisedSince(DAY)).isEqualTo(Money.parse("-600"));
  }

  @Test
  @DisplayName("what was sold yesterday is yesterday's, though its position closes today")
  void whatWasSoldYesterdayIsYesterdays() {
    PositionId id = recorded("7.20");
    fills(id, 8, "FILLED", DAY.minusSeconds(60), sold(4, "7.20"));
    fills(id, 9, "FILLED", AT, sold(6, "7.20"));
    assertThat(realisedSince(DAY)).isEqualTo(Money.parse("1440"));
    assertThat(realisedSince(DAY.minusSeconds(60))).isEqualTo(Money.parse("2400"));
  }

  @Test
  @DisplayName("an end that is told without its fills is realised when it closed")
  void anEndWithoutFillsIsRealisedWhenItClosed() {
    recorded("7.20");
    assertThat(realisedSince(DAY)).isEqualTo(Money.parse("2400"));
    assertThat(realisedSince(AT.plusMillis(1))).isEqualTo(Money.ZERO);
  }

  private Money realisedSince(Instant begin) {
    return reader.as(LARGE, handle -> DayProfit.realised(handle, LARGE, begin));
  }

  @Test
  void anOpenPositionHasItsNewestQuote() {
    PositionId id = open();
    quoted(id, AT.plusSeconds(60), "5.00");
    quoted(id, AT.plusSeconds(120), "5.10");
    AccountRecords records = read(LARGE);
    assertThat(records.open()).hasSize(1);
    assertThat(records.quotes().get(id).mid()).isEqualTo(Price.parse("5.10"));
  }

  @Test
  void alertsAreThoseOpenAtSomeTimeOfTheSpan() {
    PostgresAlerts alerts = new PostgresAlerts(desk);
    alerts.raise(NewAlert.of(AlertKind.MISMATCH, LARGE, "open"));
    alerts.raise(NewAlert.of(AlertKind.MISMATCH, TINY, "of another"));
    alerts.raise(NewAlert.of(AlertKind.DAILY_LOSS, LARGE, "ended long ago"));
    execute(
        "update alerts set first_seen_at = now() - interval '9 days', resolved_at = now() - interval"
            + " '8 days' where kind = 'DAILY_LOSS'");
    assertThat(read(LARGE).alerts()).extracting(AlertRecord::message).containsExactly("open");
  }

  @Test
  void anAccountIsShownNothingOfAnotherEvenWhereTheQueryForgetsToFilter() {
    watched(recorded("7.20"), "8.50", "4.50");
    quoted(open(), AT, "5.00");
    new StandingLedger(large, LARGE)
        .keep(
            StandingLedgerTest.market(AT.plusSeconds(60)),
            StandingLedgerTest.funds("100000"),
            List.of());
    AccountRecords large = read(LARGE);
    assertThat(large.closed()).hasSize(1);
    assertThat(large.open()).hasSize(1);
    assertThat(large.standings()).hasSize(1);
    assertThat(reader.newest(LARGE)).isPresent();

    AccountRecords tiny = read(TINY);
    assertThat(tiny.closed()).isEmpty();
    assertThat(tiny.parts()).isEmpty();
    assertThat(tiny.open()).isEmpty();
    assertThat(tiny.quotes()).isEmpty();
    assertThat(tiny.nights()).isEmpty();
    assertThat(tiny.standings()).isEmpty();
    assertThat(reader.newest(TINY)).isEmpty();
    // whoever connects as one account reads another as nothing, and stays who it is
    AccountRecordsReader asTiny = new AccountRecordsReader(this.tiny);
    assertThat(asTiny.read(TINY, span(DAY, DAY.plusSeconds(1))).closed()).isEmpty();
    for (String table : List.of("position_history", "account_snapshots", "position_quotes")) {
      assertThat(rowsShownTo(TINY, table)).as(table).isZero();
      assertThat(rowsShownTo(LARGE, table)).as(table).isPositive();
      assertThat(count(desk, table)).as("the desk itself").isPositive();
    }
  }

  private int rowsShownTo(AccountName account, String table) {
    return reader.as(
        account,
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
  }
}
