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
 * @param residentBytes in memory now; empty where the system does not say (other than Linux)
 * @param peakBytes the most that was in memory at once, each process by itself; likewise
 */
record ProcessUse(Duration cpu, OptionalLong residentBytes, OptionalLong peakBytes) {
  private static final long BYTES_A_KIBIBYTE = 1024;

  /** Of a process by its id; nothing of one that has ended. */
  static ProcessUse of(long pid) {
    List<ProcessHandle> all =
        ProcessHandle.of(pid).stream()
            .flatMap(it -> Stream.concat(Stream.of(it), it.descendants()))
            .toList();
    return new ProcessUse(
        all.stream()
            .map(it -> it.info().totalCpuDuration().orElse(Duration.ZERO))
            .reduce(Duration.ZERO, Duration::plus),
        sum(all, "VmRSS:"),
        sum(all, "VmHWM:"));
  }

  private static OptionalLong sum(List<ProcessHandle> all, String field) {
    long[] each = all.stream().flatMapToLong(it -> status(it.pid(), field).stream()).toArray();
    return each.length == 0 ? OptionalLong.empty() : OptionalLong.of(LongStream.of(each).sum());
  }

  /** The JDK does not tell of memory; Linux does, in kibibytes (man 5 proc_pid_status). */
  private static OptionalLong status(long pid, String field) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", "" + pid, "status"))) {
      return lines
          .filter(it -> it.startsWith(field))
          .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")) * BYTES_A_KIBIBYTE)
          .findFirst();
    } catch (IOException goneOrNotLinux) {
      return OptionalLong.empty();
    }
  }
}
