package org.positionmanager.worker.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.positionmanager.activities.alert.Rounds;
import org.positionmanager.worker.process.ManagedProcess;

/**
 * A server of our own that is begun again, on what it remembers, where it ends by itself or can no
 * longer work. The development server's SQLite can be left for good in a state in which everything
 * fails with {@code interrupted (9)}: seen where calls were given up under overload.
 */
public final class KeptServer implements AutoCloseable {
  /** Refusals follow each other at once: whoever still refuses then does not mend itself. */
  static final Duration REFUSES_FOR = Duration.ofSeconds(15);

  /** A server under load may be slow for long, and a start makes that worse. */
  static final Duration SILENT_FOR = Duration.ofMinutes(2);

  private static final Duration EACH = Duration.ofSeconds(2);

  /** What a server does when it is asked for something that it has to read. */
  enum Answer {
    ANSWERS,
    REFUSES,
    SILENT
  }

  /** How it is begun. */
  interface Launch {
    /**
     * Starts it and waits until it is usable.
     *
     * @throws IOException with its last lines where it does not come up
     */
    ManagedProcess start() throws IOException;
  }

  private final Launch launch;
  private final Supplier<Answer> asked;
  private final LongSupplier nanos;
  private final Consumer<String> tell;
  private final Rounds rounds;
  private final AutoCloseable rest;
  private Optional<Long> failingSince = Optional.empty();
  private Answer last = Answer.ANSWERS;
  private boolean closed;
  private volatile ManagedProcess process;

  /**
   * Starts it.
   *
   * @param asked asks it for something
   * @param tell hears why it is begun again
   * @param rest closed after it
   * @throws IOException as {@link Launch#start}
   */
  KeptServer(Launch launch, Supplier<Answer> asked, Consumer<String> tell, AutoCloseable rest)
      throws IOException {
    this(launch, asked, EACH, System::nanoTime, tell, rest);
  }

  /**
   * @param each between two looks
   * @param nanos a clock that only goes on
   */
  KeptServer(
      Launch launch,
      Supplier<Answer> asked,
      Duration each,
      LongSupplier nanos,
      Consumer<String> tell,
      AutoCloseable rest)
      throws IOException {
    this.launch = launch;
    this.asked = asked;
    this.nanos = nanos;
    this.tell = tell;
    this.rest = rest;
    process = launch.start();
    rounds = Rounds.start("engine kept", each, this::look);
  }

  /** The process that it is now. */
  public ManagedProcess process() {
    return process;
  }

  private void look() {
    if (!process.isAlive()) {
      again("has ended by itself");
      return;
    }
    Answer answer = asked.get();
    if (answer != last) {
      last = answer;
      failingSince = Optional.empty();
    }
    if (answer == Answer.ANSWERS) {
      return;
    }
    long now = nanos.getAsLong();
    Duration failing = Duration.ofNanos(now - failingSince.orElse(now));
    failingSince = failingSince.or(() -> Optional.of(now));
    Duration allowed = answer == Answer.REFUSES ? REFUSES_FOR : SILENT_FOR;
    if (failing.compareTo(allowed) >= 0) {
      again(
          "has %s for %d s"
              .formatted(
                  answer == Answer.REFUSES ? "refused everything" : "not answered",
                  failing.toSeconds()));
    }
  }

  private synchronized void again(String why) {
    if (closed) {
      return;
    }
    tell.accept("Temporal %s: it is begun again, on what it remembers".formatted(why));
    failingSince = Optional.empty();
    process.kill();
    try {
      process = launch.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws Exception {
    rounds.close();
    try (AutoCloseable last = rest) {
      synchronized (this) {
        closed = true;
        process.close();
      }
    }
  }
}
