package org.positionmanager.workflows.position;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.replay.QuoteThinning;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Observation;

/** One change to a {@link PositionState}, said in the words of the domain, then made whole. */
final class StateChange {
  private final PositionState from;
  private Phase phase;
  private Optional<Plan> plan;
  private Optional<Basis> basis;
  private List<ClosingFill> fills;
  private Optional<ExitProgress> exit;
  private int exitsSettled;
  private Optional<ExitReason> exitReason;
  private Optional<String> pausedBecause;
  private Optional<Instant> missingSince;
  private Optional<CloseCommand> pendingClose;
  private final List<String> commandIds;
  private Optional<Observation> lastSeen;
  private Optional<Decision> lastDecision;
  private Optional<String> note;
  private int events;
  private List<PositionEvent> unrecorded;
  private List<ExitRecord> unrecordedExits;
  private Optional<Shadow> shadow;
  private Optional<Arming> arming;
  private QuoteThinning.Memory quotes;
  private List<KeptQuote> unrecordedQuotes;
  private boolean standIn;
  private Told told;

  StateChange(PositionState from) {
    this.from = from;
    phase = from.phase();
    plan = from.plan();
    basis = from.basis();
    fills = from.fills();
    exit = from.exit();
    exitsSettled = from.exitsSettled();
    exitReason = from.exitReason();
    pausedBecause = from.pausedBecause();
    missingSince = from.missingSince();
    pendingClose = from.pendingClose();
    commandIds = new ArrayList<>(from.commandIds());
    lastSeen = from.lastSeen();
    lastDecision = from.lastDecision();
    note = from.note();
    events = from.events();
    unrecorded = new ArrayList<>(from.unrecorded());
    unrecordedExits = new ArrayList<>(from.unrecordedExits());
    shadow = from.shadow();
    arming = from.arming();
    quotes = from.quotes();
    unrecordedQuotes = new ArrayList<>(from.unrecordedQuotes());
    standIn = from.standIn();
    told = from.told();
  }

  StateChange phase(Phase now) {
    phase = now;
    return this;
  }

  StateChange plan(Plan now) {
    return plan(now, false);
  }

  /**
   * @param standsIn until another can be had
   */
  StateChange plan(Plan now, boolean standsIn) {
    plan = Optional.of(now);
    standIn = standsIn;
    return this;
  }

  StateChange basis(Basis now) {
    basis = Optional.of(now);
    return this;
  }

  StateChange filled(ClosingFill fill) {
    fills = PositionState.plus(fills, fill);
    return this;
  }

  StateChange fills(List<ClosingFill> now) {
    fills = now;
    return this;
  }

  StateChange exit(ExitProgress now) {
    exit = Optional.of(now);
    exitReason = Optional.of(now.reason());
    return this;
  }

  /** The exit under way is settled: nothing more can come of it. */
  StateChange exitSettled() {
    exitsSettled = exit.map(ExitProgress::number).orElse(exitsSettled);
    exit = Optional.empty();
    return this;
  }

  StateChange goOnCountingFrom(int settled) {
    exitsSettled = Math.max(exitsSettled, settled);
    return this;
  }

  StateChange countEvents(int last) {
    events = Math.max(events, last);
    return this;
  }

  StateChange reason(ExitReason now) {
    exitReason = Optional.of(now);
    return this;
  }

  StateChange reasonIfNone(ExitReason now) {
    exitReason = exitReason.or(() -> Optional.of(now));
    return this;
  }

  StateChange paused(Optional<String> because) {
    pausedBecause = because;
    return this;
  }

  StateChange missingSince(Optional<Instant> moment) {
    missingSince = moment;
    return this;
  }

  Optional<CloseCommand> pendingClose() {
    return pendingClose;
  }

  StateChange pendingClose(Optional<CloseCommand> command) {
    pendingClose = command;
    return this;
  }

  StateChange carriedOut(String commandId) {
    commandIds.add(commandId);
    if (commandIds.size() > PositionState.COMMANDS_KEPT) {
      commandIds.removeFirst();
    }
    return this;
  }

  /** What was seen before is in other shares; when it was is not, and no step depends on more. */
  StateChange unseen() {
    lastSeen = lastSeen.map(Observation::timeAlone);
    return this;
  }

  StateChange seen(Observation observation) {
    lastSeen = Optional.of(observation);
    return this;
  }

  StateChange decided(Decision decision) {
    lastDecision = Optional.of(decision);
    return this;
  }

  StateChange arming(Arming now) {
    arming = Optional.of(now);
    return this;
  }

  StateChange shadow(Optional<Shadow> now) {
    shadow = now;
    return this;
  }

  StateChange told(Told now) {
    told = now;
    return this;
  }

  StateChange note(Optional<String> text) {
    note = text;
    return this;
  }

  StateChange event(PositionEvent.Type type, Instant at, String text, String... namesAndValues) {
    Map<String, String> details = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      details.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    events++;
    unrecorded.add(new PositionEvent(events, type, at, text, details));
    return this;
  }

  StateChange exitRecord(ExitRecord exitRecord) {
    unrecordedExits.removeIf(
        it -> it.exit() == exitRecord.exit() && it.attempt() == exitRecord.attempt());
    unrecordedExits.add(exitRecord);
    return this;
  }

  /** Quotes worth keeping, and what is remembered for the next. */
  StateChange keptQuotes(QuoteThinning.Thinned thinned) {
    quotes = thinned.memory();
    unrecordedQuotes.addAll(thinned.keep());
    return this;
  }

  /** More quotes worth keeping, by who thins them itself. */
  StateChange keptQuotes(List<KeptQuote> kept) {
    kept.stream().filter(it -> !unrecordedQuotes.contains(it)).forEach(unrecordedQuotes::add);
    return this;
  }

  /** The ledger has acknowledged what a state had; what came since stays. */
  StateChange recorded(PositionState written) {
    unrecorded.removeAll(written.unrecorded());
    unrecordedExits.removeAll(written.unrecordedExits());
    unrecordedQuotes.removeAll(written.unrecordedQuotes());
    return this;
  }

  PositionState made() {
    return new PositionState(
        from.id(),
        from.terms(),
        phase,
        plan,
        basis,
        fills,
        exit,
        exitsSettled,
        exitReason,
        pausedBecause,
        missingSince,
        pendingClose,
        commandIds,
        lastSeen,
        lastDecision,
        note,
        events,
        unrecorded,
        unrecordedExits,
        shadow,
        arming,
        quotes,
        unrecordedQuotes,
        standIn,
        told);
  }
}
