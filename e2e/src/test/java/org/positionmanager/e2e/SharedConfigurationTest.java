package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.worker.process.ManagedProcess;
import org.positionmanager.workflows.identity.PositionId;

/** Two workers that follow one configuration, and the files of keys that it names. */
@Timeout(240)
class SharedConfigurationTest {
  private static final String NOT_THEIRS = "belongs to broker account PA-large";

  private record KeyFiles(Path key, Path secret) {
    static KeyFiles in(Path folder) {
      return new KeyFiles(folder.resolve("tiny.key"), folder.resolve("tiny.secret"));
    }

    /** One after the other, as a person does it. */
    void holdThoseOf(String account) throws IOException {
      Files.writeString(key, DeskAccounts.key(account) + "\n");
      Files.writeString(secret, DeskAccounts.secret(account) + "\n");
    }

    void areNamedIn(Path configuration) throws IOException {
      String written = Files.readString(configuration);
      String named =
          written.replace(
              "{keyEnv: KEY_TINY, secretEnv: SECRET_TINY}",
              "{keyFile: %s, secretFile: %s}".formatted(key, secret));
      assertThat(named).isNotEqualTo(written);
      Files.writeString(configuration, named);
    }
  }

  private static void awaitHealth(Desk desk, String what, URI page, Predicate<String> expected) {
    desk.await(what, () -> WorkerTest.health(page.resolve("/healthz")).body(), expected);
  }

  @Test
  @DisplayName(
      "a key that is put right in its file is taken by each worker of the file, a wrong one by none")
  void keysChangeInTheirFile() throws Exception {
    try (Desk desk =
            aDesk()
                .withAccounts("large", "tiny")
                .configuredAtFirst("large")
                .withPrice(Watched.CONTRACT, "4.80")
                .start();
        Intake intake = desk.intake()) {
      ManagedProcess other = desk.programs().startAnotherWorker();
      URI ours = desk.workerPages();
      URI theirs = DeskPrograms.pagesIn(other.lastLines()).orElseThrow();
      KeyFiles files = KeyFiles.in(desk.folder());
      files.holdThoseOf("large");
      Path configuration = desk.configuration("large", "tiny");
      files.areNamedIn(configuration);
      Files.writeString(desk.folder().resolve("pm.yaml"), Files.readString(configuration));
      awaitHealth(desk, "one worker to refuse tiny", ours, body -> body.contains(NOT_THEIRS));
      awaitHealth(desk, "the other to refuse tiny", theirs, body -> body.contains(NOT_THEIRS));

      files.holdThoseOf("tiny");
      Watched tiny = new Watched(desk, "tiny");
      desk.await("a watch of tiny", tiny::holder, holder -> holder.isPresent());
      PositionId first = tiny.opened();
      tiny.breach();
      tiny.awaitClosedByOneOrder(first);
      Predicate<String> serves = body -> !body.contains(NOT_THEIRS);
      awaitHealth(desk, "one worker to serve tiny", ours, serves);
      awaitHealth(desk, "the other to serve tiny", theirs, serves);

      files.holdThoseOf("large");
      Predicate<String> asBefore =
          body -> body.contains("account tiny goes on as before") && body.contains(NOT_THEIRS);
      awaitHealth(desk, "one worker to keep the key it has", ours, asBefore);
      awaitHealth(desk, "the other to keep the key it has", theirs, asBefore);
      PositionId second = tiny.opened();
      tiny.breach();
      tiny.awaitClosedByOneOrder(second);
      assertThat(desk.broker().exitsOf(second)).hasSize(1);
      assertThat(intake.started()).isEqualTo(2);
    }
  }
}
