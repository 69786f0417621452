package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.google.protobuf.Message;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.SearchAttributes;
import io.temporal.api.history.v1.MarkerRecordedEventAttributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.worker.payload.PayloadKeys;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;

/** What others must not be able to read. */
@Timeout(180)
class SecrecyTest {
  @TempDir private Path folder;

  @Test
  @DisplayName(
      "with keys the engine can read nothing of a position, and a key is rotated while it is open")
  void keysAreRotated() throws Exception {
    Path keys = folder.resolve("keys.txt");
    Files.writeString(keys, line("old", 1));
    try (Desk desk =
        aDesk()
            .withAccounts("large")
            .withPrice("WMT", "128")
            .withEnvironment(Map.of(PayloadKeys.FILE, keys.toString()))
            .start()) {
      PositionId id;
      try (Intake intake = desk.intake()) {
        id = desk.opens("large", "WMT", 5);
        desk.awaitPhase(id, Phase.PROTECTED);
        assertThat(intake.started()).isEqualTo(1);
      }
      assertThat(keysIn(desk, id)).containsOnly("old");

      Files.writeString(keys, line("new", 2) + line("old", 1));
      desk.killWorker();
      desk.startWorker();
      CommandRun closing = desk.pm("close", id.toString(), "--note", "done");
      assertThat(closing.exitCode()).as(closing.toString()).isZero();
      desk.awaitPhase(id, Phase.CLOSED);
      assertThat(keysIn(desk, id)).containsOnly("old", "new");
    }
  }

  private static String line(String name, int filledWith) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) filledWith);
    return name + " " + Base64.getEncoder().encodeToString(key) + "\n";
  }

  /** By which keys the payloads of a position's history are encrypted; fails at a plain one. */
  private static Set<String> keysIn(Desk desk, PositionId id) {
    List<Payload> payloads = new ArrayList<>();
    collect(desk.client().fetchHistory(id.workflowId()).getHistory(), payloads);
    assertThat(payloads).isNotEmpty();
    Set<String> keys = new TreeSet<>();
    for (Payload payload : payloads) {
      assertThat(payload.getMetadataMap())
          .as(payload.getData().toStringUtf8())
          .containsKey("encryption-key-id");
      keys.add(payload.getMetadataOrThrow("encryption-key-id").toStringUtf8());
    }
    return keys;
  }

  /** All but what the engine itself has to read: search attributes, and versions of the code. */
  private static void collect(Object value, Collection<Payload> into) {
    switch (value) {
      case Payload payload -> into.add(payload);
      case SearchAttributes read -> {}
      case MarkerRecordedEventAttributes marker when marker.getMarkerName().equals("Version") -> {}
      case Message message -> message.getAllFields().values().forEach(it -> collect(it, into));
      case Collection<?> several -> several.forEach(it -> collect(it, into));
      default -> {}
    }
  }

  @Test
  @DisplayName(
      "keys and secrets of accounts are in no log, history, table, configuration or command line")
  void secretsStayWhereTheyAre() throws Exception {
    try (Desk desk = aDesk().withAccounts("large").withPrice("WMT", "128").start()) {
      desk.programs().startIntake();
      PositionId id = desk.opens("large", "WMT", 5);
      desk.awaitPhase(id, Phase.PROTECTED);
      // what fails is told in the most words
      desk.broker().fails("status-after", "POST", "/v2/orders", 500, 1);
      desk.broker().priceIs("WMT", "100");
      desk.awaitPhase(id, Phase.CLOSED);
      CommandRun positions = desk.pm("positions", "--all");
      CommandRun doctor =
          desk.pm("doctor", "--config", desk.folder().resolve("pm.yaml").toString());
      // one that says so itself: the search would find what is there
      Files.writeString(desk.folder().resolve("witness.log"), DeskAccounts.secret("witness"));
      for (String secret : List.of(DeskAccounts.key("large"), DeskAccounts.secret("large"))) {
        assertThat(positions.toString() + doctor).doesNotContain(secret);
        assertThat(filesWith(desk.folder(), secret)).isEmpty();
        assertThat(commandLinesWith(secret)).isEmpty();
      }
      assertThat(commandLinesWith(desk.folder().resolve("pm.yaml").toString()))
          .as("the worker's and the intake's own")
          .hasSizeGreaterThan(1);
      assertThat(filesWith(desk.folder(), DeskAccounts.secret("witness")))
          .containsExactly("witness.log");
    }
  }

  /** Logs, the engine's database and PostgreSQL's own files, byte by byte. */
  private static List<String> filesWith(Path folder, String secret) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (contains(file, secret)) {
          found.add(folder.relativize(file).toString());
        }
      }
    }
    return found;
  }

  private static boolean contains(Path file, String secret) throws IOException {
    // one character a byte, so that nothing is lost
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret);
  }

  /** Of all processes on this machine. */
  private static List<String> commandLinesWith(String text) throws IOException {
    Path processes = Path.of("/proc");
    List<String> lines = new ArrayList<>();
    if (Files.isDirectory(processes)) {
      try (Stream<Path> each = Files.list(processes)) {
        each.map(process -> process.resolve("cmdline")).map(SecrecyTest::words).forEach(lines::add);
      }
    } else {
      ProcessHandle.allProcesses()
          .flatMap(it -> it.info().commandLine().stream())
          .forEach(lines::add);
    }
    return lines.stream().filter(line -> line.contains(text)).toList();
  }

  /** Empty for a process that has ended, and for what is none. */
  private static String words(Path commandLine) {
    try {
      return Files.readString(commandLine, StandardCharsets.ISO_8859_1).replace('\0', ' ');
    } catch (IOException ended) {
      return "";
    }
  }
}
