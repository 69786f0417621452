package org.positionmanager.starter.migrate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.activities.ledger.MigratedPosition;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What becomes of a claim that got a share: pure. */
final class TakenOver {
  /**
   * Prices of a share that differ by more (a split is 5:4 at the least) are of before and after a
   * split, or one is wrong.
   */
  private static final BigDecimal SAME_SHARES = new BigDecimal("1.1");

  private static final int DIGITS = 4;
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal FOUR = BigDecimal.valueOf(4);

  private TakenOver() {}

  /**
   * @param seen the best price that the old system saw of it
   * @param asOf exchange time at which the holding was asked for: what closed before is in it
   */
  static MigrationPlan.Opening of(
      Standing standing, Optional<Price> seen, Holding held, Quantity share, Instant asOf) {
    Claim claim = standing.claim();
    boolean comparable = isComparable(claim, held);
    Price entry = entry(claim, held, share, comparable);
    Optional<Price> peak = seen.filter(price -> comparable && isBelievable(price, entry, claim));
    Optional<String> doubt =
        comparable
            ? seen.filter(price -> peak.isEmpty())
                .map(price -> "peak %s is no premium: it begins at the entry".formatted(price))
            : Optional.of(
                "entered at %s by its row, %s at the broker, as after a split: peak and levels are left out"
                    .formatted(claim.entry().orElseThrow(), held.averageEntry()));
    EntryTerms terms = claim.terms().withQuantity(share).takingOver(entry, asOf);
    String origin =
        "taken over from the system before this one, see row %s: %s %s at %s since %s, peak %s"
            .formatted(
                claim.key(),
                claim.direction(),
                share,
                entry,
                standing.enteredAt(),
                peak.orElse(entry));
    return new MigrationPlan.Opening(
        new MigratedPosition.Open(
            claim.id(),
            comparable ? terms : terms.withoutLevels(),
            share,
            entry,
            peak.orElse(entry),
            standing.enteredAt(),
            doubt.map(it -> origin + "; " + it).orElse(origin)),
        claim.key(),
        held.quantity(),
        doubt);
  }

  /** The broker's average where it is of this alone; of one that shares, what was written down. */
  private static Price entry(Claim claim, Holding held, Quantity share, boolean comparable) {
    return share.equals(held.quantity()) || !comparable
        ? held.averageEntry()
        : claim
            .entry()
            .filter(written -> isBelievable(written, held.averageEntry(), claim))
            .orElse(held.averageEntry());
  }

  /** Whether what was written down is of the same shares as those that are held. */
  private static boolean isComparable(Claim claim, Holding held) {
    return switch (claim.id().instrument()) {
      case OptionContract _ -> true; // after a split it has another symbol
      case Stock _ -> {
        BigDecimal now = held.averageEntry().value();
        yield claim
            .entry()
            .map(Price::value)
            .filter(
                then ->
                    ratio(then, now).compareTo(SAME_SHARES) > 0
                        || ratio(now, then).compareTo(SAME_SHARES) > 0)
            .isEmpty();
      }
    };
  }

  private static BigDecimal ratio(BigDecimal of, BigDecimal to) {
    return to.signum() == 0
        ? SAME_SHARES.add(BigDecimal.ONE)
        : of.divide(to, DIGITS, RoundingMode.HALF_UP);
  }

  /**
   * The old system had asked for contracts by their underlying: a premium that was far below the
   * strike and is near it now is the underlying's price.
   */
  private static boolean isBelievable(Price written, Price entry, Claim claim) {
    Instrument instrument = claim.id().instrument();
    return switch (instrument) {
      case Stock _ -> true;
      case OptionContract contract ->
          written.value().multiply(TWO).compareTo(contract.strike()) < 0
              || entry.value().multiply(FOUR).compareTo(contract.strike()) >= 0;
    };
  }
}
