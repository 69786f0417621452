package org.positionmanager.workflows.position;

import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.positionmanager.workflows.activity.LedgerActivities;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.rules.Basis;

/** A ledger in memory, which remembers what it was told; it can be down. */
final class FakeLedger implements LedgerActivities {
  private final Map<String, ExitRecord> exits = new LinkedHashMap<>();
  final List<Alert> alerts = new ArrayList<>();
  final Map<Integer, PositionEvent> events = new LinkedHashMap<>();
  final Set<KeptQuote> quotes = new LinkedHashSet<>();
  final List<Phase> recordedPhases = new ArrayList<>();

  /** How many quotes each look of the shadow plan found. */
  final List<Integer> asked = new ArrayList<>();

  boolean down;

  /** Writes are taken. */
  boolean cannotRead;

  /** What it says instead of what it was told. */
  Optional<Recollection> earlierLife = Optional.empty();

  Optional<PositionState> recorded = Optional.empty();

  @Override
  public synchronized Optional<Recollection> recall(PositionId position) {
    return earlierLife.or(() -> recorded.map(this::recollection));
  }

  @Override
  public synchronized void record(PositionState state) {
    if (down) {
      throw ApplicationFailure.newFailure("the ledger is down", "LEDGER_UNAVAILABLE");
    }
    state.unrecorded().forEach(event -> events.putIfAbsent(event.sequence(), event));
    state.unrecordedExits().forEach(exit -> exits.put(exit.exit() + "-" + exit.attempt(), exit));
    quotes.addAll(state.unrecordedQuotes());
    recordedPhases.add(state.phase());
    recorded = Optional.of(state);
  }

  /** As the watch does, of what it sent while no workflow could be told. */
  synchronized void noted(ExitRecord exit) {
    exits.putIfAbsent(exit.exit() + "-" + exit.attempt(), exit);
  }

  private Recollection recollection(PositionState state) {
    int last = exits.values().stream().mapToInt(ExitRecord::exit).max().orElse(0);
    return new Recollection(
        state.phase(),
        Math.max(last, state.exitsSettled()),
        (int) exits.values().stream().filter(exit -> exit.exit() == last).count(),
        state.events(),
        List.copyOf(exits.values()),
        state.basis().map(Basis::peak),
        state.plan(),
        state.arming().map(Arming::number).orElse(0),
        state.pausedBecause(),
        state
            .basis()
            .map(basis -> new Entered(basis.entry(), basis.opened(), basis.filledAt(), past())));
  }

  private List<PositionEvent> past() {
    List<PositionEvent> past = new ArrayList<>();
    for (PositionEvent event : events.values()) {
      switch (event.type()) {
        case OPENED -> past.clear();
        case FILLED, CLOSED_ELSEWHERE, SPLIT -> past.add(event);
        default -> {}
      }
    }
    return past;
  }

  /** As the watch does, of a quote by which it judged. */
  synchronized void keeps(KeptQuote quote) {
    quotes.add(quote);
  }

  /** Its market is open all the time. */
  @Override
  public synchronized RecordedQuotes quotesAfter(PositionId position, Instant seen, int most) {
    if (down || cannotRead) {
      throw ApplicationFailure.newFailure("the ledger is down", "LEDGER_UNAVAILABLE");
    }
    List<SeenQuote> after =
        quotes.stream()
            .map(KeptQuote::seen)
            .filter(quote -> quote.seenAt().isAfter(seen))
            .sorted(Comparator.comparing(SeenQuote::seenAt))
            .limit(most)
            .toList();
    asked.add(after.size());
    return new RecordedQuotes(after, List.of());
  }

  @Override
  public synchronized void raise(Alert alert) {
    if (down) {
      throw ApplicationFailure.newFailure("the ledger is down", "LEDGER_UNAVAILABLE");
    }
    alerts.add(alert);
  }
}
