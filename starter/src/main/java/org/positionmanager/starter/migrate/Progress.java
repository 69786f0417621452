package org.positionmanager.starter.migrate;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Tells how far something has come, once a second and not before it has taken a second. */
final class Progress {
  private static final long EACH = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanoClock;
  private final Consumer<String> tell;
  private long last;

  Progress(LongSupplier nanoClock, Consumer<String> tell) {
    this.nanoClock = nanoClock;
    this.tell = tell;
    last = nanoClock.getAsLong();
  }

  void tell(Supplier<String> how) {
    long now = nanoClock.getAsLong();
    if (now - last >= EACH) {
      last = now;
      tell.accept(how.get());
    }
  }
}
