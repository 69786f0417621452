package org.positionmanager.activities.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.replay.KeptQuote;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quotes worth recording until the ledger has them, each position's in their order. A ledger that
 * is away only delays them, up to {@value #MOST_OF_ONE} of a position; then its oldest are dropped,
 * which is told once.
 */
final class UnwrittenQuotes {
  private static final Logger log = LoggerFactory.getLogger(UnwrittenQuotes.class);

  /** A quiet position keeps one a minute. */
  static final int MOST_OF_ONE = 100;

  private static final int MOST_AT_ONCE = 1000;

  /** Of those that go with a breach to its workflow; what is older it finds in the ledger. */
  private static final int MOST_TOLD = 20;

  private final Map<PositionId, Deque<KeptQuote>> waiting = new LinkedHashMap<>();
  private int dropped;
  private boolean failing;

  /** Never waits for the ledger. */
  synchronized void add(PositionId position, List<KeptQuote> kept) {
    if (kept.isEmpty()) {
      return;
    }
    Deque<KeptQuote> all = waiting.computeIfAbsent(position, any -> new ArrayDeque<>());
    all.addAll(kept);
    while (all.size() > MOST_OF_ONE) {
      all.removeFirst();
      dropped++;
      if (dropped == 1) {
        log.error(
            "{}: quotes by which positions were judged are dropped, the oldest first: the ledger"
                + " does not take them",
            position.account());
      }
    }
  }

  /** The newest of one position, oldest first; at most {@value #MOST_TOLD}. */
  synchronized List<KeptQuote> newestOf(PositionId position) {
    List<KeptQuote> all = List.copyOf(waiting.getOrDefault(position, new ArrayDeque<>()));
    return all.subList(Math.max(0, all.size() - MOST_TOLD), all.size());
  }

  /**
   * Has the ledger take them; what it does not take now waits for the next time. Told once, until
   * it takes all of them again.
   */
  void writeTo(Permissions ledger, AccountName account) {
    try {
      for (List<JudgedQuote> next = next(); !next.isEmpty(); next = next()) {
        ledger.record(next);
        written(next);
      }
      tellOfAllWritten(account);
    } catch (PermissionsUnreadable e) {
      if (isLedgersFault() && failing(true)) {
        log.warn("{}: quotes wait for the ledger: {}", account, e.getMessage());
      }
    } catch (RuntimeException e) {
      // what was seen is to be noted all the same
      if (isLedgersFault() && failing(true)) {
        log.error("{}: quotes cannot be recorded", account, e);
      }
    }
  }

  /** A write that the end of the watch interrupted says nothing of the ledger. */
  private static boolean isLedgersFault() {
    return !Thread.currentThread().isInterrupted();
  }

  /** The last time: nobody comes again for what is left then. */
  void writeTheRestTo(Permissions ledger, AccountName account) {
    // a ledger that is away is not waited for: another is to have the watch
    if (!isFailing()) {
      writeTo(ledger, account);
    }
    int lost = size();
    if (lost > 0) {
      log.error("{}: {} quotes by which positions were judged are lost", account, lost);
    }
  }

  synchronized int size() {
    return waiting.values().stream().mapToInt(Deque::size).sum();
  }

  private synchronized List<JudgedQuote> next() {
    List<JudgedQuote> next = new ArrayList<>();
    for (Map.Entry<PositionId, Deque<KeptQuote>> one : waiting.entrySet()) {
      for (KeptQuote kept : one.getValue()) {
        if (next.size() == MOST_AT_ONCE) {
          return next;
        }
        next.add(new JudgedQuote(one.getKey(), kept));
      }
    }
    return next;
  }

  /** Some of them may have been dropped meanwhile. */
  private synchronized void written(List<JudgedQuote> these) {
    for (JudgedQuote one : these) {
      Deque<KeptQuote> all = waiting.getOrDefault(one.position(), new ArrayDeque<>());
      if (one.kept() == all.peekFirst()) {
        all.removeFirst();
      }
      if (all.isEmpty()) {
        waiting.remove(one.position());
      }
    }
  }

  private synchronized void tellOfAllWritten(AccountName account) {
    if (failing(false)) {
      log.info("{}: the ledger has the quotes again, but for {} dropped", account, dropped);
    }
    dropped = 0;
  }

  private synchronized boolean isFailing() {
    return failing;
  }

  /** Returns whether that is news. */
  private synchronized boolean failing(boolean now) {
    boolean isNews = failing != now;
    failing = now;
    return isNews;
  }
}
