package org.positionmanager.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that is asked to end closes its parts in order first. */
@Timeout(90)
class StopSignalTest {
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);

  @TempDir private Path folder;

  /** Two parts on top of each other; the last argument says where the signal finds it. */
  public static final class Program {
    private Program() {}

    /** Says what it does, line by line. */
    public static void main(String[] arguments) throws Exception {
      ParentWatch.startIfAsked();
      try (StopSignal stop = StopSignal.install();
          AutoCloseable lower = part("lower")) {
        if (arguments[0].equals("starting")) {
          System.out.println("starting");
          new CountDownLatch(1).await();
        }
        try (AutoCloseable upper = part("upper")) {
          System.out.println("waiting");
          if (arguments[0].equals("watching")) {
            while (!stop.await(Duration.ofMillis(20))) {
              System.out.println("looked");
            }
          } else {
            stop.await();
          }
          System.out.println("asked " + stop.isAsked());
        }
      } catch (InterruptedException whileStarting) {
        // What is said from here on may be lost: the end of the JVM is not held back any longer.
      }
    }

    private static AutoCloseable part(String name) {
      System.out.println("opened " + name);
      return () -> System.out.println("closed " + name);
    }
  }

  @Test
  void whileWaitingEverythingIsClosedInOrder() throws IOException {
    try (ManagedProcess program = started("waiting", "waiting")) {
      program.close();
      assertThat(program.lastLines().lines())
          .containsExactly(
              "opened lower",
              "opened upper",
              "waiting",
              "asked true",
              "closed upper",
              "closed lower");
    }
  }

  @Test
  void whileStartingWhatIsOpenIsClosed() throws IOException {
    try (ManagedProcess program = started("starting", "starting")) {
      program.close();
      assertThat(program.lastLines().lines())
          .startsWith("opened lower", "starting", "closed lower");
    }
  }

  @Test
  void whileLookingEverNowAndThenEverythingIsClosedInOrder() throws IOException {
    try (ManagedProcess program = started("watching", "looked")) {
      program.close();
      assertThat(program.lastLines().lines().filter(line -> !line.equals("looked")))
          .endsWith("asked true", "closed upper", "closed lower");
    }
  }

  @Test
  void aStarterThatHasGoneIsAsGoodAsASignal() throws Exception {
    Process program =
        new ProcessBuilder(command("waiting").line()).redirectErrorStream(true).start();
    List<String> said;
    try (var lines = program.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("opened lower");
      program.getOutputStream().close();
      said = lines.lines().toList();
    }
    assertThat(said).endsWith("asked true", "closed upper", "closed lower");
    assertThat(program.waitFor()).isZero();
  }

  private ManagedProcess started(String how, String until) throws IOException {
    return ManagedProcess.startUntil(command(how), until::equals, READY_WITHIN, line -> {});
  }

  private ManagedProcess.Command command(String how) {
    return JavaProgram.of(
        "program", Program.class.getName(), List.of(how), Map.of(), folder.resolve("program.log"));
  }
}
