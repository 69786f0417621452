package org.positionmanager.starter;

import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.worker.BuildId;
import org.positionmanager.worker.Pollers;
import org.positionmanager.worker.RunFile;
import org.positionmanager.worker.database.DatabaseUrl;
import org.positionmanager.worker.engine.Engine;
import org.positionmanager.worker.engine.EngineFinder;
import picocli.CommandLine.Option;

/**
 * How a command reaches engine and ledger: by the environment ({@code TEMPORAL_ADDRESS} and the
 * rest of Temporal's environment configuration, {@code DATABASE_URL}), else those of a desk that
 * runs on this machine.
 */
public final class Connections {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final int LEDGER_CONNECTIONS = 4;

  @Option(
      names = "--data",
      defaultValue = "${env:PM_HOME:-.pm}",
      description = "Folder of a desk on this machine (default: ${DEFAULT-VALUE}).")
  private Path data;

  /** An engine that answers; closing it leaves the server alone. */
  public record Temporal(Engine engine, WorkflowServiceStubs stubs, WorkflowClient client)
      implements AutoCloseable {
    /** Who serves the accounts. */
    public Pollers pollers() {
      return new Pollers(client, InstantSource.system(), ANSWER_WITHIN);
    }

    @Override
    public void close() {
      stubs.shutdownNow();
    }
  }

  /**
   * Connects to the engine.
   *
   * @throws CommandException where none is known or it does not answer
   */
  public Temporal temporal() throws IOException {
    Engine engine = engine();
    try {
      WorkflowServiceStubs stubs = engine.connect(CONNECT_WITHIN);
      return new Temporal(engine, stubs, engine.client(stubs, "pm/" + BuildId.current()));
    } catch (IllegalStateException e) {
      throw CommandException.unreachable(e.getMessage(), e);
    }
  }

  private Engine engine() throws IOException {
    EngineFinder finder = new EngineFinder(System.getenv(), line -> {});
    Optional<Engine> configured = finder.configured();
    if (configured.isPresent()) {
      return configured.get();
    }
    RunFile desk =
        RunFile.in(data)
            .orElseThrow(
                () ->
                    CommandException.unreachable(
                        "no engine is configured and no desk runs in %s: set TEMPORAL_ADDRESS, or start `pm demo` or `pm worker`"
                            .formatted(data),
                        null));
    return finder.running(desk.temporal());
  }

  /**
   * Opens the ledger; the caller closes it.
   *
   * @throws CommandException where none is known
   */
  public LedgerDatabase ledger() throws IOException {
    return LedgerDatabase.forDesk(ledgerAddress(), LEDGER_CONNECTIONS);
  }

  /**
   * Where the ledger is.
   *
   * @throws CommandException where none is known
   */
  public LedgerDatabase.Address ledgerAddress() throws IOException {
    Optional<String> url =
        Optional.ofNullable(System.getenv("DATABASE_URL")).filter(it -> !it.isBlank());
    if (url.isEmpty()) {
      url = RunFile.in(data).map(RunFile::database);
    }
    return DatabaseUrl.parse(
        url.orElseThrow(
            () ->
                CommandException.unreachable(
                    "no ledger is configured and no desk runs in %s: set DATABASE_URL, or start `pm demo` or `pm worker`"
                        .formatted(data),
                    null)));
  }
}
