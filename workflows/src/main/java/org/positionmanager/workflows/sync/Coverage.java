package org.positionmanager.workflows.sync;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/**
 * The proof that all that is held is watched: every holding has a live workflow for all of it, an
 * armed exit that a live watch goes by, and an evaluation that is not older than its bound.
 *
 * @param provedAt real time of the reads
 * @param held holdings at the broker
 * @param open positions that are not over
 * @param gaps what is not covered; none where all is
 */
public record Coverage(AccountName account, Instant provedAt, int held, int open, List<Gap> gaps) {
  /** Real time on top of a plan's interval for a review to be made. */
  public static final Duration REVIEW_SLACK = Duration.ofSeconds(30);

  public Coverage {
    gaps = List.copyOf(gaps);
  }

  /** What is missing. */
  public enum Reason {
    /** Less of a holding is tracked than is held, in its direction. */
    NOT_TRACKED,
    /** More is tracked than is held. */
    NOT_HELD,
    /** The ledger has it open and no workflow runs. */
    NO_WORKFLOW,
    /** Nobody holds the account's watch. */
    NO_WATCH,
    /** The watch has no permission for it, or does not go by it yet. */
    NOT_ARMED,
    /** Neither the watch nor a review has judged it lately. */
    NOT_EVALUATED,
    /** No worker has proved the account's coverage lately. */
    NO_WORKER
  }

  /**
   * One thing that is not covered.
   *
   * @param instrument empty where the whole account is meant
   * @param position empty where no single position is meant
   */
  public record Gap(
      Reason reason, Optional<Instrument> instrument, Optional<PositionId> position, String text) {
    boolean isAboutTheSameAs(Gap other) {
      return reason == other.reason
          && instrument.equals(other.instrument)
          && position.equals(other.position);
    }
  }

  @JsonIgnore
  public boolean isComplete() {
    return gaps.isEmpty();
  }

  /**
   * Proves it.
   *
   * @param openSince real time since when the market is open; empty while it is closed and nobody
   *     need judge anything
   */
  public static Coverage of(Snapshot now, Optional<Instant> openSince) {
    List<Gap> gaps = new ArrayList<>();
    List<LedgerView.Row> open =
        now.ledger().rows().stream().filter(row -> !row.phase().isFinal()).toList();
    instruments(now, open).forEach(instrument -> quantities(now, open, instrument, gaps));
    boolean anyTracked = open.stream().anyMatch(LedgerView.Row::isTracking);
    if (anyTracked && !now.watch().alive()) {
      gaps.add(
          new Gap(
              Reason.NO_WATCH,
              Optional.empty(),
              Optional.empty(),
              "nobody holds the watch of account " + now.account()));
    }
    open.forEach(row -> of(now, row, openSince).ifPresent(gaps::add));
    return new Coverage(
        now.account(), now.begunAt(), now.broker().holdings().size(), open.size(), gaps);
  }

  /**
   * The same without gaps that an earlier proof did not have: broker and ledger may disagree for a
   * moment, and what was just opened is about to be armed.
   */
  public Coverage confirmedBy(Coverage earlier) {
    return new Coverage(
        account,
        provedAt,
        held,
        open,
        gaps.stream()
            .filter(gap -> earlier.gaps().stream().anyMatch(gap::isAboutTheSameAs))
            .toList());
  }

  /** Of an account whose workers are not heard of. */
  public static Coverage withoutWorker(AccountName account, Instant now, int open, String text) {
    return new Coverage(
        account,
        now,
        0,
        open,
        List.of(new Gap(Reason.NO_WORKER, Optional.empty(), Optional.empty(), text)));
  }

  private static Set<Instrument> instruments(Snapshot now, List<LedgerView.Row> open) {
    Set<Instrument> all = new TreeSet<>(Comparator.comparing(Instrument::symbol));
    Stream.concat(
            now.broker().holdings().stream().map(Holding::instrument),
            open.stream().filter(LedgerView.Row::isTracking).map(row -> row.id().instrument()))
        .forEach(all::add);
    return all;
  }

  private static void quantities(
      Snapshot now, List<LedgerView.Row> open, Instrument instrument, List<Gap> gaps) {
    for (Direction direction : Direction.values()) {
      Quantity held =
          now.broker()
              .holding(instrument)
              .filter(holding -> holding.direction() == direction)
              .map(Holding::quantity)
              .orElse(Quantity.ZERO);
      Quantity tracked =
          open.stream()
              .filter(row -> row.isTracking() && row.direction() == direction)
              .filter(row -> row.id().instrument().equals(instrument))
              .map(LedgerView.Row::held)
              .reduce(Quantity.ZERO, Quantity::plus);
      int compared = held.compareTo(tracked);
      if (compared != 0) {
        gaps.add(
            new Gap(
                compared > 0 ? Reason.NOT_TRACKED : Reason.NOT_HELD,
                Optional.of(instrument),
                Optional.empty(),
                "%s %s: %s held, %s tracked".formatted(direction, instrument, held, tracked)));
      }
    }
  }

  private static Optional<Gap> of(Snapshot now, LedgerView.Row row, Optional<Instant> openSince) {
    EngineView.Life life = now.engine().of(row.id());
    if (life != EngineView.Life.RUNNING) {
      return gap(Reason.NO_WORKFLOW, row, "its workflow is " + life);
    }
    // an exit under way is the workflow's, and before the fill there is nothing to protect
    if (row.phase() != Phase.PROTECTED || row.held().isZero()) {
      return Optional.empty();
    }
    Optional<WatchView.Armed> armed = now.watch().of(row.id());
    if (!row.paused() && armed.filter(it -> it.armed() && it.acknowledged()).isEmpty()) {
      return gap(
          Reason.NOT_ARMED,
          row,
          armed
              .map(it -> it.armed() ? "the watch does not go by it yet" : it.why().orElse(""))
              .orElse("the watch was told nothing"));
    }
    if (armed.filter(WatchView.Armed::fresh).isPresent() || isReviewed(now, row, openSince)) {
      return Optional.empty();
    }
    return gap(
        Reason.NOT_EVALUATED,
        row,
        row.reviewedAt().map(at -> "last reviewed at " + at).orElse("never reviewed"));
  }

  private static boolean isReviewed(Snapshot now, LedgerView.Row row, Optional<Instant> openSince) {
    if (openSince.isEmpty()) {
      return true;
    }
    Instant bound =
        now.watch().readAt().minus(row.reviewEvery().orElse(Duration.ZERO)).minus(REVIEW_SLACK);
    return openSince.get().isAfter(bound)
        || row.reviewedAt().filter(at -> !at.isBefore(bound)).isPresent()
        || row.trackedSince().isAfter(bound);
  }

  private static Optional<Gap> gap(Reason reason, LedgerView.Row row, String text) {
    return Optional.of(
        new Gap(reason, Optional.of(row.id().instrument()), Optional.of(row.id()), text));
  }
}
