package org.positionmanager.workflows.position;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.activity.FailureReason;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.activity.LedgerActivities.Entered;
import org.positionmanager.workflows.activity.LedgerActivities.Recollection;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Basis;

/** From the announced entry to its fill, or to the knowledge that there will be none. */
final class EntryWait {
  /** Real time after which an entry that the broker does not know is believed not to exist. */
  static final Duration NOT_FOUND_FOR = Duration.ofSeconds(90);

  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  private final StateCell cell;
  private final Recorder recorder;
  private final Waiting waiting;
  private int looks;
  private Optional<Recollection> earlier = Optional.empty();

  EntryWait(StateCell cell, Recorder recorder, Waiting waiting) {
    this.cell = cell;
    this.recorder = recorder;
    this.waiting = waiting;
  }

  /** At the start of each run. */
  void begin() {
    if (cell.get().phase() == Phase.AWAITING_ENTRY) {
      recallEarlierLife();
    } else if (isUnknownToTheLedger()) {
      recorder.catchUp("record the moved position");
    }
  }

  /**
   * Whether it begins with a holding, as one that goes on under another symbol does: no watch can
   * be told of a position that the ledger has no row of. Lives from before that was asked waited
   * for their first review.
   */
  private boolean isUnknownToTheLedger() {
    return cell.get().phase() == Phase.PROTECTED
        && cell.get().arming().isEmpty()
        && Workflow.getVersion("record-before-arming", Workflow.DEFAULT_VERSION, 1) == 1;
  }

  /**
   * What the ledger remembers of this position, so that a workflow that had to be rebuilt goes on
   * counting, never reuses an order id, and judges by the peak and the plan that it had.
   */
  private void recallEarlierLife() {
    boolean first = cell.get().events() == 0;
    earlier = Steps.ledger("recall an earlier life of the position").recall(cell.get().id());
    cell.update(
        change -> {
          EarlierLife.apply(change, earlier);
          return first
              ? change.event(PositionEvent.Type.STARTED, cell.now(), "the position is looked after")
              : change;
        });
    if (EarlierLife.knowsMore(earlier)) {
      recorder.holdBack();
    }
    recorder.catchUp("record the start");
  }

  void step() {
    PositionState state = cell.get();
    EntrySighting sighting;
    try {
      sighting =
          Steps.entry("look for the entry of " + state.id().instrument())
              .findEntry(state.id(), state.terms());
    } catch (ActivityFailure failure) {
      unreadable(FailureReason.of(failure));
      return;
    }
    looks++;
    if (!(sighting instanceof EntrySighting.NotFound) && state.missingSince().isPresent()) {
      cell.update(change -> change.missingSince(Optional.empty()));
    }
    switch (sighting) {
      case EntrySighting.Filled filled -> opened(filled, past());
      case EntrySighting.Dead(OrderView order) ->
          neverOpened("the entry order ended " + order.brokerStatus() + " without a fill");
      case EntrySighting.Working(OrderView order) when state.pendingClose().isPresent() ->
          cancelEntry(order);
      case EntrySighting.Working(OrderView order) -> {
        tellOfPartlyFilled(order);
        lookAgain("the entry order to fill");
      }
      case EntrySighting.NotFound notFound -> notFound();
    }
  }

  /** Looks on: what is held cannot be protected before it is known what it is. */
  private void unreadable(String reason) {
    String why = "the entry cannot be found: " + reason + "; nobody protects it until then";
    if (!cell.get().note().equals(Optional.of(why))) {
      cell.update(change -> change.note(Optional.of(why)));
      recorder.alert("entry/" + cell.get().id(), Alert.Severity.CRITICAL, why);
    }
    waiting.upTo(LONGEST_WAIT, "the entry to be readable");
  }

  /**
   * Until its order ends, what is filled of an entry is held and not protected: people must know.
   */
  private void tellOfPartlyFilled(OrderView order) {
    if (order.filled().isZero()) {
      return;
    }
    String note =
        "the entry is filled in part, %s of %s, and protected once its order ends: cancel the rest at the broker to have it protected now"
            .formatted(order.filled(), order.quantity());
    if (!cell.get().note().equals(Optional.of(note))) {
      cell.update(change -> change.note(Optional.of(note)));
      recorder.alert("entry-in-part/" + cell.get().id(), Alert.Severity.WARNING, note);
    }
  }

