package org.positionmanager.workflows.watch;

import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What a watch did with an armed exit; from now on it is the workflow's.
 *
 * @param arming the permission that was used
 * @param exit the number k of the exit
 * @param rule why
 * @param quote that breached; empty where time fired
 * @param quantity that was asked for
 * @param outcome what the broker said; empty where nothing was sent: nothing was seen to be held,
 *     or the orders that hold the quantity did not end in time, or the permission was taken away
 *     after their end was asked for
 * @param peak the best mid that the watch had seen
 * @param at exchange time of the decision
 */
public record ExitSent(
    int arming,
    int exit,
    ExitReason reason,
    RuleTrace rule,
    Optional<Quote> quote,
    Quantity quantity,
    Optional<SubmitOutcome> outcome,
    Price peak,
    Instant at) {}
