package org.positionmanager.workflows.position;

import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * One attempt at an exit as the ledger keeps it, keyed by position, exit and attempt.
 *
 * @param clientOrderId ours, or for an exit that happened elsewhere the other order's
 */
public record ExitRecord(
    int exit,
    int attempt,
    String clientOrderId,
    Status status,
    ExitReason reason,
    Quantity quantity,
    Quantity filled,
    Optional<Price> averagePrice,
    Optional<BrokerOrderId> brokerOrderId,
    Instant at) {
  /** How far an attempt has come. */
  public enum Status {
    /** Permission given in advance, nothing sent. */
    ARMED,
    /** Recorded, to be sent. */
    INTENDED,
    /** At the broker. */
    SENT,
    /** The broker refused it. */
    REFUSED,
    /** Sent, outcome not known yet. */
    UNKNOWN,
    /** Filled completely. */
    FILLED,
    /** Ended without filling all of it. */
    DEAD
  }
}
