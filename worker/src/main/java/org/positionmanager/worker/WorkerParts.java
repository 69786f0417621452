package org.positionmanager.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.SharedLedger;
import org.positionmanager.activities.watch.ExitsUnderWay;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.worker.engine.ActivityPolls;
import org.positionmanager.workflows.plan.PlanBook;

/**
 * What all accounts of a worker have in common from its start to its end.
 *
 * @param watched whether watches are kept; else reviews alone protect
 * @param polls those of the client's connection
 * @param lists what runs in the engine for all of them
 * @param served how many they are now
 * @param shared connections of accounts to the ledger
 * @param tell hears a line for each step of an account
 */
record WorkerParts(
    Configuration.Broker broker,
    PlanBook plans,
    boolean watched,
    Configuration.Sync sync,
    WorkflowClient client,
    ActivityPolls polls,
    EngineLists lists,
    IntSupplier served,
    LedgerDatabase.Address ledger,
    SharedLedger shared,
    AlertsRun alerts,
    MeterRegistry meters,
    ExitsUnderWay underWay,
    Consumer<String> tell) {}
