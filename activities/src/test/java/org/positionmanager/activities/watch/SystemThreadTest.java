package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work in a thread of the system, for which another waits. */
@Timeout(30)
class SystemThreadTest {
  @Test
  @DisplayName("a virtual thread's work runs in one of the system, by its name")
  void theWorkRunsInAThreadOfTheSystem() throws Exception {
    AtomicReference<Thread> ran = new AtomicReference<>();
    Thread.ofVirtual()
        .start(() -> SystemThread.runIn("beat", () -> ran.set(Thread.currentThread())))
        .join();
    assertThat(ran.get().isVirtual()).isFalse();
    assertThat(ran.get().getName()).isEqualTo("beat");
  }

  @Test
  void whatTheWorkThrowsIsThrown() {
    IllegalArgumentException why = new IllegalArgumentException("timed out");
    assertThatThrownBy(
            () ->
                SystemThread.runIn(
                    "beat",
                    () -> {
                      throw why;
                    }))
        .isSameAs(why);
  }

  @Test
  @DisplayName("a caller that is interrupted interrupts the work, and stays marked")
  void aCallerThatIsInterruptedInterruptsTheWork() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicBoolean marked = new AtomicBoolean();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  SystemThread.runIn(
                      "beat",
                      () -> {
                        begun.countDown();
                        try {
                          new CountDownLatch(1).await();
                        } finally {
                          interrupted.countDown();
                        }
                      });
                  marked.set(Thread.currentThread().isInterrupted());
                });
    begun.await();
    caller.interrupt();
    caller.join();
    interrupted.await();
    assertThat(marked).isTrue();
  }
}
