package org.positionmanager.starter.recover;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.ExecutionInbox;
import org.positionmanager.activities.ledger.InboxRow;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.OpenPositions;
import org.positionmanager.activities.ledger.SyncLedger;
import org.positionmanager.activities.sync.Restarts;
import org.positionmanager.activities.sync.SyncEngine;
import org.positionmanager.starter.recover.Recovered.Done;
import org.positionmanager.starter.recover.Recovered.Lost;
import org.positionmanager.starter.recover.Recovered.Refused;
import org.positionmanager.worker.EngineOfSync;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.sync.EngineView.Life;

/**
 * Finds one account's positions that are open in the ledger and have no running workflow, and
 * begins each anew under its id. What the ledger lacks of it, the workflow asks the broker for.
 * Repeating it, by whomever, begins nothing twice; what is wrong with a row harms no other.
 */
public final class AccountRecovery {
  private static final int AT_ONCE = 8;
  private static final Duration PROGRESS_EACH = Duration.ofSeconds(1);
  private static final Set<Status.Code> AWAY =
      Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED);

  private final LedgerDatabase ledger;
  private final AccountName account;
  private final SyncEngine engine;
  private final Restarts restarts;
  private final Consumer<String> tell;

  /**
   * @param ledger opened for the desk
   * @param tell hears a line of progress now and then
   */
  public AccountRecovery(
      LedgerDatabase ledger, WorkflowClient client, AccountName account, Consumer<String> tell) {
    this.ledger = ledger;
    this.account = account;
    this.tell = tell;
    engine = new EngineOfSync(client);
    restarts = new Restarts(new SyncLedger(ledger, account, InstantSource.system()), engine);
  }

  /**
   * One that should run.
   *
   * @param state what it is begun with where it does not; empty where it has ended
   */
  private record Wanted(PositionId position, Supplier<Optional<PositionState>> state) {}

  /**
   * Does it.
   *
   * @param dryRun only says what it would do
   * @throws RuntimeException where engine or ledger does not answer; what was begun by then stays
   */
  public Recovered run(boolean dryRun) throws InterruptedException {
    List<Refused> refused = new ArrayList<>();
    List<Wanted> wanted = new ArrayList<>();
    for (OpenPositions.Row row : new OpenPositions(ledger).of(account)) {
      switch (row) {
        case OpenPositions.Row.Open open ->
            wanted.add(new Wanted(open.id(), () -> restarts.state(open.id())));
        case OpenPositions.Row.Unreadable bad ->
            refused.add(new Refused(bad.key(), bad.why() + "; correct the row"));
      }
    }
    for (InboxRow row :
        new ExecutionInbox(ledger, new AccountRegistry(ledger)).takenAndNotRecorded(account)) {
      switch (row) {
        case InboxRow.Execution good ->
            wanted.add(
                new Wanted(
                    good.position(),
                    () -> Optional.of(PositionState.announced(good.position(), good.terms()))));
        case InboxRow.Bad bad ->
            refused.add(
                new Refused(account + "/" + bad.executionId(), bad.problem() + "; " + bad.fix()));
      }
    }
    Map<PositionId, Life> lives =
        engine.lives(account, wanted.stream().map(Wanted::position).toList());
    List<Wanted> lost =
        wanted.stream().filter(it -> lives.get(it.position()) != Life.RUNNING).toList();
    tell.accept(
        "%s: %d positions are open in the ledger, %d without a running workflow"
            .formatted(account, wanted.size() + refused.size(), lost.size() + refused.size()));
    List<Lost> done = begin(lost, lives, dryRun, refused);
    return new Recovered(
        account, wanted.size() + refused.size(), wanted.size() - lost.size(), done, refused);
  }

  private List<Lost> begin(
      List<Wanted> lost, Map<PositionId, Life> lives, boolean dryRun, List<Refused> refused)
      throws InterruptedException {
    List<Lost> done = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("recover").factory())) {
      List<Future<Done>> results = new ArrayList<>();
      for (Wanted one : lost) {
        results.add(threads.submit(() -> begin(one, lives.get(one.position()), dryRun)));
      }
      for (int i = 0; i < lost.size(); i++) {
        PositionId position = lost.get(i).position();
        try {
          Done became = result(results.get(i), i, lost.size());
          done.add(new Lost(position, lives.get(position), became));
        } catch (ExecutionException failed) {
          requireAnswers(failed.getCause(), threads);
          refused.add(new Refused(position.toString(), why(failed.getCause())));
        }
      }
    }
    return done;
  }

  private Done begin(Wanted one, Life was, boolean dryRun) {
    Optional<PositionState> state = one.state().get();
    if (state.isEmpty()) {
      return Done.OVER;
    }
    if (dryRun) {
      return Done.WOULD_BE_STARTED;
    }
    return engine.start(state.get(), before(was)) ? Done.STARTED : Done.RUNNING;
  }

  private Done result(Future<Done> begun, int before, int all)
      throws InterruptedException, ExecutionException {
    while (true) {
      try {
        return begun.get(PROGRESS_EACH.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        tell.accept("%s: %d of %d begun anew".formatted(account, before, all));
      }
    }
  }

  private static SyncEngine.Before before(Life life) {
    return switch (life) {
      case ENDED -> SyncEngine.Before.ENDED;
      case BROKEN, ABSENT, RUNNING -> SyncEngine.Before.BROKEN;
    };
  }

  /** An engine that is away refuses no row. */
  private static void requireAnswers(Throwable failure, ExecutorService threads) {
    Optional<StatusRuntimeException> said = status(failure);
    if (said.filter(it -> AWAY.contains(it.getStatus().getCode())).isPresent()) {
      threads.shutdownNow();
      throw said.get();
    }
  }

  private static Optional<StatusRuntimeException> status(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof StatusRuntimeException status) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  private static String why(Throwable failure) {
    return failure instanceof ApplicationFailure said
        ? said.getOriginalMessage()
        : status(failure)
            .map(StatusRuntimeException::getMessage)
            .orElseGet(() -> String.valueOf(failure.getMessage()));
  }
}
