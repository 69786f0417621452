package org.positionmanager.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pm simulator}: a paper exchange on loopback. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    description = "A stateful paper exchange that speaks Alpaca's REST.",
    footer = {
      "",
      "Example:",
      "  pm simulator --scenario day.json --port 8999",
      "  pm simulator --scenario day.json --data .exchange   goes on where it ended",
      "",
      "Exit codes: 0 stopped, 2 bad usage or scenario."
    })
public final class SimulatorCommand implements Callable<Integer> {
  @Option(names = "--scenario", required = true, description = "Accounts and prices, as JSON.")
  private Path scenario;

  @Option(
      names = "--data",
      description =
          "A folder to keep everything in, and to go on from; without it all is forgotten.")
  private Path data;

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "Default: ${DEFAULT-VALUE}.")
  private String host;

  @Option(names = "--port", defaultValue = "0", description = "0 for any free one (default).")
  private int port;

  /** Runs it alone. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SimulatorCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    if (Boolean.getBoolean("pm.exitOnStdinEof")) {
      Thread.ofPlatform().daemon().name("parent watch").start(SimulatorCommand::exitWithParent);
    }
    Scenario read;
    try {
      read = mapper().readValue(Files.readString(scenario), Scenario.class);
    } catch (JsonProcessingException e) {
      System.err.println(
          scenario + ": " + e.getOriginalMessage().lines().findFirst().orElse("is no scenario"));
      return 2;
    } catch (IOException e) {
      System.err.println(scenario + ": cannot be read; give an existing file with --scenario");
      return 2;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    try (SimulatorServer server = start(read)) {
      Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
      System.out.println("simulator listening on http://" + host + ":" + server.port());
      stopped.await();
    } catch (IOException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    return 0;
  }

  private SimulatorServer start(Scenario scenario) throws IOException {
    return data == null
        ? SimulatorServer.start(scenario, host, port)
        : SimulatorServer.start(scenario, data, host, port);
  }

  /** Reads and writes scenarios. */
  public static ObjectMapper mapper() {
    return JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .addModule(new Jdk8Module())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  private static void exitWithParent() {
    try {
      while (System.in.read() >= 0) {
        // whatever is said there means only that the starter lives
      }
    } catch (IOException gone) {
      // a broken pipe says the same as its end
    }
    System.exit(0);
  }
}
