package org.positionmanager.worker.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A program that an owner who was killed left behind, known by what it was started with. */
public final class StrayProcess {
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final ProcessHandle handle;

  private StrayProcess(ProcessHandle handle) {
    this.handle = handle;
  }

  /** The running process with the id, where these are among its arguments. */
  public static Optional<StrayProcess> of(long pid, String... arguments) {
    return ProcessHandle.of(pid)
        .filter(process -> hasAll(process, arguments))
        .filter(StrayProcess::runs)
        .map(StrayProcess::new);
  }

  /** Running processes that have all of these among their arguments. */
  public static List<StrayProcess> with(String... arguments) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> hasAll(process, arguments))
          .filter(StrayProcess::runs)
          .map(StrayProcess::new)
          .toList();
    }
  }

  private static boolean hasAll(ProcessHandle process, String... arguments) {
    List<String> its = Arrays.asList(process.info().arguments().orElse(new String[0]));
    return its.containsAll(List.of(arguments));
  }

  /**
   * Whether it still runs. One that has ended and that nobody reaps, as in a container whose first
   * process is no init, does not, although the system still knows it.
   */
  public static boolean runs(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    Path stat = Path.of("/proc", "" + process.pid(), "stat");
    try {
      String fields = Files.exists(stat) ? Files.readString(stat) : "";
      int name = fields.lastIndexOf(") ");
      return name < 0 || fields.charAt(name + 2) != 'Z';
    } catch (IOException goneMeanwhile) {
      return false;
    }
  }

  /** Its id. */
  public long pid() {
    return handle.pid();
  }

  /**
   * {@code kill -9} for it and its children, and waits until they have ended.
   *
   * @throws IOException naming the process where it does not end within the time
   */
  public void kill(Duration within) throws IOException {
    List<ProcessHandle> all = Stream.concat(Stream.of(handle), handle.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    long deadline = System.nanoTime() + within.toNanos();
    try {
      while (all.stream().anyMatch(StrayProcess::runs)) {
        if (System.nanoTime() > deadline) {
          throw new IOException(
              "process %d, left behind by an earlier run, cannot be stopped".formatted(pid()));
        }
        Thread.sleep(LOOK_EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while stopping process " + pid(), e);
    }
  }
}
