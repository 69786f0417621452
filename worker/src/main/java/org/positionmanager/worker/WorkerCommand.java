package org.positionmanager.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.worker.config.ConfigurationException;
import org.positionmanager.worker.config.ConfigurationWatch;
import org.positionmanager.worker.database.DatabaseUrl;
import org.positionmanager.worker.database.LedgerServer;
import org.positionmanager.worker.engine.Engine;
import org.positionmanager.worker.engine.EngineFinder;
import org.positionmanager.worker.process.ParentWatch;
import org.positionmanager.worker.process.StopSignal;
import org.positionmanager.workflows.identity.AccountName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pm worker}: watches and closes the positions of the configured accounts. */
@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    description = "Watches and closes the positions of the accounts in the configuration.",
    footer = {
      "",
      "Examples:",
      "  pm worker --config pm.yaml",
      "  TEMPORAL_ADDRESS=host:7233 DATABASE_URL=postgres://... pm worker",
      "",
      "Accounts that are added to the configuration, changed or removed are followed while it runs.",
      "",
      "Exit codes: 130 or 143 stopped by a signal, 1 cannot start, 2 bad usage or configuration."
    })
public final class WorkerCommand implements Callable<Integer> {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  @Option(
      names = "--config",
      defaultValue = "${env:PM_CONFIG:-pm.yaml}",
      description = "The configuration file (default: ${DEFAULT-VALUE}).")
  private Path config;

  @Option(
      names = "--data",
      defaultValue = "${env:PM_HOME:-.pm}",
      description =
          "Where engine and ledger are kept if none is configured (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--engine",
      defaultValue = "found",
      converter = EngineKind.Reader.class,
      description =
          "'found' by the environment or on this machine (default), or 'in-memory' for one that"
              + " forgets everything at exit.")
  private EngineKind engineKind;

  /** Which engine to work with. */
  enum EngineKind {
    FOUND,
    IN_MEMORY;

    /** Reads {@code found} and {@code in-memory}. */
    static final class Reader implements CommandLine.ITypeConverter<EngineKind> {
      @Override
      public EngineKind convert(String text) {
        return switch (text) {
          case "found" -> FOUND;
          case "in-memory" -> IN_MEMORY;
          default ->
              throw new CommandLine.TypeConversionException(
                  "'" + text + "' is no engine; use found or in-memory");
        };
      }
    }
  }

  @Override
  public Integer call() throws Exception {
    ParentWatch.startIfAsked();
    Map<String, String> environment = System.getenv();
    ConfigurationWatch.Begun configuration;
    try {
      configuration = ConfigurationWatch.begin(config, environment);
    } catch (ConfigurationException e) {
      e.faults().forEach(System.err::println);
      return 2;
    }
    try (StopSignal stop = StopSignal.install()) {
      return serve(configuration, environment, stop);
    }
  }

  private int serve(
      ConfigurationWatch.Begun begun, Map<String, String> environment, StopSignal stop)
      throws Exception {
    Configuration configuration = begun.configuration();
    try (Engine engine = engine(environment);
        Ledger ledger = Ledger.find(environment, data);
        AutoCloseable run = runFile(engine, ledger);
        PositionWorker worker =
            PositionWorker.start(begun, engine, ledger.address(), System.err::println)) {
      System.err.println(
          "health and metrics on %s, port %d"
              .formatted(configuration.http().host(), worker.httpPort()));
      if (awaitServing(worker, stop)) {
        System.out.println("worker ready: accounts " + served(worker));
        stop.await();
      }
      return 0;
    } catch (WorkerException | IOException | IllegalStateException e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  /** Whoever waits for a worker waits for one that watches something; false where it shall end. */
  private static boolean awaitServing(PositionWorker worker, StopSignal stop)
      throws WorkerException, InterruptedException {
    if (worker.serving().isEmpty()) {
      System.out.println(
          "worker is not ready, no account is served yet: "
              + String.join("; ", worker.notServed()));
    }
    while (worker.serving().isEmpty()) {
      worker.requireAccountsLeft();
      if (stop.await(LOOK_EVERY)) {
        return false;
      }
    }
    return true;
  }

  private static String served(PositionWorker worker) {
    String served = String.join(", ", worker.serving().stream().map(AccountName::value).toList());
    List<String> others = worker.notServed();
    return others.isEmpty() ? served : served + "; not served: " + String.join("; ", others);
  }

  private Engine engine(Map<String, String> environment) throws IOException {
    EngineFinder finder = new EngineFinder(environment, System.err::println);
    return switch (engineKind) {
      case IN_MEMORY -> finder.inMemory();
      case FOUND -> finder.find(data.resolve("temporal").resolve("temporal.db"));
    };
  }

  /** Only for a ledger of our own: where others are configured, commands are configured too. */
  private AutoCloseable runFile(Engine engine, Ledger ledger) throws IOException {
    return ledger.isEmbedded() ? RunFile.write(data, engine.address(), ledger.address()) : () -> {};
  }

  private record Ledger(LedgerDatabase.Address address, boolean isEmbedded, AutoCloseable owned)
      implements AutoCloseable {
    static Ledger find(Map<String, String> environment, Path data) throws IOException {
      String url = environment.get("DATABASE_URL");
      if (url != null && !url.isBlank()) {
        return new Ledger(DatabaseUrl.parse(url), false, () -> {});
      }
      System.err.println("starting PostgreSQL on " + data.resolve("postgres"));
      LedgerServer server = LedgerServer.start(data.resolve("postgres"));
      return new Ledger(server.address(), true, server);
    }

    @Override
    public void close() throws Exception {
      owned.close();
    }
  }
}
