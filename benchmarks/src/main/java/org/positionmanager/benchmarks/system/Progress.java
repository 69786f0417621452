package org.positionmanager.benchmarks.system;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What a person who waits is told, on standard error: a line for each step, with the time. */
final class Progress {
  private static final Duration TELL_EVERY = Duration.ofSeconds(10);

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

  /** Begins to count up to a number. */
  Counting counting(String what, long all) {
    return new Counting(what, all);
  }

  /** Something counted, of which is told now and then, with how long it will still take. */
  final class Counting {
    private final String what;
    private final long all;
    private final Instant since = clock.instant();
    private Instant told = since;

    private Counting(String what, long all) {
      this.what = what;
      this.all = all;
    }

    void at(long done) {
      Instant now = clock.instant();
      if (Duration.between(told, now).compareTo(TELL_EVERY) < 0) {
        return;
      }
      told = now;
      double seconds = Duration.between(since, now).toMillis() / 1000.0;
      String left =
          done == 0 || done >= all
              ? ""
              : ", about %.0f s left".formatted(seconds * (all - done) / done);
      tell("  %s: %d of %d%s".formatted(what, done, all, left));
    }
  }
}
