package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pm simulator}: a paper exchange on loopback. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    description = "A stateful paper exchange that speaks Alpaca's REST and streams.",
    footer = {
      "",
      "Examples:",
      "  pm simulator --market always-open             two accounts, random prices, always open",
      "  pm simulator --accounts mine.json --json      one line that programs can read",
      "  pm simulator --scenario day.json --port 8999",
      "  pm simulator --scenario day.json --data .exchange   goes on where it ended",
      "",
      "Exit codes: 0 stopped, 2 bad usage or scenario."
    })
public final class SimulatorCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--scenario",
      description = "Accounts and prices, as JSON; without it, standard ones in real time.")
  private Path scenario;

  @Option(
      names = "--accounts",
      description =
          "Accounts as JSON, [{\"name\": \"mine\", \"cash\": 1000}]; key and secret optional.")
  private Path accounts;

  @Option(
      names = "--market",
      description = "nyse (regular sessions, default) or always-open (open at any time).")
  private String market;

  @Option(names = "--seed", description = "Of everything random; default 1.")
  private String seed;

  @Option(names = "--json", description = "Says that it is ready in one line of JSON.")
  private boolean json;

  @Option(
      names = "--data",
      description =
          "A folder to keep everything in, and to go on from; without it all is forgotten.")
  private Path data;

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "Default: ${DEFAULT-VALUE}.")
  private String host;

  @Option(names = "--port", defaultValue = "0", description = "0 for any free one (default).")
  private String port;

  /** Runs it alone. */
  public static void main(String[] arguments) {
    // or MessagePack reaches for memory in a way that this JDK warns of on standard error
    System.setProperty("msgpack.universal-buffer", "true");
    System.exit(new CommandLine(new SimulatorCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    if (Boolean.getBoolean("pm.exitOnStdinEof")) {
      Thread.ofPlatform().daemon().name("parent watch").start(SimulatorCommand::exitWithParent);
    }
    CountDownLatch stopped = new CountDownLatch(1);
    try {
      int wanted = number("--port", port, HIGHEST_PORT);
      Scenario read = scenario();
      try (SimulatorServer server = start(read, wanted)) {
        Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
        say(new Readiness(host, server.port(), read));
        stopped.await();
      }
    } catch (UsageException | IOException | IllegalArgumentException e) {
      System.err.println(firstLine(e.getMessage()));
      return 2;
    } catch (io.javalin.util.JavalinException e) {
      System.err.println(
          "--port %s on --host %s cannot be used (%s); give another, or 0 for any free one"
              .formatted(port, host, firstLine(e.getMessage())));
      return 2;
    }
    return 0;
  }

  private static String firstLine(String message) {
    return message == null ? "no reason given" : message.lines().findFirst().orElse("");
  }

  private void say(Readiness readiness) {
    if (json) {
      System.out.println(readiness.json());
    } else {
      System.out.println(readiness.listening());
      readiness.lines(scenario == null).forEach(System.out::println);
    }
    System.out.flush();
  }

  private Scenario scenario() throws UsageException {
    return new ScenarioChoice(
            Optional.ofNullable(scenario),
            Optional.ofNullable(accounts),
            Optional.ofNullable(data),
            hours(),
            seed == null
                ? Optional.empty()
                : Optional.of((long) number("--seed", seed, Integer.MAX_VALUE)))
        .read();
  }

  private Optional<MarketHours> hours() throws UsageException {
    if (market == null) {
      return Optional.empty();
    }
    return Optional.of(
        switch (market) {
          case "nyse" -> MarketHours.NYSE;
          case "always-open" -> MarketHours.ALWAYS_OPEN;
          default ->
              throw new UsageException(
                  "--market '" + market + "' is unknown; use nyse or always-open");
        });
  }

  private static int number(String option, String text, int highest) throws UsageException {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= highest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // the same answer as for one that is out of bounds
    }
    throw new UsageException(
        "%s '%s' is no number from 0 to %d; give one".formatted(option, text, highest));
  }

  private SimulatorServer start(Scenario read, int wanted) throws IOException {
    return data == null
        ? SimulatorServer.start(read, host, wanted)
        : SimulatorServer.start(read, data, host, wanted);
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
