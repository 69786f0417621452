package org.positionmanager.activities.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What the ledger knows of one account at one moment. Moments are the ledger's own clock unless
 * they are said to be exchange time.
 *
 * @param market where in the exchange's day we are; empty where that cannot be told now
 * @param open positions that hold or may hold something, the wait for an entry included
 * @param recorded when positions were recorded first, the newest first; those of the last day
 * @param realisedToday by real fills of the exchange's day; empty where the day cannot be told
 * @param lastCloses profit of the last closed positions, the newest first
 * @param watch what was last heard of the account's watch; empty where there never was one
 * @param sync empty where syncs are not recorded
 * @param limited rows that limits keep out, by the limit
 */
public record AccountSnapshot(
    AccountName account,
    Instant now,
    Optional<MarketMoment> market,
    List<Open> open,
    List<Instant> recorded,
    Optional<Money> realisedToday,
    List<Money> lastCloses,
    Optional<Heard> watch,
    Optional<Sync> sync,
    List<Limited> limited) {
  public AccountSnapshot {
    limited = List.copyOf(limited);
    open = List.copyOf(open);
    recorded = List.copyOf(recorded);
    lastCloses = List.copyOf(lastCloses);
  }

  /**
   * A position that is not final.
   *
   * @param since when it came into its phase
   * @param recordedAt when the ledger first heard of it
   * @param openedAt exchange time of the entry's fill; empty before it
   * @param evaluatedAt exchange time at which the watch judged a quote last; empty where it never
   *     did
   * @param isVouchedFor whether the watch vouches for its price now
   */
  public record Open(
      PositionId id,
      Phase phase,
      Instant since,
      Instant recordedAt,
      Quantity held,
      Optional<Price> entry,
      Optional<Instant> openedAt,
      Optional<Instant> evaluatedAt,
      boolean isVouchedFor) {}

  /**
   * The account's watch.
   *
   * @param holder who has or had it
   * @param at when it last beat, or was given up in good order
   */
  public record Heard(String holder, Instant at) {}

  /**
   * Syncs of the account.
   *
   * @param since when the last one was completed, or else when the first was due
   * @param every the interval at which they are due
   */
  public record Sync(Instant since, Duration every) {}

  /**
   * Rows that one limit keeps out.
   *
   * @param rows how many, from 1
   * @param reason the oldest one's, with the numbers
   */
  public record Limited(IntakeGate.Limit by, int rows, String reason) {}

  /** What to add to what is told of a limit: how many rows wait for it. */
  String waitingFor(IntakeGate.Limit limit) {
    return limited.stream()
        .filter(it -> it.by() == limit)
        .findFirst()
        .map(it -> "; %d rows wait to be taken in".formatted(it.rows()))
        .orElse("");
  }
}