  /**
   * Orders at the broker tell what became of an entry, unless shares were split since, or it is a
   * holding that was taken over: of that the broker shows what is left, and no entry.
   */
  private Optional<Entered> past() {
    Optional<Entered> split = EarlierLife.split(earlier);
    Optional<Entered> known = earlier.flatMap(Recollection::entered);
    boolean isOfTheRest = split.isEmpty() && known.isPresent() && cell.get().terms().adoptHolding();
    // rebuilt lives from before forgot what had closed a part of it
    return isOfTheRest && Workflow.getVersion("adopted-past", Workflow.DEFAULT_VERSION, 1) == 1
        ? known
        : split;
  }

  /**
   * @param past what became of the entry, where the ledger has to tell it
   */
  private void opened(EntrySighting.Filled filled, Optional<Entered> past) {
    PositionState state = cell.get();
    Basis basis =
        EarlierLife.withPeak(
            EarlierLife.basis(basis(state, filled), state.terms().adoptHolding(), past, earlier),
            earlier);
    PlanChoice plans = new PlanChoice(cell, recorder);
    PlanChoice.Choice choice = plans.choose(basis);
    Plan plan = EarlierLife.planOr(choice.plan(), earlier);
    cell.update(
        change -> {
          EarlierLife.resume(change, earlier)
              .basis(basis)
              .plan(plan, standsIn(plan, plans, choice, basis))
              .shadow(choice.shadow().map(beside -> Shadow.of(beside, basis)))
              .missingSince(Optional.empty())
              .note(Optional.empty());
          past.ifPresent(
              known -> EarlierLife.withPast(change, known, earlier.orElseThrow().exitRecords()));
          return change.event(
              // what follows another OPENED is all that counts: here the earlier counts too
              past.isPresent() ? PositionEvent.Type.TAKEN_UP : PositionEvent.Type.OPENED,
              filled.at(),
              "%s %s filled at %s".formatted(basis.direction(), basis.opened(), basis.entry()),
              "quantity",
              basis.opened().toString(),
              "price",
              basis.entry().toString());
        });
    recorder.goOn();
    recorder.catchUp("record the opened position");
  }

  /** Also where an earlier life ended before the plan file's plan could be had. */
  private static boolean standsIn(
      Plan plan, PlanChoice plans, PlanChoice.Choice choice, Basis basis) {
    if (plan.equals(choice.plan())) {
      return choice.standsIn();
    }
    // rebuilt lives from before replay with what they had recalled
    return plans.isBuiltIn(plan, basis)
        && Workflow.getVersion("recalled-stand-in", Workflow.DEFAULT_VERSION, 1) == 1;
  }

  private static Basis basis(PositionState state, EntrySighting.Filled filled) {
    return new Basis(
        state.id().instrument(),
        state.terms().direction(),
        filled.averagePrice(),
        filled.quantity(),
        filled.averagePrice(),
        filled.at());
  }

  private void cancelEntry(OrderView order) {
    Steps.patientExit("cancel the entry order, as asked", Duration.ofMinutes(1))
        .cancelOrders(cell.get().id(), List.of(order.id()));
  }

  private void notFound() {
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    Optional<Instant> since = cell.get().missingSince();
    if (since.isEmpty()) {
      cell.update(change -> change.missingSince(Optional.of(now)));
    } else if (!now.isBefore(since.get().plus(NOT_FOUND_FOR))) {
      earlier
          .flatMap(Recollection::entered)
          .ifPresentOrElse(
              this::takenUp,
              () -> neverOpened("the broker knows neither an entry order nor a holding"));
      return;
    }
    lookAgain("the entry to appear at the broker");
  }

  /**
   * The ledger has a fill, and nothing of it is held any more: it was opened, and what closed it
   * while no workflow was there is at the broker.
   */
  private void takenUp(Entered entered) {
    opened(
        new EntrySighting.Filled(entered.opened(), entered.price(), entered.at()),
        Optional.of(entered));
  }

  /** What the watch sent while it let go goes on as any exit. */
  void gaveAllAway() {
    if (cell.get().exit().isEmpty()) {
      neverOpened("another position holds all of it");
    }
  }

  private void neverOpened(String why) {
    PositionState end =
        cell.get()
            .change()
            .phase(Phase.NEVER_OPENED)
            .pendingClose(Optional.empty())
            .note(Optional.of(why))
            .event(PositionEvent.Type.NEVER_OPENED, cell.now(), why)
            .made();
    // lives that ended before people were told of it replay without the alert
    if (Workflow.getVersion("never-opened-alert", Workflow.DEFAULT_VERSION, 1) == 1) {
      recorder.alert("never-opened/" + cell.get().id(), Alert.Severity.WARNING, why);
    }
    recorder.writeEnd("record that it never opened", end);
  }

  private void lookAgain(String whatFor) {
    waiting.upTo(Backoff.after(looks, FIRST_WAIT, LONGEST_WAIT), whatFor);
  }
}
