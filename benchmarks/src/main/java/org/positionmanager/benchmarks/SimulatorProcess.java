package org.positionmanager.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.positionmanager.simulator.SimulatorCommand;
import org.positionmanager.worker.process.JavaProgram;
import org.positionmanager.worker.process.ManagedProcess;

/** A simulator in a process of its own, as users have it: what it costs is not ours. */
public final class SimulatorProcess implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final String READY = "{\"ready\":true";

  /** A client's key. */
  record Account(String name, String key, String secret) {}

  private final ManagedProcess process;
  private final JsonNode ready;

  private SimulatorProcess(ManagedProcess process, JsonNode ready) {
    this.process = process;
    this.ready = ready;
  }

  /**
   * Starts one and waits until it can be used.
   *
   * @param log what it says
   * @throws IOException where it ends before it is ready
   */
  public static SimulatorProcess start(Path scenario, Path log) throws IOException {
    AtomicReference<String> ready = new AtomicReference<>("");
    ManagedProcess process =
        ManagedProcess.startUntil(
            JavaProgram.longRunning(
                "simulator",
                JavaProgram.Collector.SERIAL,
                List.of("-Xmx1g"),
                SimulatorCommand.class.getName(),
                List.of("--scenario", scenario.toString(), "--json"),
                Map.of(),
                log),
            line -> line.startsWith(READY),
            READY_WITHIN,
            line -> {
              if (line.startsWith(READY)) {
                ready.set(line);
              }
            });
    return new SimulatorProcess(process, new ObjectMapper().readTree(ready.get()));
  }

  /** Where it takes requests. */
  public String url() {
    return ready.path("trading").asText();
  }

  String stream() {
    return ready.path("stream").asText();
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  List<Account> accounts() {
    return ready
        .path("accounts")
        .valueStream()
        .map(
            it ->
                new Account(
                    it.path("name").asText(), it.path("key").asText(), it.path("secret").asText()))
        .toList();
  }

  @Override
  public void close() {
    process.close();
  }
}
