package org.positionmanager.workflows.flatten;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Strategy;

/**
 * What a good read leaves to be done: pure.
 *
 * @param open positions that were asked for, {@linkplain RiskOrder the most urgent first}; those
 *     that have not replied yet before those that have
 * @param unwatched holdings that no position is open for, with how long they have been seen; none
 *     where strategies were asked for, since nobody knows theirs
 * @param openings orders that may open something; none where strategies were asked for
 */
record Remaining(
    List<OpenPosition> open, List<UnwatchedHolding> unwatched, List<BrokerOrderId> openings) {
  /**
   * The broker's holdings lag behind its orders by up to so much: what was closed a moment ago may
   * still be shown, and what was opened may not. Neither presence nor absence is believed sooner.
   */
  static final Duration BROKER_LAG = Duration.ofSeconds(10);

  static Remaining of(FlattenLook look, FlattenState state, Instant now) {
    Set<Strategy> strategies = state.strategies();
    List<OpenPosition> asked =
        look.open().stream()
            .filter(it -> strategies.isEmpty() || strategies.contains(it.strategy()))
            .toList();
    List<OpenPosition> inOrder = RiskOrder.of(asked);
    List<OpenPosition> newOnesFirst =
        Stream.concat(
                inOrder.stream().filter(it -> state.replyOf(it.id()).isEmpty()),
                inOrder.stream().filter(it -> state.replyOf(it.id()).isPresent()))
            .toList();
    return strategies.isEmpty()
        ? new Remaining(newOnesFirst, unwatched(look, state, now), look.openings())
        : new Remaining(newOnesFirst, List.of(), List.of());
  }

  private static List<UnwatchedHolding> unwatched(
      FlattenLook look, FlattenState state, Instant now) {
    return look.holdings().stream()
        .filter(holding -> !isWatched(holding, look, state))
        .map(
            holding ->
                state.unwatched().stream()
                    .filter(seen -> seen.isSame(holding))
                    .findFirst()
                    .map(seen -> new UnwatchedHolding(holding, seen.since()))
                    .orElseGet(() -> new UnwatchedHolding(holding, now)))
        .toList();
  }

  /** A position that took it over may not have reached the ledger yet. */
  private static boolean isWatched(Holding holding, FlattenLook look, FlattenState state) {
    return Stream.concat(
            look.open().stream().map(OpenPosition::id),
            state.adopted().stream().filter(live(state)))
        .anyMatch(position -> position.instrument().equals(holding.instrument()));
  }

  private static Predicate<PositionId> live(FlattenState state) {
    return position -> state.replyOf(position).filter(CloseAcknowledgement::isOver).isEmpty();
  }

  /** Those that were seen for longer than the broker lags: nobody will come for them. */
  List<UnwatchedHolding> believed(Instant now) {
    return unwatched.stream().filter(it -> !now.isBefore(it.since().plus(BROKER_LAG))).toList();
  }

  /** Whom to ask: what is open, and what has not told its end yet. */
  List<PositionId> toAsk(FlattenState state) {
    List<PositionId> ids = open.stream().map(OpenPosition::id).toList();
    return Stream.concat(ids.stream(), untold(state).filter(it -> !ids.contains(it))).toList();
  }

  private static Stream<PositionId> untold(FlattenState state) {
    return Stream.concat(
            state.acknowledged().stream().map(CloseAcknowledgement::position),
            state.adopted().stream())
        .distinct()
        .filter(live(state));
  }

  /** Whether this read found nothing that is still to be closed. */
  boolean isNothing(FlattenState state) {
    return open.isEmpty()
        && unwatched.isEmpty()
        && openings.isEmpty()
        && untold(state).findAny().isEmpty();
  }

  /** In words for people. */
  String words() {
    return "%d positions open%s%s"
        .formatted(
            open.size(),
            some(unwatched.size(), "holdings that nobody watches"),
            some(openings.size(), "orders that may open something"));
  }

  private static String some(int count, String what) {
    return Optional.of(count).filter(it -> it > 0).map(it -> ", " + it + " " + what).orElse("");
  }
}
