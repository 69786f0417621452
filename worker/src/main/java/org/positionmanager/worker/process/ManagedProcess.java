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
import java.util.Arrays;
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

  /**
   * Runs a foreign program and ends it when standard input ends, by force where asking does not
   * help; exits with its status. Ctrl-C and a closed terminal are for us: we end our parts in
   * order, so the program gets a session of its own where the system has {@code setsid}.
   */
  private static final String GUARD =
      """
      exec 3<&0
      trap '' INT HUP
      command -v setsid >/dev/null 2>&1 && set -- setsid "$@"
      trap 'stop=1; [ "$child" ] && kill -TERM $child' TERM
      "$@" </dev/null 3<&- &
      child=$!
      exec 2>/dev/null
      [ "$stop" ] && kill -TERM $child
      (
        trap - TERM
        exec >/dev/null
        while read -r line <&3; do :; done
        kill -TERM $child
        for second in 1 2 3 4 5; do sleep 1; kill -0 $child || exit; done
        kill -KILL $child
      ) &
      watch=$!
      wait $child
      status=$?
      while kill -0 $child; do wait $child; status=$?; done
      kill $watch
      exit $status
      """;

  private static final int LINES_KEPT = 40;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final Duration READ_WITHIN = Duration.ofSeconds(1);
  private static final Duration GUARD_ENDS_WITHIN = Duration.ofSeconds(2);

  private final String name;
  private final Process process;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final boolean guarded;
  private final Thread reader;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile CompletableFuture<Void> afterwards = ended;

  private ManagedProcess(Command command, Process process, Consumer<String> lines) {
    this.name = command.name();
    this.process = process;
    this.guarded = !command.watchesStdin();
    this.reader =
        Thread.ofVirtual().name("output of " + name).start(() -> read(command.log(), lines));
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
    return new ManagedProcess(command, builder.start(), lines);
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
        (nothing, failure) -> isReady.completeExceptionally(new IOException("ended")));
    try {
      isReady.get(within.toMillis(), TimeUnit.MILLISECONDS);
      return managed;
    } catch (ExecutionException e) {
      throw managed.notReady(command, "ended before it was ready", e);
    } catch (TimeoutException e) {
      throw managed.notReady(command, "was not ready within " + within.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      managed.kill();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + command.name(), e);
    }
  }

  private IOException notReady(Command command, String what, Exception cause) {
    String said = lastLine();
    kill();
    return new IOException(
        "%s %s: %s (all of its output is in %s)".formatted(name, what, said, command.log()), cause);
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

  /** The last lines of output, for error messages: of one that has ended, the very last. */
  public String lastLines() {
    if (!process.isAlive()) {
      awaitRead();
    }
    synchronized (this) {
      return String.join("\n", lastLines);
    }
  }

  private String lastLine() {
    List<String> lines = lastLines().lines().toList();
    return lines.isEmpty() ? "it said nothing" : lines.getLast();
  }

  private void awaitRead() {
    boolean interrupted = Thread.interrupted();
    try {
      reader.join(READ_WITHIN);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
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
        .children()
        .filter(child -> !isGuard(child))
        .findFirst()
        .orElse(process.toHandle());
  }

  /** The guard's own watcher is a copy of it. */
  private static boolean isGuard(ProcessHandle child) {
    return Arrays.asList(child.info().arguments().orElse(new String[0])).contains(GUARD);
  }

  /** Runs the action once it has ended, before {@link #kill} and {@link #close} return. */
  public void whenEnded(Runnable action) {
    afterwards = ended.thenRun(action);
  }

  /** {@code kill -9}, for the program itself, its guard and its children. */
  public void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    program().destroyForcibly();
    // The guard ends by itself then, and leaves nothing that somebody else would have to reap.
    if (!guarded || !awaitEnd(GUARD_ENDS_WITHIN)) {
      process.toHandle().destroyForcibly();
      awaitEnd(STOP_WITHIN);
    }
    children.forEach(ProcessHandle::destroyForcibly);
    finish();
  }

  /** Asks it to end, and kills it where it does not within 10 seconds. */
  @Override
  public void close() {
    close(STOP_WITHIN);
  }

  /**
   * Asks it to end, and kills it where it does not so soon: one with parts of its own needs more.
   */
  public void close(Duration patience) {
    // By its handle: the process itself would close its output, and with it lose the last words.
    process.toHandle().destroy();
    if (awaitEnd(patience)) {
      finish();
    } else {
      kill();
    }
  }

  private void finish() {
    ended.complete(null);
    afterwards.join();
  }

  /** Waits out interrupts: a program interrupted while it starts still ends its parts in order. */
  private boolean awaitEnd(Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
