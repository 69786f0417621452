package org.positionmanager.activities.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionEvent;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.position.Told;
import org.positionmanager.workflows.replay.QuoteThinning;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** A position that another system managed, as the ledger is to have it. */
public sealed interface MigratedPosition {
  PositionId id();

  /** What it is recorded as, with one event that says where it comes from. */
  PositionState state();

  /** When it became what it is, for whoever asks what happened lately. */
  Instant since();

  /**
   * Held at the broker: its workflow takes the holding over, with the peak and the moment of entry
   * that are recorded.
   *
   * @param terms of a holding that is taken over, with its quantity and entry
   * @param peak the best price that was seen; one worse than the entry counts as the entry
   * @param openedAt when it was entered
   * @param origin where it comes from, for its timeline
   */
  record Open(
      PositionId id,
      EntryTerms terms,
      Quantity quantity,
      Price entry,
      Price peak,
      Instant openedAt,
      String origin)
      implements MigratedPosition {
    @Override
    public PositionState state() {
      Direction direction = terms.direction();
      Basis basis =
          new Basis(
              id.instrument(),
              direction,
              entry,
              quantity,
              direction.isBetter(peak, entry) ? peak : entry,
              openedAt);
      return recorded(
          id, terms, Phase.AWAITING_ENTRY, basis, List.of(), Optional.empty(), openedAt, origin);
    }

    @Override
    public Instant since() {
      return openedAt;
    }
  }

  /**
   * Closed before: what it earned follows from the prices, the quantities and the multiplier.
   *
   * @param entry average price of what was closed
   * @param fills what closed it, oldest first, at least one
   */
  record Closed(
      PositionId id,
      EntryTerms terms,
      Price entry,
      List<ClosingFill> fills,
      Instant openedAt,
      ExitReason reason,
      String origin)
      implements MigratedPosition {
    public Closed {
      fills = List.copyOf(fills);
      if (fills.isEmpty()) {
        throw new IllegalArgumentException("fills is empty, and " + id + " is said to be closed");
      }
    }

    @Override
    public PositionState state() {
      Direction direction = terms.direction();
      Quantity quantity =
          fills.stream().map(ClosingFill::quantity).reduce(Quantity.ZERO, Quantity::plus);
      Price best =
          fills.stream()
              .map(ClosingFill::averagePrice)
              .reduce(entry, (one, other) -> direction.isBetter(other, one) ? other : one);
      Basis basis = new Basis(id.instrument(), direction, entry, quantity, best, openedAt);
      return recorded(id, terms, Phase.CLOSED, basis, fills, Optional.of(reason), since(), origin);
    }

    @Override
    public Instant since() {
      return fills.getLast().at();
    }
  }

  private static PositionState recorded(
      PositionId id,
      EntryTerms terms,
      Phase phase,
      Basis basis,
      List<ClosingFill> fills,
      Optional<ExitReason> reason,
      Instant at,
      String origin) {
    List<PositionEvent> events = new ArrayList<>();
    for (ClosingFill fill : fills) {
      events.add(
          new PositionEvent(
              events.size() + 1,
              PositionEvent.Type.CLOSED_ELSEWHERE,
              fill.at(),
              "%s closed at %s".formatted(fill.quantity(), fill.averagePrice()),
              Map.of(
                  "quantity",
                  fill.quantity().toString(),
                  "price",
                  fill.averagePrice().toString(),
                  "order",
                  fill.order().toString())));
    }
    PositionEvent.Type type =
        phase == Phase.CLOSED ? PositionEvent.Type.CLOSED : PositionEvent.Type.STARTED;
    events.add(new PositionEvent(events.size() + 1, type, at, origin, Map.of()));
    return new PositionState(
        id,
        terms,
        phase,
        Optional.empty(),
        Optional.of(basis),
        fills,
        Optional.empty(),
        0,
        reason,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        events.size(),
        events,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        QuoteThinning.Memory.NOTHING,
        List.of(),
        false,
        Told.NOTHING);
  }
}
