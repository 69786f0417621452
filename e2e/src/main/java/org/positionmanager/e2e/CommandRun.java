package org.positionmanager.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.positionmanager.worker.process.ManagedProcess;

/**
 * A command that was run to its end.
 *
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error, without the JVM's own warnings
 */
public record CommandRun(int exitCode, String out, String err) {
  private static final long SECONDS = 150;

  static CommandRun of(ManagedProcess.Command command, Map<String, String> environment)
      throws IOException, InterruptedException {
    return of(command, environment, "");
  }

  /**
   * @param typed on standard input, which ends with it
   */
  static CommandRun of(
      ManagedProcess.Command command, Map<String, String> environment, String typed)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("pm", ".out");
    Path err = Files.createTempFile("pm", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command.line()).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(command.environment());
    environment.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    Process process = builder.start();
    try (OutputStream input = process.getOutputStream()) {
      input.write(typed.getBytes(StandardCharsets.UTF_8));
    }
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(
          "pm did not end within "
              + SECONDS
              + " s: "
              + Files.readString(out)
              + Files.readString(err));
    }
    CommandRun run =
        new CommandRun(
            process.exitValue(),
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
    Files.delete(out);
    Files.delete(err);
    return run;
  }

  /** Standard output as the JSON that it has to be, whole and alone. */
  public JsonNode json() throws IOException {
    if (out.isBlank()) {
      throw new IOException("no JSON, exit code %d: %s".formatted(exitCode, err));
    }
    return new ObjectMapper().readTree(out);
  }
}
