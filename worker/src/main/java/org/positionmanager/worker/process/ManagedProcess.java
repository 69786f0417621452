package org.positionmanager.worker.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A child process whose output goes to a log file and to a listener, and which ends when this
 * process does, even by {@code kill -9}: the child holds the read end of a pipe that only we keep
 * open.
 */
public final class ManagedProcess implements AutoCloseable {
  /** The system property by which our own programs watch their standard input. */
  public static final String EXIT_ON_STDIN_EOF = "pm.exitOnStdinEof";

  /** Runs a foreign program and kills it when standard input ends; exits with its status. */
  private static final String GUARD =
      """
      exec 3<&0
      "$@" </dev/null 3<&- &
      child=$!
      trap 'kill -TERM $child 2>/dev/null' TERM INT
      ( cat <&3 >/dev/null; kill -TERM $child 2>/dev/null ) &
      wait $child
      status=$?
      while kill -0 $child 2>/dev/null; do wait $child; status=$?; done
      exit $status
      """;

  private static final int LINES_KEPT = 40;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final String name;
  private final Process process;
  private final boolean guarded;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private ManagedProcess(String name, Process process, boolean guarded) {
    this.name = name;
    this.process = process;
    this.guarded = guarded;
  }

  /**
   * What to run.
   *
   * @param watchesStdin whether the program itself exits when its standard input ends
   */
  public record Command(
      String name,
      List<String> line,
      Map<String, String> environment,
      Path log,
      boolean watchesStdin) {
    public Command {
      line = List.copyOf(line);
      environment = Map.copyOf(environment);
    }
  }

  /**
   * Starts it; every line of its output is passed on as it comes.
   *
   * @throws IOException if it cannot be started
   */
  public static ManagedProcess start(Command command, Consumer<String> lines) throws IOException {
    List<String> line = new ArrayList<>();
    if (!command.watchesStdin()) {
      line.addAll(List.of("/bin/sh", "-c", GUARD, command.name()));
    }
    line.addAll(command.line());
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(command.environment());
    Files.createDirectories(command.log().toAbsolutePath().getParent());
    ManagedProcess managed =
        new ManagedProcess(command.name(), builder.start(), !command.watchesStdin());
    Thread.ofVirtual()
        .name("output of " + command.name())
        .start(() -> managed.read(command.log(), lines));
    return managed;
  }

  /** Starts it and waits for its ready line. */
  public static ManagedProcess startUntil(
      Command command, Predicate<String> ready, Duration within, Consumer<String> lines)
      throws IOException {
    CompletableFuture<Void> isReady = new CompletableFuture<>();
    ManagedProcess managed =
        start(
            command,
            line -> {
              lines.accept(line);
              if (ready.test(line)) {
                isReady.complete(null);
              }
            });
    managed.ended.whenComplete(
        (nothing, failure) ->
            isReady.completeExceptionally(new IOException("ended before it was ready")));
    try {
      isReady.get(within.toMillis(), TimeUnit.MILLISECONDS);
      return managed;
    } catch (ExecutionException | TimeoutException e) {
      managed.kill();
      throw new IOException(
          "%s was not ready within %d s: %s (all of its output is in %s)"
              .formatted(command.name(), within.toSeconds(), managed.lastLine(), command.log()),
          e);
    } catch (InterruptedException e) {
      managed.kill();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + command.name(), e);
    }
  }

  private void read(Path log, Consumer<String> lines) {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        Writer writer =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        writer.write(line);
        writer.write('\n');
        writer.flush();
        remember(line);
        lines.accept(line);
      }
    } catch (IOException e) {
      remember("output of " + name + " cannot be read: " + e.getMessage());
    } finally {
      ended.complete(null);
    }
  }

  private synchronized void remember(String line) {
    lastLines.addLast(line);
    if (lastLines.size() > LINES_KEPT) {
      lastLines.removeFirst();
    }
  }

  /** The last lines of output, for error messages. */
  public synchronized String lastLines() {
    return String.join("\n", lastLines);
  }

  private synchronized String lastLine() {
    return lastLines.isEmpty() ? "it said nothing" : lastLines.getLast();
  }

  public String name() {
    return name;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The program's process id: behind the guard it is the guard's child. */
  public long pid() {
    return program().pid();
  }

  private ProcessHandle program() {
    if (!guarded) {
      return process.toHandle();
    }
    return process
        .descendants()
        .filter(child -> !child.info().command().orElse("").endsWith("cat"))
        .filter(child -> !child.info().command().orElse("").endsWith("sh"))
        .findFirst()
        .orElse(process.toHandle());
  }

  /** {@code kill -9}, for the program itself and its guard. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    awaitEnd(STOP_WITHIN);
  }

  /** Asks it to end, and kills it where it does not within 10 seconds. */
  @Override
  public void close() {
    program().destroy();
    if (!awaitEnd(STOP_WITHIN)) {
      kill();
      return;
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  private boolean awaitEnd(Duration within) {
    try {
      return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
