package org.positionmanager.workflows.position;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.replay.QuoteThinning;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * All that is known of a position, and all that survives continue-as-new. Replaced whole, never
 * edited.
 *
 * @param plan empty until the fill is known
 * @param basis empty until the fill is known
 * @param fills what closed it so far, real fills only
 * @param exit the exit under way
 * @param exitsSettled k of the last exit that is settled
 * @param exitReason of the last exit decided
 * @param pausedBecause set while rules may not act
 * @param missingSince when a successful read first found nothing held, in a row
 * @param pendingClose a person's request that has not become an exit yet
 * @param commandIds commands already carried out, oldest first, at most {@value #COMMANDS_KEPT}
 * @param events the last event's sequence number
 * @param unrecorded what the ledger has not acknowledged yet
 * @param shadow a plan that is judged beside the real one and never acted on
 * @param arming what the account's watch was told last
 * @param quotes what is remembered of the quotes that it was judged by, for thinning them
 * @param unrecordedQuotes quotes worth keeping that the ledger has not acknowledged yet
 * @param standIn whether built-in rules protect until the plan file's plan can be had
 * @param told what people were told of it, or will be if it lasts
 */
public record PositionState(
    PositionId id,
    EntryTerms terms,
    Phase phase,
    Optional<Plan> plan,
    Optional<Basis> basis,
    List<ClosingFill> fills,
    Optional<ExitProgress> exit,
    int exitsSettled,
    Optional<ExitReason> exitReason,
    Optional<String> pausedBecause,
    Optional<Instant> missingSince,
    Optional<CloseCommand> pendingClose,
    List<String> commandIds,
    Optional<Observation> lastSeen,
    Optional<Decision> lastDecision,
    Optional<String> note,
    int events,
    List<PositionEvent> unrecorded,
    List<ExitRecord> unrecordedExits,
    Optional<Shadow> shadow,
    Optional<Arming> arming,
    QuoteThinning.Memory quotes,
    List<KeptQuote> unrecordedQuotes,
    boolean standIn,
    Told told) {
  /** How many command ids are remembered. */
  public static final int COMMANDS_KEPT = 200;

  public PositionState {
    fills = List.copyOf(fills);
    commandIds = List.copyOf(commandIds);
    unrecorded = List.copyOf(unrecorded);
    unrecordedExits = List.copyOf(unrecordedExits);
    shadow = shadow == null ? Optional.empty() : shadow;
    arming = arming == null ? Optional.empty() : arming;
    quotes = quotes == null ? QuoteThinning.Memory.NOTHING : quotes;
    unrecordedQuotes = unrecordedQuotes == null ? List.of() : List.copyOf(unrecordedQuotes);
    told = told == null ? Told.NOTHING : told;
  }

  /** The state in which a position's workflow is started. */
  public static PositionState announced(PositionId id, EntryTerms terms) {
    return new PositionState(
        id,
        terms,
        Phase.AWAITING_ENTRY,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        QuoteThinning.Memory.NOTHING,
        List.of(),
        false,
        Told.NOTHING);
  }

  /** The same, but no rule acts before it is resumed. */
  public static PositionState announcedPaused(PositionId id, EntryTerms terms, String because) {
    return announced(id, terms).change().paused(Optional.of(because)).made();
  }

  /**
   * The same position under another symbol, with its plan, what it has seen and what people asked
   * of it; exits and events count from 1 again, because another position has them.
   *
   * @param why for the timeline
   * @throws java.util.NoSuchElementException where its fill is not known
   */
  public PositionState movedTo(PositionId to, Instant now, String why) {
    Basis moved = basis.orElseThrow().closing(closed()).movedTo(to.instrument());
    StateChange change =
        announced(to, terms.withQuantity(moved.opened()).takingOver(moved.entry()))
            .change()
            .phase(Phase.PROTECTED)
            .plan(plan.orElseThrow(), standIn)
            .basis(moved)
            .paused(pausedBecause)
            .pendingClose(pendingClose.or(this::closeUnderWay))
            .event(PositionEvent.Type.OPENED, now, why, "from", id.instrument().symbol());
    commandIds.forEach(change::carriedOut);
    return change.made();
  }

  /** What is left of an exit that a person asked for: no rule would decide it again. */
  private Optional<CloseCommand> closeUnderWay() {
    return exit.filter(it -> it.reason() == ExitReason.MANUAL)
        .map(
            it ->
                new CloseCommand(
                    "moved-exit-" + it.number(),
                    it.remaining().compareTo(held()) >= 0
                        ? Optional.empty()
                        : Optional.of(it.remaining()),
                    "what was under way before the symbol changed",
                    Optional.of(it.why())));
  }

  /** What was closed so far. */
  @JsonIgnore
  public Quantity closed() {
    return fills.stream().map(ClosingFill::quantity).reduce(Quantity.ZERO, Quantity::plus);
  }

  /** What this execution still holds; zero before the entry is filled. */
  @JsonIgnore
  public Quantity held() {
    return basis.map(it -> it.opened().lessAtMost(closed())).orElse(Quantity.ZERO);
  }

  /** Profit of what was closed, by real fills and the instrument's multiplier. */
  @JsonIgnore
  public Money realised() {
    return basis
        .map(
            it ->
                fills.stream()
                    .map(
                        fill ->
                            it.direction()
                                .profit(
                                    it.entry(),
                                    fill.averagePrice(),
                                    fill.quantity(),
                                    it.instrument().multiplier()))
                    .reduce(Money.ZERO, Money::plus))
        .orElse(Money.ZERO);
  }

  /** Average price of the closing fills; empty while there is none. */
  @JsonIgnore
  public Optional<Price> averageExit() {
    if (fills.isEmpty()) {
      return Optional.empty();
    }
    Money total =
        fills.stream()
            .map(fill -> fill.averagePrice().times(fill.quantity(), 1))
            .reduce(Money.ZERO, Money::plus);
    return Optional.of(
        new Price(total.amount().divide(closed().value(), java.math.MathContext.DECIMAL64)));
  }

  @JsonIgnore
  public boolean isPaused() {
    return pausedBecause.isPresent();
  }

  /** Whether a command with this id was carried out before. */
  public boolean hasSeen(String commandId) {
    return commandIds.contains(commandId);
  }

  /** A copy to change, field by field, before it replaces this state. */
  StateChange change() {
    return new StateChange(this);
  }

  static <T> List<T> plus(List<T> list, T element) {
    List<T> longer = new ArrayList<>(list);
    longer.add(element);
    return longer;
  }
}
