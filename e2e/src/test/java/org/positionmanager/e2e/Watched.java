package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.ledger.PositionRecord;
import org.positionmanager.activities.ledger.PositionRecords;
import org.positionmanager.activities.ledger.WatchLedger;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.rules.WatchSight;

/** Positions of an account that its watch looks after: ten contracts bought at 4.80. */
final class Watched {
  static final String CONTRACT = "NOW260220P00110000";

  private final Desk desk;
  private final String account;
  private final WatchLedger watch;

  /** Of account large. */
  Watched(Desk desk) {
    this(desk, "large");
  }

  Watched(Desk desk, String account) {
    this.desk = desk;
    this.account = account;
    watch = new WatchLedger(desk.ledger(), new AccountName(account));
  }

  /** Open, risen to 5.60, and watched by a fresh watch. */
  PositionId opened() throws Exception {
    desk.broker().priceIs(CONTRACT, "4.80");
    PositionId id = desk.opens(account, CONTRACT, 10);
    desk.awaitPhase(id, Phase.PROTECTED);
    desk.broker().priceIs(CONTRACT, "5.60");
    awaitPeak(id, "5.6");
    return id;
  }

  /** Waits until a fresh watch has noted a peak. */
  void awaitPeak(PositionId id, String peak) {
    desk.await(
        "the watch to vouch for " + id + " with peak " + peak,
        () -> watch.sight(id),
        sight ->
            sight
                .filter(WatchSight::fresh)
                .filter(it -> it.peak().toString().equals(peak))
                .isPresent());
  }

  /** Three quarters of the gain would be 5.40. */
  void breach() throws IOException {
    desk.broker().priceIs(CONTRACT, "5.30");
  }

  void awaitExit(PositionId id) {
    desk.await("an exit at the broker", () -> desk.broker().exitsOf(id), exits -> !exits.isEmpty());
  }

  /** Closed by one order, at the price that it was filled at. */
  void awaitClosedByOneOrder(PositionId id) throws Exception {
    desk.awaitPhase(id, Phase.CLOSED);
    List<JsonNode> exits = desk.broker().exitsOf(id);
    assertThat(exits).as("orders of this exit at the broker").hasSize(1);
    assertThat(exits.getFirst().path("status").asText()).isEqualTo("filled");
    assertThat(desk.broker().held(account, id.instrument().symbol())).isEqualTo("0");
    assertThat(record(id).averageExit().orElseThrow().value())
        .isEqualByComparingTo(exits.getFirst().path("filled_avg_price").asText());
  }

  PositionRecord record(PositionId id) {
    return new PositionRecords(desk.ledger()).find(id).orElseThrow();
  }

  /** Who holds the watch, as the ledger knows it; by its process id. */
  Optional<String> holder() throws Exception {
    return watch.holder();
  }

  boolean isHeldBy(long process) throws Exception {
    return holder().filter(it -> it.contains("@" + process + "@")).isPresent();
  }

  void awaitHeldBy(long process) {
    desk.await("process " + process + " to hold the watch", () -> isHeldBy(process), it -> it);
  }

  /** Sends a signal to a process. */
  static void signal(String name, long process) throws IOException, InterruptedException {
    int ended = new ProcessBuilder("kill", "-" + name, Long.toString(process)).start().waitFor();
    assertThat(ended).as("kill -" + name).isZero();
  }
}
