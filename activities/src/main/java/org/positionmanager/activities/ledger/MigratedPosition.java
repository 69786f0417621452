package org.positionmanager.activities.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionEvent;
import org.positionmanager.workflows.position.PositionState;
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
   * Closed before: what it earned follows from the prices, the quantity and the multiplier.
   *
   * @param exit average price of what closed it
   */
  record Closed(
      PositionId id,
      EntryTerms terms,
      Quantity quantity,
      Price entry,
      Price exit,
      Instant openedAt,
      Instant closedAt,
      ExitReason reason,
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
              direction.isBetter(exit, entry) ? exit : entry,
              openedAt);
      ClosingFill fill =
          new ClosingFill(new BrokerOrderId("migrated"), "", quantity, exit, closedAt);
      return recorded(
          id, terms, Phase.CLOSED, basis, List.of(fill), Optional.of(reason), closedAt, origin);
    }

    @Override
    public Instant since() {
      return closedAt;
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
    PositionEvent.Type type =
        phase == Phase.CLOSED ? PositionEvent.Type.CLOSED : PositionEvent.Type.STARTED;
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
        1,
        List.of(new PositionEvent(1, type, at, origin, Map.of())),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        QuoteThinning.Memory.NOTHING,
        List.of(),
        false);
  }
}
