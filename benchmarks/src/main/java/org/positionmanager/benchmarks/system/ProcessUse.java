package org.positionmanager.benchmarks.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a process and its children took by now.
 *
 * @param cpu on all cores together
 * @param memoryBytes resident now, what several share counted once among them; empty where the
 *     system does not say (other than Linux)
 */
record ProcessUse(Duration cpu, OptionalLong memoryBytes) {
  private static final long BYTES_A_KIBIBYTE = 1024;

  /** Of a process by its id; nothing of one that has ended. */
  static ProcessUse of(long pid) {
    List<ProcessHandle> all =
        ProcessHandle.of(pid).stream()
            .flatMap(it -> Stream.concat(Stream.of(it), it.descendants()))
            .toList();
    long[] each = all.stream().flatMapToLong(it -> share(it.pid()).stream()).toArray();
    return new ProcessUse(
        all.stream()
            .map(it -> it.info().totalCpuDuration().orElse(Duration.ZERO))
            .reduce(Duration.ZERO, Duration::plus),
        each.length == 0 ? OptionalLong.empty() : OptionalLong.of(LongStream.of(each).sum()));
  }

  /** The JDK does not tell of memory; Linux does, in kibibytes (man 5 proc_pid_smaps). */
  private static OptionalLong share(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", "" + pid, "smaps_rollup"))) {
      return lines
          .filter(it -> it.startsWith("Pss:"))
          .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")) * BYTES_A_KIBIBYTE)
          .findFirst();
    } catch (IOException goneOrNotLinux) {
      return OptionalLong.empty();
    }
  }
}
