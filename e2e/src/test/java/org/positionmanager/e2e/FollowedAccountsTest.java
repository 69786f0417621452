package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.worker.SyncSchedule;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;

/** A worker whose configuration changes while it runs. */
@Timeout(240)
class FollowedAccountsTest {
  private static final Duration IN_EFFECT_WITHIN = Duration.ofSeconds(10);

  private static List<String> healthOf(URI page) throws Exception {
    JsonNode accounts =
        new ObjectMapper().readTree(WorkerTest.health(page).body()).path("accounts");
    return StreamSupport.stream(accounts.spliterator(), false)
        .map(it -> it.path("account").asText())
        .toList();
  }

  private static void awaitServed(Desk desk, Watched watched, SyncSchedule sync, Instant changed) {
    desk.await(
        "tiny to be watched and synced",
        () -> watched.isHeldBy(desk.workerProcess()) && sync.isThere(),
        it -> it);
    Duration took = Duration.between(changed, Instant.now());
    System.out.printf("written, watched and synced: %d ms%n", took.toMillis());
    assertThat(took).isLessThan(IN_EFFECT_WITHIN);
  }

  @Test
  @DisplayName(
      "an account is added to a running worker, removed and added again, and no other notices")
  void anAccountIsAddedRemovedAndAddedAgain() throws Exception {
    try (Desk desk =
            aDesk()
                .withAccounts("large", "tiny")
                .configuredAtFirst("large")
                .withPrice(Watched.CONTRACT, "4.80")
                .start();
        Intake intake = desk.intake()) {
      URI page = desk.workerPages().resolve("/healthz");
      Watched large = new Watched(desk);
      Watched tiny = new Watched(desk, "tiny");
      SyncSchedule sync = new SyncSchedule(desk.client(), new AccountName("tiny"));
      large.awaitHeldBy(desk.workerProcess());
      Optional<String> holder = large.holder();
      Instant since = desk.watchedSince("large");
      assertThat(healthOf(page)).containsExactly("large");

      Instant added = Instant.now();
      desk.configure(List.of("large", "tiny"));
      awaitServed(desk, tiny, sync, added);
      PositionId id = tiny.opened();
      System.out.printf(
          "written, position open and watched: %d ms%n",
          Duration.between(added, Instant.now()).toMillis());
      assertThat(healthOf(page)).containsExactly("large", "tiny");

      desk.configure(List.of("large"));
      desk.await("its watch to be given up", tiny::holder, Optional::isEmpty);
      desk.await("its sync to end", sync::isThere, there -> !there);
      assertThat(healthOf(page)).containsExactly("large");
      assertThat(WorkerTest.health(page.resolve("/metrics")).body())
          .contains("watch_holder{account=\"large\"")
          .doesNotContain("watch_holder{account=\"tiny\"");
      tiny.breach();
      assertThat(desk.broker().held("tiny", Watched.CONTRACT)).isEqualTo("10");
      assertThat(tiny.record(id).phase()).isEqualTo(Phase.PROTECTED);

      Path file = desk.folder().resolve("pm.yaml");
      Files.writeString(file, Files.readString(file) + "watch: maybe\n");
      desk.await(
          "health to tell of a wrong file",
          () -> WorkerTest.health(page),
          it -> it.statusCode() == 200 && it.body().contains("watch is the text maybe"));
      assertThat(desk.broker().exitsOf(id)).as("nobody serves it").isEmpty();

      Instant again = Instant.now();
      desk.configure(List.of("large", "tiny"));
      awaitServed(desk, tiny, sync, again);
      tiny.awaitExit(id);
      System.out.printf(
          "written, breach of the meantime acted on: %d ms%n",
          Duration.between(again, Instant.now()).toMillis());
      tiny.awaitClosedByOneOrder(id);
      assertThat(WorkerTest.health(page).body()).contains("\"configuration\":[]");
      assertThat(WorkerTest.health(page.resolve("/metrics")).body())
          .contains("watch_holder{account=\"tiny\"} 1");

      assertThat(large.holder()).as("the same all the time").isEqualTo(holder).isPresent();
      assertThat(desk.watchedSince("large")).isEqualTo(since);
    }
  }
}
