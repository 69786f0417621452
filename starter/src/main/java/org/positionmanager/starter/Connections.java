package org.positionmanager.starter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.worker.BuildId;
import org.positionmanager.worker.database.DatabaseUrl;
import org.positionmanager.worker.engine.Engine;
import org.positionmanager.worker.engine.EngineFinder;
import picocli.CommandLine.Option;

/** How a command reaches engine and ledger: by the environment, or those of a desk that runs. */
public final class Connections {
  /** The file in a data folder that tells where a running desk's engine and ledger are. */
  public static final String RUN_FILE = "run.json";

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  @Option(
      names = "--data",
      defaultValue = "${env:PM_HOME:-.pm}",
      description = "Folder of a desk on this machine (default: ${DEFAULT-VALUE}).")
  private Path data;

  private Map<String, String> environment() throws IOException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    Path file = data.resolve(RUN_FILE);
    if (Files.exists(file)) {
      JsonNode run = new ObjectMapper().readTree(Files.readString(file));
      environment.putIfAbsent("TEMPORAL_ADDRESS", run.path("temporal").asText());
      environment.putIfAbsent("DATABASE_URL", run.path("database").asText());
    }
    return environment;
  }

  /** Connects to the engine; the caller shuts it down. */
  public WorkflowServiceStubs temporal() throws IOException {
    return engine().connect(CONNECT_WITHIN);
  }

  public WorkflowClient client(WorkflowServiceStubs stubs) throws IOException {
    return engine().client(stubs, "pm/" + BuildId.current());
  }

  private Engine engine() throws IOException {
    String address = environment().get("TEMPORAL_ADDRESS");
    if (address == null) {
      throw new IOException(
          "no engine is configured and no desk runs here: set TEMPORAL_ADDRESS, or start `pm demo`");
    }
    return new EngineFinder(environment(), line -> {}).configured(address);
  }

  /** Opens the ledger; the caller closes it. */
  public LedgerDatabase ledger() throws IOException {
    String url = environment().get("DATABASE_URL");
    if (url == null) {
      throw new IOException(
          "no ledger is configured and no desk runs here: set DATABASE_URL, or start `pm demo`");
    }
    return LedgerDatabase.forDesk(DatabaseUrl.parse(url), 4);
  }
}
