package org.positionmanager.workflows.activity;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.position.ExitRecord;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionEvent;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.replay.Sessions;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Writes the story down. Repeating a write changes nothing. */
@ActivityInterface
public interface LedgerActivities {
  /** What an earlier life of the position left behind; empty for a new one. */
  Optional<Recollection> recall(PositionId position);

  /**
   * Writes position, events, exits and kept quotes in one transaction; with a final phase the
   * history row too.
   *
   * @param state as it now is; its unrecorded events, exits and quotes are written
   */
  void record(PositionState state);

  /**
   * Quotes that a position was judged by, by its reviews and its account's watch, as far as they
   * are recorded.
   *
   * @param seen exchange time after which they were seen, exclusive
   * @param most at most so many, the oldest of them
   */
  RecordedQuotes quotesAfter(PositionId position, Instant seen, int most);

  /**
   * Recorded quotes.
   *
   * @param quotes in the order in which they were seen
   * @param sessions in which they were seen
   */
  record RecordedQuotes(List<SeenQuote> quotes, List<TradingSession> sessions) {
    public RecordedQuotes {
      quotes = List.copyOf(quotes);
      sessions = List.copyOf(sessions);
    }

    /** With those of all sessions that they were seen in. */
    public static RecordedQuotes within(Sessions all, List<SeenQuote> quotes) {
      return new RecordedQuotes(
          quotes,
          quotes.stream()
              .flatMap(quote -> all.moment(quote.seenAt()).current().stream())
              .distinct()
              .toList());
    }
  }

  /** Raises an alert for people, once per key while it is open. */
  void raise(Alert alert);

  /**
   * What the ledger remembers of a position.
   *
   * @param exits the highest exit number recorded
   * @param attempts the highest attempt of that exit
   * @param lastEvent the highest event sequence number
   * @param peak the best price recorded; empty while the fill was not known
   * @param plan the plan last in force, adjustments included; empty while the fill was not known
   * @param lastArming the highest number under which the watch was told something; 0 for none
   * @param pausedBecause why people had paused the rules; empty where they had not
   * @param entered empty while the fill was not known
   */
  record Recollection(
      Phase phase,
      int exits,
      int attempts,
      int lastEvent,
      List<ExitRecord> exitRecords,
      Optional<Price> peak,
      Optional<Plan> plan,
      int lastArming,
      Optional<String> pausedBecause,
      Optional<Entered> entered) {
    /** Histories from before a pause, or the entry, was remembered have none. */
    public Recollection {
      pausedBecause = pausedBecause == null ? Optional.empty() : pausedBecause;
      entered = entered == null ? Optional.empty() : entered;
    }
  }

  /**
   * What the ledger has of an entry and of what became of it, in today's shares.
   *
   * @param price average price of the fill
   * @param opened quantity filled
   * @param at exchange time of the fill
   * @param events what closed and what split it, oldest first
   */
  record Entered(Price price, Quantity opened, Instant at, List<PositionEvent> events) {
    /** Whether shares were split since: then orders at the broker count in others. */
    @JsonIgnore
    public boolean isSplit() {
      return events.stream().anyMatch(event -> event.type() == PositionEvent.Type.SPLIT);
    }
  }

  /**
   * Something that a person should know.
   *
   * @param key what it is about; a second alert with the same key while one is open adds nothing
   */
  record Alert(PositionId position, String key, Severity severity, String message, Instant at) {
    /** How urgent an alert is. */
    public enum Severity {
      INFO,
      WARNING,
      CRITICAL
    }
  }
}
