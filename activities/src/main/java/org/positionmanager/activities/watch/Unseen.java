package org.positionmanager.activities.watch;

import java.time.Instant;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.PriceSight;

/**
 * What nobody has watched of a position.
 *
 * @param since exchange time of the last judgement before
 * @param basis as it is known without it
 * @param sight which prices its plan trusts
 */
record Unseen(Instant since, Basis basis, PriceSight sight) {}
