package org.positionmanager.worker;

import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.positionmanager.workflows.identity.AccountName;

/**
 * The schedule of an account that this worker serves no more: it goes, as it would only fill a
 * queue that nobody serves, unless another worker serves the account. Should one begin to at this
 * very moment, its own keeper has the schedule again within 15 seconds.
 */
final class LeftBehind {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  private final WorkflowClient client;
  private final Pollers pollers;
  private final Consumer<String> tell;

  LeftBehind(WorkflowClient client, InstantSource clock, Consumer<String> tell) {
    this.client = client;
    this.tell = tell;
    pollers = new Pollers(client, clock, ANSWER_WITHIN);
  }

  /**
   * Clears it away unless others still asked for the account's work within the last 75 seconds.
   *
   * @return false where they did: they may be about to leave, too
   * @throws RuntimeException where the engine does not answer
   */
  boolean clear(AccountName account) {
    String self = client.getOptions().getIdentity();
    boolean elsewhere =
        pollers.of(account).orElse(List.of()).stream().anyMatch(it -> !it.equals(self));
    if (elsewhere) {
      return false;
    }
    if (new SyncSchedule(client, account).removeUnlessPaused()) {
      tell.accept("sync/%s removed: nobody serves the account".formatted(account));
    }
    return true;
  }
}
