package org.positionmanager.workflows.position;

import java.util.Optional;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;

/**
 * What became of a close command by the time of the answer.
 *
 * @param order the exit's order; empty when none was needed
 * @param done whether what was asked is done; otherwise it goes on by itself
 * @param message one sentence for people
 */
public record CloseAnswer(
    Phase phase,
    Optional<ClientOrderId> order,
    Optional<Price> averageExit,
    Money realised,
    boolean done,
    String message) {}
