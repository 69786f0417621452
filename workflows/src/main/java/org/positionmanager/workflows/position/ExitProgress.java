package org.positionmanager.workflows.position;

import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Quantity;

/**
 * An exit under way.
 *
 * @param number k, from 1, within the position
 * @param attempt n, from 1, within the exit
 * @param wanted what this exit is to close in all
 * @param filled what its attempts have closed so far
 * @param why one sentence: the rule's trace or the person's note
 * @param decidedAt exchange time
 * @param order the broker's order of the current attempt, once it is known to exist
 * @param limitsTried limit orders that died unfilled so far, for the chase
 * @param obstacle why it is not done yet, for people; empty while all goes well
 * @param refusals refusals in a row, for the back-off
 */
public record ExitProgress(
    int number,
    int attempt,
    ExitReason reason,
    Quantity wanted,
    Quantity filled,
    String why,
    Instant decidedAt,
    Optional<BrokerOrderId> order,
    int limitsTried,
    Optional<String> obstacle,
    int refusals) {
  /** A fresh exit. */
  public static ExitProgress decided(
      int number, ExitReason reason, Quantity wanted, String why, Instant at) {
    return new ExitProgress(
        number,
        1,
        reason,
        wanted,
        Quantity.ZERO,
        why,
        at,
        Optional.empty(),
        0,
        Optional.empty(),
        0);
  }

  /** The id that the current attempt's order has at the broker. */
  public ClientOrderId clientOrderId(PositionId position) {
    return ClientOrderId.of(position, number, attempt);
  }

  /** What is still to be closed by this exit. */
  public Quantity remaining() {
    return wanted.lessAtMost(filled);
  }

  /** The current attempt's order is known to exist. */
  public ExitProgress sentAs(BrokerOrderId id) {
    return new ExitProgress(
        number,
        attempt,
        reason,
        wanted,
        filled,
        why,
        decidedAt,
        Optional.of(id),
        limitsTried,
        Optional.empty(),
        0);
  }

  /** Something stands in the way; people can read it. */
  public ExitProgress hinderedBy(String what) {
    return new ExitProgress(
        number,
        attempt,
        reason,
        wanted,
        filled,
        why,
        decidedAt,
        order,
        limitsTried,
        Optional.of(what),
        refusals + 1);
  }

  /** More is to be closed than was decided first, and why. */
  public ExitProgress widenedTo(Quantity all, ExitReason widerReason, String widerWhy) {
    return new ExitProgress(
        number,
        attempt,
        widerReason,
        all,
        filled,
        widerWhy,
        decidedAt,
        order,
        limitsTried,
        obstacle,
        refusals);
  }

  /** The same in other shares. */
  public ExitProgress scaledTo(Quantity all, Quantity filledOfThem) {
    return new ExitProgress(
        number,
        attempt,
        reason,
        all,
        filledOfThem,
        why,
        decidedAt,
        order,
        limitsTried,
        obstacle,
        refusals);
  }

  /** No further attempt is a limit order: so many count as tried. */
  public ExitProgress chaseOver(int steps) {
    return new ExitProgress(
        number, attempt, reason, wanted, filled, why, decidedAt, order, steps, obstacle, refusals);
  }

  /** The current attempt ended for good, having filled so much, and the exit is not done. */
  public ExitProgress nextAttempt(Quantity filledByAttempt, boolean wasLimit) {
    return new ExitProgress(
        number,
        attempt + 1,
        reason,
        wanted,
        filled.plus(filledByAttempt),
        why,
        decidedAt,
        Optional.empty(),
        wasLimit ? limitsTried + 1 : limitsTried,
        Optional.empty(),
        refusals);
  }
}
