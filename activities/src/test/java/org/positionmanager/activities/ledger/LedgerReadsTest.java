package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.trading.FlattenBook;
import org.positionmanager.workflows.flatten.OpenPosition;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.ExitRecord;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionEvent;
import org.positionmanager.workflows.sync.Coverage;
import org.positionmanager.workflows.sync.WatchView;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.watch.ArmedExit;

/** What commands, flattens and syncs read of what workflows have written. */
class LedgerReadsTest extends LedgerOnPostgres {
  private static final Price PEAK = Price.parse("8");

  private PositionId open;
  private PositionId over;

  @BeforeEach
  void anOpenPositionAndOneThatIsOver() {
    migrated();
    open = position(LARGE);
    over = position(LARGE);
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    ledger.record(
        holding(
            open,
            Plans.defaultsFor(terms(), basis(open, PEAK)),
            PEAK,
            List.of(new PositionEvent(1, PositionEvent.Type.OPENED, AT, "opened", Map.of())),
            exit(open, ExitRecord.Status.SENT)));
    ledger.record(closed(over));
    new PostgresLedger(tiny, TINY).record(closed(position(TINY)));
  }

  @Test
  void commandsListWhatIsOpenAndWhatIsOverOfAllAccounts() {
    LedgerReader reader = new LedgerReader(desk);
    assertThat(reader.positions(false)).extracting(LedgerReader.Row::id).containsExactly(open);
    assertThat(reader.positions(true)).hasSize(3);
    assertThat(reader.exits("SENT")).isOne();
    assertThat(reader.exits("")).isEqualTo(3);
    insert(UUID.randomUUID(), "'DE', 'STOCK', 'stock', null, null, 1, 1, 2, 'LIVE', 'nobody'");
    inbox.unread(10).stream().map(InboxRow.Bad.class::cast).forEach(inbox::quarantine);
    assertThat(reader.quarantined()).isOne();
    assertThat(registry.list())
        .extracting(AccountRegistry.Registered::name)
        .containsExactly(LARGE, TINY);
  }

  @Test
  void onePositionIsReadWithItsTimelineAndItsExits() {
    PositionRecord record = new PositionRecords(desk).find(over).orElseThrow();
    assertThat(record.phase()).isEqualTo(Phase.CLOSED);
    assertThat(record.averageExit()).contains(Price.parse("7.20"));
    assertThat(record.realised()).isEqualTo(Money.of(new BigDecimal("2400")));
    assertThat(record.events()).extracting(PositionEvent::text).containsExactly("closed");
    assertThat(record.exits()).containsExactly(exit(over, ExitRecord.Status.FILLED));
    assertThat(new PositionRecords(desk).find(position(LARGE))).isEmpty();
  }

  @Test
  void aFlattenReadsWhatIsOpenAndHowEachPositionStands() {
    FlattenBook book = new FlattenLedger(large, LARGE);
    assertThat(book.open())
        .containsExactly(
            new OpenPosition(
                open,
                Strategy.SWING_TRADE,
                Phase.EXITING,
                Quantity.of(10),
                Optional.of(Price.parse("4.80")),
                false));
    assertThat(book.standingOf(over))
        .contains(new FlattenBook.Standing(Phase.CLOSED, Money.of(new BigDecimal("2400"))));
    assertThat(book.standingOf(position(LARGE))).isEmpty();
    assertThat(new FlattenLedger(tiny, TINY).open()).isEmpty();
  }

  @Test
  void aSyncReadsWhatTheWatchWasToldAndWhetherItIsHeardOf() throws Exception {
    SyncLedger sync = new SyncLedger(large, LARGE, InstantSource.fixed(AT));
    assertThat(sync.watch()).isEqualTo(new WatchView(AT, false, List.of()));
    WatchLedger watch = new WatchLedger(large, LARGE);
    watch.beat("worker-1", AT);
    new ArmedExits(large, LARGE)
        .arm(
            new ArmedExit(
                open, 3, 1, Plans.defaultsFor(terms(), basis(open, PEAK)), basis(open, PEAK)),
            Duration.ZERO);
    watch.acknowledge(watch.all());
    assertThat(sync.watch())
        .isEqualTo(
            new WatchView(
                AT,
                true,
                List.of(new WatchView.Armed(open, 3, true, 1, true, false, Optional.empty()))));
  }

  @Test
  void coverageIsThatOfEveryAccountAndAnOldProofIsNone() {
    Instant now = Instant.now();
    new SyncLedger(large, LARGE, InstantSource.system())
        .record(new Coverage(LARGE, now, 1, 1, List.of()));
    List<Coverage> all = new CoverageReader(desk).all();
    assertThat(all).extracting(Coverage::account).containsExactly(LARGE, TINY);
    assertThat(all.getFirst().isComplete()).isTrue();
    assertThat(all.getLast().gaps())
        .extracting(Coverage.Gap::reason)
        .containsExactly(Coverage.Reason.NO_WORKER);
  }
}
