package org.positionmanager.activities.alert;

import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.identity.AccountName;

/**
 * Whether anybody watches an account, as any process can see it; by the ledger's clock.
 *
 * @param open positions that are not final
 * @param waiting rows that were taken in and that no worker has begun with
 * @param busySince since when there is something to watch; empty where there is nothing
 * @param lastHeard when its watch was last heard of; empty where there never was one
 */
public record AccountLiveness(
    AccountName account,
    Instant now,
    int open,
    int waiting,
    Optional<Instant> busySince,
    Optional<Instant> lastHeard) {}
