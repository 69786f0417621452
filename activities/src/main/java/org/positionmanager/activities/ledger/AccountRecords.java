package org.positionmanager.activities.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.standing.AccountStanding;
import org.positionmanager.activities.standing.OpenRisk;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What the ledger has of one account and a span of time, from one consistent view.
 *
 * @param standings within the span, oldest first
 * @param closed within it, oldest first
 * @param parts what each fill within it closed, oldest first: of positions that closed in it,
 *     later, or not yet
 * @param open now, whatever the span
 * @param quotes the newest that is kept of each position that is open now
 * @param nights positions that were held over nights that were asked for
 * @param alerts that were open at some time of the span
 */
public record AccountRecords(
    AccountName account,
    List<AccountStanding> standings,
    List<Closed> closed,
    List<RealisedPart> parts,
    List<OpenRisk.Position> open,
    Map<PositionId, Quote> quotes,
    List<Night> nights,
    List<AlertRecord> alerts) {
  public AccountRecords {
    standings = List.copyOf(standings);
    closed = List.copyOf(closed);
    parts = List.copyOf(parts);
    open = List.copyOf(open);
    quotes = Map.copyOf(quotes);
    nights = List.copyOf(nights);
    alerts = List.copyOf(alerts);
  }

  /**
   * A position's end.
   *
   * @param entry and exit are averages of real fills
   * @param reason of its last exit
   * @param best the best mid that was seen while it was open; empty where none was noted
   * @param worst likewise
   */
  public record Closed(
      PositionId id,
      Direction direction,
      Strategy strategy,
      Quantity quantity,
      Price entry,
      Price exit,
      Money realised,
      ExitReason reason,
      Instant openedAt,
      Instant closedAt,
      Optional<Price> best,
      Optional<Price> worst) {}

  /**
   * A night between two sessions, exchange time.
   *
   * @param close end of the session before it
   * @param open begin of the session after it
   */
  public record Gap(Instant close, Instant open) {}

  /**
   * A position that was held over a night.
   *
   * @param quantity that was held over it
   * @param before the last mid that is kept of the half hour before the close; empty where none is
   * @param after the first of the half hour after the open, likewise
   * @param realised of the whole position; empty where it is open still
   */
  public record Night(
      PositionId id,
      Direction direction,
      Strategy strategy,
      Gap gap,
      Quantity quantity,
      Price entry,
      Optional<Price> before,
      Optional<Price> after,
      Optional<Money> realised) {}
}
