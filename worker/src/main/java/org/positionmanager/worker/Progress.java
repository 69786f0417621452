package org.positionmanager.worker;

import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What one account's activities have got done: progress is the health signal. */
final class Progress {
  private final InstantSource clock;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile Optional<Instant> lastDone = Optional.empty();
  private volatile Optional<String> lastFailure = Optional.empty();

  Progress(InstantSource clock) {
    this.clock = clock;
  }

  /** Counts every activity of the worker that it is given to. */
  WorkerInterceptor interceptor() {
    return new WorkerInterceptorBase() {
      @Override
      public ActivityInboundCallsInterceptor interceptActivity(
          ActivityInboundCallsInterceptor next) {
        return new Counting(next);
      }
    };
  }

  private final class Counting extends ActivityInboundCallsInterceptorBase {
    private Counting(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      try {
        ActivityOutput output = super.execute(input);
        done.incrementAndGet();
        lastDone = Optional.of(clock.instant());
        lastFailure = Optional.empty();
        return output;
      } catch (RuntimeException e) {
        failed.incrementAndGet();
        lastFailure = Optional.ofNullable(e.getMessage()).or(() -> Optional.of(e.toString()));
        throw e;
      }
    }
  }

  long done() {
    return done.get();
  }

  long failed() {
    return failed.get();
  }

  /** When an activity last succeeded. */
  Optional<Instant> lastDone() {
    return lastDone;
  }

  /** Why an activity failed, where none has succeeded since. */
  Optional<String> lastFailure() {
    return lastFailure;
  }
}
