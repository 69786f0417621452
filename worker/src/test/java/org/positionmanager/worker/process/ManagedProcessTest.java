package org.positionmanager.worker.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real child processes, ours and foreign ones, and how they end. */
@Timeout(90)
class ManagedProcessTest {
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);
  private static final Duration GONE_WITHIN = Duration.ofSeconds(15);

  /** A foreign program that says when it is up and then waits. */
  private static final String WAITING = "echo ready; while :; do sleep 0.1; done";

  private static final String DEAF = "trap '' TERM; " + WAITING;

  @TempDir private Path folder;
  private ManagedProcess process;

  @AfterEach
  void leaveNothingBehind() {
    if (process != null) {
      process.kill();
    }
  }

  @Test
  void aForeignProgramEndsWithAnOwnerThatIsKilled() throws IOException {
    assertEndsWithItsOwner("guarded", "/bin/sh", "-c", WAITING);
  }

  @Test
  void aForeignProgramThatDoesNotListenEndsWithAnOwnerThatIsKilled() throws IOException {
    assertEndsWithItsOwner("guarded", "/bin/sh", "-c", DEAF);
  }

  @Test
  void aProgramOfOursEndsWithAnOwnerThatIsKilled() throws IOException {
    assertEndsWithItsOwner("watching", "folder", folder.resolve("kept").toString());
  }

  private void assertEndsWithItsOwner(String kind, String... child) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(kind, folder + "/child.log"));
    arguments.addAll(List.of(child));
    long[] pid = new long[1];
    process =
        ManagedProcess.startUntil(
            JavaProgram.of(
                "owner", Owner.class.getName(), arguments, Map.of(), folder.resolve("owner.log")),
            line -> line.startsWith("owns "),
            READY_WITHIN,
            line -> pid[0] = line.startsWith("owns ") ? Long.parseLong(line.substring(5)) : pid[0]);
    ProcessHandle owned = ProcessHandle.of(pid[0]).orElseThrow();
    assertThat(StrayProcess.runs(owned)).isTrue();
    ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly();
    await("the child %d to end after its owner was killed".formatted(pid[0]))
        .atMost(GONE_WITHIN)
        .until(() -> !StrayProcess.runs(owned));
  }

  @Test
  void theIdIsTheProgramsAndNotTheGuards() throws IOException {
    process = foreign("exec sleep 1000", line -> true);
    await("the program to run behind its guard")
        .atMost(GONE_WITHIN)
        .until(() -> StrayProcess.of(process.pid(), "1000").isPresent());
  }

  @Test
  void ctrlCInTheTerminalDoesNotReachAForeignProgram() throws Exception {
    assumeTrue(
        new ProcessBuilder("/bin/sh", "-c", "command -v setsid").start().waitFor() == 0,
        "this system has no setsid");
    process = foreign(WAITING, line -> line.equals("ready"));
    assertThat(groupOf(process.pid())).isNotEqualTo(groupOf(ProcessHandle.current().pid()));
  }

  private static String groupOf(long pid) throws IOException {
    return new String(
            new ProcessBuilder("ps", "-o", "pgid=", "-p", "" + pid)
                .start()
                .getInputStream()
                .readAllBytes(),
            UTF_8)
        .strip();
  }

  @Test
  void closingAsksAProgramAndLeavesItTimeToEnd() throws IOException {
    process =
        foreign(
            "trap 'echo tidied; exit 0' TERM; echo ready; while :; do sleep 0.1; done",
            line -> line.equals("ready"));
    process.close();
    assertThat(process.isAlive()).isFalse();
    assertThat(process.lastLines()).isEqualTo("ready\ntidied");
  }

  @Test
  void closingByAnInterruptedThreadStillLeavesItTimeToEnd() throws IOException {
    process =
        foreign(
            "trap 'sleep 0.3; echo tidied; exit 0' TERM; echo ready; while :; do sleep 0.1; done",
            line -> line.equals("ready"));
    Thread.currentThread().interrupt();
    process.close();
    assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    assertThat(process.lastLines()).isEqualTo("ready\ntidied");
  }

  @Test
  void closingKillsAProgramThatDoesNotListen() throws IOException {
    process = foreign(DEAF, line -> line.equals("ready"));
    ProcessHandle program = ProcessHandle.of(process.pid()).orElseThrow();
    process.close();
    assertThat(process.isAlive()).isFalse();
    assertThat(StrayProcess.runs(program)).isFalse();
  }

  @Test
  void closingAsksAProgramOfOursAndNotTheChildThatItStarted() throws IOException {
    process =
        ManagedProcess.startUntil(
            JavaProgram.of(
                "owner",
                Owner.class.getName(),
                List.of(
                    "guarded",
                    folder + "/child.log",
                    "/bin/sh",
                    "-c",
                    "echo ready; exec sleep 999"),
                Map.of(),
                folder.resolve("owner.log")),
            line -> line.startsWith("owns "),
            READY_WITHIN,
            line -> {});
    assertThat(ProcessHandle.of(process.pid()).orElseThrow().parent())
        .hasValueSatisfying(
            parent -> assertThat(parent.pid()).isEqualTo(ProcessHandle.current().pid()));
    process.close();
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void killingEndsProgramAndGuard() throws IOException {
    process = foreign(WAITING, line -> line.equals("ready"));
    ProcessHandle program = ProcessHandle.of(process.pid()).orElseThrow();
    process.kill();
    assertThat(process.isAlive()).isFalse();
    assertThat(StrayProcess.runs(program)).isFalse();
  }

  @Test
  void whatDependsOnItsEndIsDoneBeforeKillReturns() throws IOException {
    process = foreign(WAITING, line -> line.equals("ready"));
    AtomicBoolean done = new AtomicBoolean();
    process.whenEnded(() -> done.set(true));
    assertThat(done).isFalse();
    process.kill();
    assertThat(done).isTrue();
  }

  @Test
  void aProgramThatEndsByItselfIsNoticed() throws IOException {
    AtomicBoolean done = new AtomicBoolean();
    process = foreign("echo ready; exit 3", line -> line.equals("ready"));
    process.whenEnded(() -> done.set(true));
    await("the end to be noticed").atMost(GONE_WITHIN).untilTrue(done);
  }

  @Test
  void outputGoesToTheLogWhichIsKeptOverARestart() throws IOException {
    foreign("echo first; echo second >&2; exit 0", line -> line.equals("second")).close();
    foreign("echo third; exit 0", line -> line.equals("third")).close();
    assertThat(folder.resolve("program.log")).hasContent("first\nsecond\nthird");
  }

  @Test
  void aProgramThatIsNotThereIsTold() {
    assertThatThrownBy(
            () ->
                ManagedProcess.start(
                    new ManagedProcess.Command(
                        "nothing",
                        List.of(folder + "/none"),
                        Map.of(),
                        folder.resolve("log"),
                        true),
                    line -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder + "/none");
    assertThatThrownBy(
            () ->
                ManagedProcess.startUntil(
                    new ManagedProcess.Command(
                        "nothing",
                        List.of(folder + "/none"),
                        Map.of(),
                        folder.resolve("log"),
                        false),
                    line -> false,
                    READY_WITHIN,
                    line -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nothing ended before it was ready")
        .hasMessageContaining(folder + "/none");
  }

  @Test
  void aProgramThatEndsBeforeItIsReadyIsToldWithItsLastLineAndItsLog() {
    assertThatThrownBy(() -> foreign("echo starting; echo no room; exit 1", line -> false))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "program ended before it was ready: no room (all of its output is in %s)"
                .formatted(folder.resolve("program.log")));
  }

  @Test
  void aProgramThatIsNotReadyInTimeIsKilledAndTold() {
    assertThatThrownBy(
            () ->
                ManagedProcess.startUntil(
                    command(WAITING), line -> false, Duration.ofSeconds(1), line -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "program was not ready within 1 s: ready (all of its output is in %s)"
                .formatted(folder.resolve("program.log")));
    assertThat(StrayProcess.with("-c", WAITING)).isEmpty();
  }

  private ManagedProcess foreign(String script, Predicate<String> ready) throws IOException {
    return script.startsWith("exec")
        ? ManagedProcess.start(command(script), line -> {})
        : ManagedProcess.startUntil(command(script), ready, READY_WITHIN, line -> {});
  }

  private ManagedProcess.Command command(String script) {
    return new ManagedProcess.Command(
        "program",
        List.of("/bin/sh", "-c", script),
        Map.of(),
        folder.resolve("program.log"),
        false);
  }

  @Test
  void theFolderOfTheLogIsMade() throws IOException {
    Path log = folder.resolve("a").resolve("b").resolve("log");
    process =
        ManagedProcess.startUntil(
            new ManagedProcess.Command(
                "program", List.of("/bin/sh", "-c", WAITING), Map.of(), log, false),
            line -> line.equals("ready"),
            READY_WITHIN,
            line -> {});
    assertThat(Files.readString(log)).isEqualTo("ready\n");
  }
}
