package org.positionmanager.starter.migrate;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.positionmanager.activities.ledger.MigratedRow;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** A row of the replaced system, read: what a plan is made of. */
sealed interface OldRow {
  MigratedRow.Key key();

  /**
   * Rows of which nothing can be made, whatever the others are.
   *
   * @param since when it came about, as far as that can be read
   * @param saysOpen whether it may speak for something that is held
   */
  record Decided(
      MigratedRow.Key key,
      Optional<AccountName> account,
      Optional<UUID> execution,
      Optional<Instant> since,
      boolean saysOpen,
      Verdict.Settled verdict)
      implements OldRow {}

  /** Rows that are about a position. */
  sealed interface Sound extends OldRow {
    /** Whose it is, and of what. */
    PositionId id();

    EntryTerms terms();
  }

  /** A dispatcher's row of mode ALPACA_PAPER or LIVE. */
  record Execution(MigratedRow.Key key, PositionId id, EntryTerms terms) implements Sound {}

  /**
   * A row of {@code active_positions}.
   *
   * @param id its execution's; made of the row's key where it has none
   * @param announced whether it names an execution
   * @param terms its quantity, entry price and time are the row's own
   * @param closedAt when the old system closed it
   * @param opened its quantity, or what that was before parts were closed
   * @param touchedAt when the old system wrote it last
   */
  record Position(
      MigratedRow.Key key,
      PositionId id,
      boolean announced,
      EntryTerms terms,
      Status status,
      Quantity opened,
      Optional<Price> peak,
      Optional<Instant> closedAt,
      Instant touchedAt)
      implements Sound {}

  /** What the old system said of a position. */
  enum Status {
    OPEN,
    CLOSING,
    CLOSED
  }

  /**
   * A row of {@code position_history}.
   *
   * @param announced whether it names an execution
   * @param exit zero for what ended worthless
   * @param order that closed it, where it was written down
   * @param profit as the old system had it
   */
  record History(
      MigratedRow.Key key,
      PositionId id,
      boolean announced,
      EntryTerms terms,
      Price exit,
      Instant closedAt,
      ExitReason reason,
      Optional<BrokerOrderId> order,
      Optional<Money> profit)
      implements Sound {}
}
