package org.positionmanager.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.positionmanager.e2e.Parts;
import org.positionmanager.simulator.MarketHours;
import org.positionmanager.simulator.Scenario;
import org.positionmanager.simulator.SimulatorCommand;

/**
 * What the simulator stands: orders over HTTP, and quotes to stream clients. It runs in a process
 * of its own; the clients are in this one, so both share the machine.
 *
 * <p>{@code --json} prints one row of JSON a line, {@code --seconds N} measures for so long (10).
 */
public final class SimulatorThroughput {
  private static final int CLIENTS = 20;
  private static final long ORDERS_A_SECOND = 1_000;
  private static final long QUOTES_A_SECOND = 10_000;

  /** Each share has another price each exchange second. */
  private static final int SPEED = 10;

  /** A price that stays as it was for a second is not published again. */
  private static final double TOLERANCE = 0.99;

  private static final Duration WARM_UP = Duration.ofSeconds(8);

  /** 09:30 in New York on a trading day. */
  private static final Instant MORNING = Instant.parse("2026-02-11T14:30:00Z");

  private SimulatorThroughput() {}

  /** Measures; exit code 1 where a target is missed. */
  public static void main(String[] arguments) throws Exception {
    List<String> options = List.of(arguments);
    int seconds = options.indexOf("--seconds");
    Duration lasts =
        Duration.ofSeconds(seconds < 0 ? 10 : Integer.parseInt(options.get(seconds + 1)));
    List<Measured> rows = measure(WARM_UP, lasts, QUOTES_A_SECOND);
    ObjectMapper json = new ObjectMapper();
    for (Measured row : rows) {
      System.out.println(options.contains("--json") ? json.writeValueAsString(row) : row.line());
    }
    System.exit(rows.stream().allMatch(Measured::met) ? 0 : 1);
  }

  /**
   * All rows, one simulator for each sort of load.
   *
   * @param quotes so many a second are published
   */
  static List<Measured> measure(Duration warmUp, Duration lasts, long quotes) throws Exception {
    List<Measured> rows = new ArrayList<>();
    try (Parts parts = new Parts()) {
      Path folder = parts.folder("simulator-throughput");
      Path scenario = folder.resolve("scenario.json");
      Path log = folder.resolve("simulator.log");
      Files.writeString(scenario, SimulatorCommand.mapper().writeValueAsString(scenario(quotes)));
      try (SimulatorProcess simulator = SimulatorProcess.start(scenario, log)) {
        rows.add(new OrderLoad(simulator, warmUp, lasts).run(ORDERS_A_SECOND));
      }
      try (SimulatorProcess simulator = SimulatorProcess.start(scenario, log)) {
        rows.addAll(
            new QuoteFanOut(simulator, warmUp, lasts).run((long) (quotes * TOLERANCE), quotes));
      }
    }
    return rows;
  }

  private static Scenario scenario(long quotes) {
    return new Scenario(
        MORNING,
        SPEED,
        List.of(),
        1,
        IntStream.range(0, CLIENTS)
            .mapToObj(
                i ->
                    new Scenario.AccountSeed(
                        "a" + i, "PA" + i, "key" + i, "secret" + i, BigDecimal.valueOf(1_000_000)))
            .toList(),
        IntStream.range(0, (int) quotes / SPEED)
            .mapToObj(
                i ->
                    new Scenario.Path(
                        "S" + i,
                        List.of(),
                        Optional.of(new Scenario.Walk(BigDecimal.valueOf(100), Optional.empty())),
                        Optional.empty(),
                        Optional.empty()))
            .toList(),
        MarketHours.ALWAYS_OPEN,
        false,
        List.of(),
        Optional.empty());
  }
}
