package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.watch.JudgedQuote;
import org.positionmanager.activities.watch.PermissionsUnreadable;
import org.positionmanager.workflows.activity.LedgerActivities.RecordedQuotes;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.value.Price;

/** The quotes of positions, written by account and read back. */
class PositionQuotesTest extends LedgerOnPostgres {
  private static KeptQuote kept(long seconds, String bid, String ask, KeptQuote.Why why) {
    return new KeptQuote(
        new SeenQuote(
            AT.plusSeconds(seconds),
            new Quote(Price.parse(bid), Price.parse(ask), AT.plusSeconds(seconds - 2))),
        2,
        why);
  }

  private PositionId recorded() {
    migrated();
    PositionId id = position(LARGE);
    new PostgresLedger(large, LARGE).record(closed(id));
    return id;
  }

  @Test
  void quotesAreReadBackInTheOrderInWhichTheyWereSeen() {
    PositionId id = recorded();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    KeptQuote first =
        new KeptQuote(
            new SeenQuote(
                AT.plusNanos(123_456_789),
                new Quote(Price.parse("4.79"), Price.parse("4.8125"), AT.plusNanos(1_001))),
            1,
            KeptQuote.Why.FIRST);
    List<KeptQuote> later =
        List.of(
            kept(60, "5.00", "5.10", KeptQuote.Why.MOVED),
            kept(60, "5.01", "5.10", KeptQuote.Why.VERDICT),
            kept(120, "0", "0.05", KeptQuote.Why.LAST));
    ledger.record(keeping(id, later));
    ledger.record(keeping(id, List.of(first)));
    assertThat(new PositionQuotes(desk).of(id))
        .containsExactly(first, later.get(0), later.get(1), later.get(2));
    assertThat(new PositionQuotes(desk).of(position(LARGE))).isEmpty();
  }

  @Test
  void aRepeatedWriteAddsNothing() {
    PositionId id = recorded();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    List<KeptQuote> day =
        IntStream.range(0, 500)
            .mapToObj(i -> kept(i, "5." + (100 + i), "6", KeptQuote.Why.INTERVAL))
            .toList();
    ledger.record(keeping(id, day.subList(0, 300)));
    ledger.record(keeping(id, day));
    ledger.record(keeping(id, List.of()));
    assertThat(count(desk, "position_quotes")).isEqualTo(500);
    assertThat(new PositionQuotes(desk).of(id)).isEqualTo(day);
  }

  @Test
  @DisplayName("the watch adds quotes of many positions at once, those of reviews are not again")
  void theWatchAddsWhatIsNotThereYet() throws Exception {
    PositionId one = recorded();
    PositionId other = position(LARGE);
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    ledger.record(closed(other));
    KeptQuote reviewed = kept(60, "5.00", "5.10", KeptQuote.Why.INTERVAL);
    ledger.record(keeping(one, List.of(reviewed)));
    KeptQuote fine =
        new KeptQuote(
            new SeenQuote(
                AT.plusNanos(123_456_789),
                new Quote(Price.parse("0.0001"), Price.parse("4.8125"), AT.plusNanos(1_001))),
            1,
            KeptQuote.Why.FIRST);
    List<JudgedQuote> seen =
        List.of(
            new JudgedQuote(one, fine),
            new JudgedQuote(one, kept(60, "5.00", "5.10", KeptQuote.Why.MOVED)),
            new JudgedQuote(other, kept(61, "7", "7.10", KeptQuote.Why.VERDICT)));
    WatchLedger watch = new WatchLedger(large, LARGE);
    watch.record(seen);
    watch.record(seen);
    watch.record(List.of());
    assertThat(new PositionQuotes(desk).of(one)).containsExactly(fine, reviewed);
    assertThat(new PositionQuotes(desk).of(other)).containsExactly(seen.getLast().kept());
    assertThatThrownBy(() -> new WatchLedger(tiny, TINY).record(seen))
        .isInstanceOf(PermissionsUnreadable.class);
  }

  @Test
  @DisplayName("quotes after a moment are read in their order, with the sessions they were seen in")
  void quotesAfterAMomentAreRead() {
    PositionId id = recorded();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    List<KeptQuote> all =
        IntStream.range(0, 5).mapToObj(i -> kept(i, "5", "6", KeptQuote.Why.MOVED)).toList();
    KeptQuote nextDay = kept(86_400, "5", "6", KeptQuote.Why.INTERVAL);
    ledger.record(keeping(id, all));
    ledger.record(keeping(id, List.of(nextDay)));
    RecordedQuotes some = ledger.quotesAfter(id, all.get(1).at(), 2);
    assertThat(some.quotes()).containsExactly(all.get(2).seen(), all.get(3).seen());
    assertThat(some.sessions()).hasSize(1);
    RecordedQuotes rest = ledger.quotesAfter(id, all.get(3).at(), 200);
    assertThat(rest.quotes()).containsExactly(all.get(4).seen(), nextDay.seen());
    assertThat(rest.sessions())
        .extracting(session -> session.date().toString())
        .containsExactly("2026-02-11", "2026-02-12");
    assertThat(ledger.quotesAfter(id, nextDay.at(), 200).quotes()).isEmpty();
    assertThatThrownBy(() -> new PostgresLedger(tiny, TINY).quotesAfter(id, AT, 2))
        .hasMessageContaining("came to the worker of account tiny");
  }

  @Test
  @DisplayName("incident 1: quotes of another account cannot be read or written")
  void accountsAreKeptApart() {
    PositionId id = recorded();
    new PostgresLedger(large, LARGE)
        .record(keeping(id, List.of(kept(1, "5", "6", KeptQuote.Why.FIRST))));
    assertThat(count(tiny, "position_quotes")).isZero();
    assertThat(count(large, "position_quotes")).isOne();
    assertThatThrownBy(
            () ->
                new PostgresLedger(tiny, TINY)
                    .record(keeping(id, List.of(kept(2, "5", "6", KeptQuote.Why.LAST)))))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("came to the worker of account tiny");
    assertThatThrownBy(
            () ->
                tiny.jdbi()
                    .useTransaction(
                        handle ->
                            PositionQuotes.write(
                                handle, id, List.of(kept(2, "5", "6", KeptQuote.Why.LAST)))))
        .hasMessageContaining("row-level security");
  }
}
