package org.positionmanager.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.positionmanager.simulator.SimulatorCommand;

/** A simulator in a process of its own, as users have it: what it costs is not ours. */
final class SimulatorProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  /** A client's key. */
  record Account(String name, String key, String secret) {}

  private final Process process;
  private final JsonNode ready;

  private SimulatorProcess(Process process, JsonNode ready) {
    this.process = process;
    this.ready = ready;
  }

  /**
   * Starts one and waits until it can be used.
   *
   * @throws IOException where it ends before it is ready; why is on standard error
   */
  static SimulatorProcess start(Path scenario) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-Dpm.exitOnStdinEof=true",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorCommand.class.getName(),
                "--scenario",
                scenario.toString(),
                "--json")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = process.inputReader().readLine();
    if (line == null) {
      throw new IOException("the simulator ended before it was ready");
    }
    return new SimulatorProcess(process, new ObjectMapper().readTree(line));
  }

  String url() {
    return ready.path("trading").asText();
  }

  String stream() {
    return ready.path("stream").asText();
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
  public void close() throws IOException {
    process.toHandle().destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
