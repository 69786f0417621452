package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.activities.watch.WatchScene.DE;
import static org.positionmanager.activities.watch.WatchScene.WMT;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.replay.FillAt;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.replay.Opening;
import org.positionmanager.workflows.replay.Replay;
import org.positionmanager.workflows.replay.ReplayResult;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.replay.Sessions;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.watch.ArmedExit;
import org.positionmanager.workflows.watch.ExitSent;

/** The quotes by which the watch judges, thinned, on their way to the ledger. */
@Timeout(60)
class WatchedQuotesTest {
  private final WatchScene scene = new WatchScene();
  private PositionId position;

  @BeforeEach
  void watched() throws Exception {
    position = scene.opens(WMT);
    scene.watch.reload();
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private void quoted(String... prices) {
    for (String price : prices) {
      scene.passes(Duration.ofSeconds(1));
      scene.price(WMT, price);
    }
  }

  private List<KeptQuote> recorded(PositionId of) {
    return scene.permissions.recorded().stream()
        .filter(one -> one.position().equals(of))
        .map(JudgedQuote::kept)
        .toList();
  }

  private List<String> recorded() {
    scene.watch.notes().recordQuotes();
    return recorded(position).stream()
        .map(kept -> kept.seen().quote().mid() + " " + kept.why())
        .toList();
  }

  @Test
  @DisplayName("of the quotes that it judges, those worth keeping are recorded, once")
  void theQuotesWorthKeepingAreRecorded() {
    quoted("100.10", "100.20", "100.15", "100.90", "100.70", "101.10", "101.20");
    assertThat(recorded()).containsExactly("100.1 FIRST", "101.1 MOVED");
    quoted("100.95", "101.15");
    scene.passes(Duration.ofSeconds(60));
    quoted("101.10");
    assertThat(recorded())
        .containsExactly("100.1 FIRST", "101.1 MOVED", "101.2 HIGH", "101.1 INTERVAL");
    assertThat(recorded(position)).extracting(KeptQuote::at).isSorted();
  }

  @Test
  @DisplayName("what the ledger does not take waits, in its order, and no exit waits for it")
  void whatTheLedgerDoesNotTakeWaits() {
    quoted("100.10");
    scene.permissions.isAway(true);
    scene.watch.notes().recordQuotes();
    quoted("102", "104", "94");
    scene.awaitTold(position, 1);
    scene.watch.notes().recordQuotes();
    assertThat(scene.account.exits()).hasSize(1);
    assertThat(recorded(position)).isEmpty();
    scene.permissions.isAway(false);
    assertThat(recorded()).containsExactly("100.1 FIRST", "102 MOVED", "104 MOVED", "94 VERDICT");
  }

  @Test
  @DisplayName("of each position the newest hundred wait; others lose nothing by it")
  void soManyWait() throws Exception {
    PositionId other = scene.opens(DE);
    scene.watch.reload();
    scene.price(DE, "100");
    scene.permissions.isAway(true);
    for (int i = 0; i < 150; i++) {
      quoted(i % 2 == 0 ? "100" : "110." + (100 + i));
    }
    scene.permissions.isAway(false);
    recorded();
    List<KeptQuote> left = recorded(position);
    assertThat(left).hasSize(UnwrittenQuotes.MOST_OF_ONE);
    assertThat(left.getLast().seen().quote().mid()).isEqualTo(Price.parse("110.249"));
    assertThat(left).extracting(KeptQuote::at).isSorted();
    assertThat(recorded(other)).hasSize(1);
  }

  @Test
  @DisplayName("the workflow is told of the breach with its quote and what is not recorded yet")
  void theBreachGoesWithItsQuotes() {
    quoted("100.10");
    recorded();
    quoted("100.30", "96", "94");
    ExitSent sent = scene.awaitTold(position, 1).getFirst();
    assertThat(sent.quotes())
        .extracting(kept -> kept.seen().quote().mid().toString())
        .containsExactly("100.3", "96", "94");
    assertThat(sent.quotes().getLast())
        .isEqualTo(
            new KeptQuote(
                new SeenQuote(sent.at(), sent.quote().orElseThrow()), 1, KeptQuote.Why.VERDICT));
    recorded();
    assertThat(recorded(position)).endsWith(sent.quotes().toArray(KeptQuote[]::new));
  }

  @Test
  @DisplayName("the last quote of a position that is over is recorded after it is gone")
  void theLastQuoteIsRecorded() throws Exception {
    quoted("100.10", "100.20", "100.15");
    scene.permissions.end(position);
    scene.watch.reload(position);
    assertThat(recorded()).containsExactly("100.1 FIRST", "100.2 HIGH", "100.15 LAST");
  }

  @Test
  @DisplayName("a watch that ends leaves the next one its extremes, and no quote twice")
  void aWatchThatEndsLeavesItsExtremes() {
    quoted("100.10", "100.50", "100.15");
    scene.watch.notes().recordTheLastQuotes();
    assertThat(recorded()).containsExactly("100.1 FIRST", "100.5 HIGH");
  }

  @Test
  @DisplayName("a write that the end of the watch interrupts is made good by the last one")
  void aWriteThatTheEndInterruptsIsMadeGood() throws Exception {
    quoted("100.10");
    scene.permissions.isAway(true);
    Thread keeper =
        Thread.ofVirtual()
            .start(
                () -> {
                  Thread.currentThread().interrupt();
                  scene.watch.notes().recordQuotes();
                });
    keeper.join();
    scene.permissions.isAway(false);
    scene.watch.notes().recordTheLastQuotes();
    assertThat(recorded(position)).hasSize(1);
  }

  @Test
  @DisplayName("what was recorded, replayed by the plan in force, ends at the same quote")
  void theRecordIsEnough() {
    quoted("100.10", "100.80", "101.90", "101.70", "100.20", "95.40", "95.01", "95", "94");
    ExitSent sent = scene.awaitTold(position, 1).getFirst();
    recorded();
    ArmedExit armed = scene.armed(position, 1, 1);
    Basis basis = armed.basis();
    ReplayResult replayed =
        Replay.on(
            recorded(position).stream().map(KeptQuote::seen).toList(),
            new Opening(
                basis.instrument(),
                basis.direction(),
                basis.opened(),
                basis.entry(),
                basis.filledAt()),
            armed.plan(),
            Sessions.ofNyse(),
            FillAt.NEAR);
    assertThat(replayed.exits())
        .singleElement()
        .satisfies(
            exit -> {
              assertThat(exit.price()).isEqualTo(Price.parse("95"));
              assertThat(exit.reason()).isEqualTo(sent.reason());
              assertThat(exit.decidedAt())
                  .isEqualTo(sent.at().truncatedTo(java.time.temporal.ChronoUnit.MICROS));
            });
    assertThat(replayed.best().price()).isEqualTo(sent.peak());
  }
}
