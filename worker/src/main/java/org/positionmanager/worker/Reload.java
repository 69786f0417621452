package org.positionmanager.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.positionmanager.activities.alert.Rounds;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.worker.config.ConfigurationWatch;
import org.positionmanager.workflows.identity.AccountName;

/** Has a worker's accounts follow its configuration while it runs. */
final class Reload {
  /** A change counts after two looks, and is to be in effect within 10 seconds. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  /** Between two looks at what is left behind by accounts that are served here no more. */
  private static final Duration LEAVE_EVERY = Duration.ofSeconds(5);

  /** Between two tries of what waits for a broker or a ledger that does not answer. */
  static final Duration AGAIN_AFTER = Duration.ofSeconds(15);

  private final ServedAccounts accounts;
  private final ConfigurationWatch watch;
  private final Predicate<AccountName> leaving;
  private final InstantSource clock;
  private final Set<AccountName> left = ConcurrentHashMap.newKeySet();
  private Optional<Configuration> waiting = Optional.empty();
  private Instant due = Instant.MIN;

  /**
   * @param leaving clears away what an account leaves behind that is served here no more; false
   *     where it has to be looked at again
   */
  Reload(
      ServedAccounts accounts,
      ConfigurationWatch watch,
      Predicate<AccountName> leaving,
      InstantSource clock) {
    this.accounts = accounts;
    this.watch = watch;
    this.leaving = leaving;
    this.clock = clock;
  }

  /** Begins; closing what is returned ends it, and leaves the accounts as they are. */
  Following begin() {
    return new Following(
        Rounds.start("configuration", LOOK_EVERY, this::look),
        Rounds.start("accounts served no more", LEAVE_EVERY, this::leave));
  }

  /** What runs until it is closed. */
  record Following(Rounds looking, Rounds leaving) implements AutoCloseable {
    @Override
    public void close() {
      looking.close();
      leaving.close();
    }
  }

  /** Looks once; by one thread only. */
  void look() {
    watch
        .look()
        .ifPresent(
            reading -> {
              switch (reading) {
                case ConfigurationWatch.Reading.Whole(Configuration read) -> {
                  waiting = Optional.of(read);
                  due = Instant.MIN;
                }
                case ConfigurationWatch.Reading.Faulty faulty -> {
                  waiting = Optional.empty();
                  accounts.refuse(faulty.faults());
                }
              }
            });
    if (waiting.isPresent() && !clock.instant().isBefore(due)) {
      apply(waiting.get());
    }
  }

  private void apply(Configuration read) {
    ServedAccounts.Applied applied = accounts.apply(read);
    left.addAll(applied.ended());
    if (applied.settled()) {
      waiting = Optional.empty();
    } else {
      due = clock.instant().plus(AGAIN_AFTER);
    }
  }

  /** Once for each account that is gone, until nothing of it is left to be seen to. */
  void leave() {
    left.removeIf(account -> accounts.now().has(account) || leaving.test(account));
  }
}
