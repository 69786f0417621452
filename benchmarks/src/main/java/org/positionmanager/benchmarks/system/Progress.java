package org.positionmanager.benchmarks.system;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What a person who waits is told, on standard error: a line for each step, with the time. */
final class Progress {
  private final PrintStream out;
  private final InstantSource clock;
  private final Instant begun;

  Progress(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
    begun = clock.instant();
  }

  void tell(String what) {
    Duration since = Duration.between(begun, clock.instant());
    out.println("%3d:%02d  %s".formatted(since.toMinutes(), since.toSecondsPart(), what));
  }

  /**
   * Something counted.
   *
   * @param since when counting began, to say how long it goes on
   */
  void count(String what, long done, long all, Instant since) {
    double seconds = Duration.between(since, clock.instant()).toMillis() / 1000.0;
    String left =
        done == 0 || done >= all
            ? ""
            : ", about %.0f s left".formatted(seconds * (all - done) / done);
    tell("  %s: %d of %d%s".formatted(what, done, all, left));
  }

  Instant now() {
    return clock.instant();
  }
}
