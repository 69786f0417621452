package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A halted account takes nothing in, says why, and remembers who said so. */
class AccountHaltsTest extends LedgerOnPostgres {
  private static final String GOOD =
      "'WMT', 'STOCK', 'swing_trade', null, null, 5, 120, 140, 'ALPACA_PAPER', ";

  private AccountHalts halts;

  @BeforeEach
  void migrate() {
    migrated();
    halts = new AccountHalts(desk);
  }

  private List<String> unread() {
    return inbox.unread(10).stream().map(InboxRow::executionId).toList();
  }

  private InboxRow.Execution read(UUID id) {
    return inbox.unread(10).stream()
        .filter(row -> row.executionId().equals(id.toString()))
        .map(InboxRow.Execution.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void haltingTwiceKeepsTheFirstHaltAndItsReason() {
    AccountHalts.Result first = halts.halt(LARGE, "ann", "earnings");
    AccountHalts.Result second = halts.halt(LARGE, "bob", "again");
    assertThat(first.changed()).isTrue();
    assertThat(second.changed()).isFalse();
    assertThat(second.entry()).isEqualTo(first.entry());
    assertThat(halts.haltOf(LARGE).orElseThrow().words()).contains("by ann: earnings");
    assertThat(halts.haltOf(TINY)).as("another account").isEmpty();
  }

  @Test
  void resumingIsToldApartFromHavingNothingToResume() {
    assertThat(halts.resume(LARGE, "ann", "over").changed()).isFalse();
    halts.halt(LARGE, "ann", "earnings");
    assertThat(halts.resume(LARGE, "bob", "over").changed()).isTrue();
    assertThat(halts.resume(LARGE, "bob", "over").changed()).isFalse();
    assertThat(halts.haltOf(LARGE)).isEmpty();
  }

  @Test
  void whatWasSaidIsKeptAndCannotBeChanged() {
    halts.halt(LARGE, "ann", "earnings");
    halts.resume(LARGE, "bob", "over");
    halts.halt(LARGE, "cy", "news");
    assertThat(halts.historyOf(LARGE))
        .extracting(it -> it.number() + " " + it.type() + " " + it.who())
        .containsExactly("1 HALTED ann", "2 RESUMED bob", "3 HALTED cy");
    assertThatThrownBy(() -> execute("update account_halts set who = 'nobody'"))
        .hasMessageContaining("append-only");
    assertThatThrownBy(() -> execute("truncate account_halts")).hasMessageContaining("append-only");
  }

  @Test
  void manyWhoHaltAtOnceMakeOneHalt() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      IntStream.range(0, 8)
          .forEach(i -> threads.execute(() -> halts.halt(LARGE, "person " + i, "now")));
    }
    assertThat(halts.historyOf(LARGE)).hasSize(1);
  }

  @Test
  void anAccountsOwnConnectionHaltsItselfAndSeesNoOther() {
    new AccountHalts(large).halt(LARGE, "flatten", "asked");
    assertThat(halts.haltOf(LARGE)).isPresent();
    assertThat(new AccountHalts(tiny).historyOf(LARGE)).isEmpty();
    assertThatThrownBy(() -> new AccountHalts(large).halt(TINY, "flatten", "asked"))
        .hasMessageContaining("row-level security");
  }

  @Test
  @DisplayName("a row of a halted account waits with its reason and is read once it is resumed")
  void aRowOfAHaltedAccountWaits() {
    UUID id = UUID.randomUUID();
    insert(id, GOOD + "'large-100k'");
    assertThat(inbox.waits(read(id))).as("not halted yet").isEmpty();
    halts.halt(LARGE, "ann", "earnings");

    assertThat(inbox.waits(read(id))).contains(new ExecutionInbox.Wait.Halted());
    assertThat(unread()).as("not read again and again").isEmpty();
    assertThat(new DeskReader(desk).quarantined(5).getFirst().reason())
        .contains("large is halted since", "by ann: earnings", "pm resume-intake --account large");
    assertThat(value("select count(*)::text from alerts")).contains("0");

    halts.resume(LARGE, "ann", "over");
    assertThat(unread()).containsExactly(id.toString());
    inbox.taken(read(id));
    halts.halt(LARGE, "ann", "again");
    halts.resume(LARGE, "ann", "over");
    assertThat(unread()).as("taken in once").isEmpty();
  }

  @Test
  void waitingRowsKeepNobodyElseOut() {
    halts.halt(LARGE, "ann", "earnings");
    for (int i = 0; i < 10; i++) {
      UUID id = UUID.randomUUID();
      insert(id, GOOD + "'large'");
      inbox.waits(read(id));
    }
    UUID other = UUID.randomUUID();
    insert(other, GOOD + "'tiny'");
    assertThat(unread()).containsExactly(other.toString());
  }

  @Test
  void resumingWakesTheIntake() throws Exception {
    halts.halt(LARGE, "ann", "earnings");
    LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    Thread listening =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    inbox.listen(() -> heard.add("row"), Duration.ofMillis(100));
                  } catch (Exception ended) {
                    heard.add(ended.toString());
                  }
                });
    assertThat(heard.poll(20, TimeUnit.SECONDS)).as("listening").isEqualTo("row");
    halts.resume(LARGE, "ann", "over");
    assertThat(heard.poll(20, TimeUnit.SECONDS)).as("announced").isEqualTo("row");
    listening.interrupt();
    listening.join();
  }

  @Test
  void accountsAreListedWithTheirHalt() {
    halts.halt(TINY, "ann", "earnings");
    assertThat(new DeskReader(desk).accounts())
        .extracting(it -> it.name() + " " + it.halt().map(AccountHalts.Entry::who).orElse("-"))
        .containsExactly("large -", "tiny ann");
  }
}
