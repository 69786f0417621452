package org.positionmanager.starter.recover;

import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.positionmanager.activities.ledger.CoverageReader;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.worker.SyncSchedule;
import org.positionmanager.worker.process.StopSignal;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.sync.Coverage;

/**
 * Waits until accounts are looked after again, by what their workers prove. A proof believes a gap
 * only when the one before it had the gap too, so that after a change the second one counts.
 */
public final class ProtectionWait {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int BELIEVED_AFTER = 2;

  private final CoverageReader reader;
  private final WorkflowClient client;
  private final Consumer<String> tell;
  private final Map<AccountName, Optional<Instant>> since;
  private final Map<AccountName, TreeSet<Instant>> proofs = new LinkedHashMap<>();
  private final Map<AccountName, String> told = new LinkedHashMap<>();

  /**
   * @param ledger opened for the desk
   * @param since real time at which an account's last workflow was begun anew; empty where none
   *     was, so that what was proved before still holds
   * @param tell hears what is missing, a line whenever that changes
   */
  public ProtectionWait(
      LedgerDatabase ledger,
      WorkflowClient client,
      Map<AccountName, Optional<Instant>> since,
      Consumer<String> tell) {
    reader = new CoverageReader(ledger);
    this.client = client;
    this.since = new LinkedHashMap<>(since);
    this.tell = tell;
    since.keySet().forEach(account -> proofs.put(account, new TreeSet<>()));
  }

  /**
   * Looks until nothing is missing, the patience is over, or somebody stops it.
   *
   * @param patience real time
   * @return what there was at the last look
   */
  public Map<AccountName, Protection> await(Duration patience, StopSignal stop)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Map<AccountName, Protection> now = look();
    while (!now.values().stream().allMatch(Protection::isWhole)
        && System.nanoTime() < end
        && !stop.await(LOOK_EVERY)) {
      now = look();
    }
    return now;
  }

  /** What there is now. */
  public Map<AccountName, Protection> look() {
    Map<AccountName, Protection> seen = new LinkedHashMap<>();
    for (Coverage proof : reader.all()) {
      if (since.containsKey(proof.account())) {
        Protection now =
            new Protection(
                proof, isProved(proof), new SyncSchedule(client, proof.account()).isThere());
        seen.put(proof.account(), now);
        tellOnce(proof.account(), now);
      }
    }
    return seen;
  }

  private boolean isProved(Coverage proof) {
    Optional<Instant> begun = since.get(proof.account());
    if (begun.isEmpty()) {
      return true;
    }
    TreeSet<Instant> all = proofs.get(proof.account());
    if (!lacksWorker(proof) && proof.provedAt().isAfter(begun.get())) {
      all.add(proof.provedAt());
    }
    return all.size() >= BELIEVED_AFTER;
  }

  /** Then it is no worker's proof, but says that there is none. */
  private static boolean lacksWorker(Coverage proof) {
    return proof.gaps().stream().anyMatch(gap -> gap.reason() == Coverage.Reason.NO_WORKER);
  }

  private void tellOnce(AccountName account, Protection now) {
    String words = now.words();
    if (!words.equals(told.put(account, words)) && !now.isWhole()) {
      tell.accept(account + ": not covered yet: " + words);
    }
  }
}
