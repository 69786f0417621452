package org.positionmanager.benchmarks.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.starter.Pm;
import org.positionmanager.worker.process.JavaProgram;

/** A small benchmark for real: what it prints, not how fast it was. */
class BenchRunTest {
  private static final long MINUTES = 5;

  @TempDir private Path folder;

  @Test
  @DisplayName("standard output is rows of JSON alone, and nothing of it is left behind")
  void printsRows() throws Exception {
    File out = folder.resolve("out").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(
                JavaProgram.of(
                        "bench",
                        Pm.class.getName(),
                        List.of(
                            "bench",
                            "--quick",
                            "--json",
                            "--positions",
                            "20",
                            "--samples",
                            "5",
                            "--only",
                            "breach"),
                        Map.of(),
                        folder.resolve("log"))
                    .line())
            .redirectOutput(out)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    // its desk lies where temporary files do, and has to be gone afterwards
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder);
    Process process = builder.start();
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("it ends").isTrue();
    Map<String, JsonNode> rows = new HashMap<>();
    for (String line : Files.readAllLines(out.toPath())) {
      JsonNode row = new ObjectMapper().readTree(line);
      List<String> names = new ArrayList<>();
      row.fieldNames().forEachRemaining(names::add);
      assertThat(names)
          .startsWith("name", "positions", "n", "p50_ms", "p99_ms", "max_ms", "target_ms", "met");
      rows.put(row.path("name").asText(), row);
    }
    assertThat(rows)
        .containsKeys(
            BreachStage.WATCH,
            BreachStage.POLLING,
            "process engine",
            "process postgresql",
            "process simulator",
            "process worker",
            "process intake");
    assertThat(rows.get(BreachStage.WATCH).path("n").asInt()).isEqualTo(5);
    assertThat(rows.get(BreachStage.WATCH).path("p50_ms").asDouble()).isPositive();
    assertThat(rows.get(BreachStage.POLLING).path("n").asInt()).isEqualTo(5);
    boolean met = rows.values().stream().allMatch(row -> row.path("met").asBoolean(true));
    assertThat(process.exitValue()).isEqualTo(met ? 0 : 1);
    try (var left = Files.list(folder)) {
      assertThat(left.filter(it -> it.getFileName().toString().startsWith("pm-bench"))).isEmpty();
    }
  }
}
