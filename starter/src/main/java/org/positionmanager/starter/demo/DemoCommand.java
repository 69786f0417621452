package org.positionmanager.starter.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pm demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Sets up a whole desk on this machine and plays a trading day on it.",
    footer = {
      "",
      "Examples:",
      "  pm demo                 plays the day, then stays up until Ctrl-C",
      "  pm demo --once --json   unattended: one JSON object, exit code 0 if all agree",
      "",
      "Exit codes: 0 ledger, broker and workflows agree; 1 they do not, or it could not start."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final double DEFAULT_SPEED = 600;

  @Option(names = "--once", description = "Ends after the day.")
  private boolean once;

  @Option(names = "--json", description = "One JSON object on standard output, nothing else.")
  private boolean json;

  @Option(
      names = "--speed",
      defaultValue = "" + DEFAULT_SPEED,
      description = "Exchange seconds in one real second (default: ${DEFAULT-VALUE}).")
  private double speed;

  @Option(
      names = "--data",
      defaultValue = "${env:PM_HOME:-.pm}",
      description = "Where it keeps everything (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Override
  public Integer call() throws Exception {
    Consumer<String> tell = line -> (json ? System.err : System.out).println(line);
    Path folder = once ? Files.createTempDirectory("pm-demo") : data.toAbsolutePath();
    Path desk = folder.resolve("demo");
    delete(desk);
    CountDownLatch stopped = new CountDownLatch(1);
    try (DemoDesk demo = new DemoDesk(desk, tell)) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    stopped.countDown();
                    demo.close();
                  }));
      demo.start(speed);
      demo.uiUrl().ifPresent(url -> tell.accept("Temporal UI: " + url));
      DemoReport report = new DemoDay(demo, tell).run();
      tellReport(report, tell);
      if (!once) {
        tell.accept("the market goes on; look around, Ctrl-C stops everything");
        stopped.await();
      }
      return report.agrees() ? 0 : 1;
    } finally {
      if (once) {
        delete(folder);
      }
    }
  }

  private void tellReport(DemoReport report, Consumer<String> tell) throws IOException {
    String text = new ObjectMapper().writeValueAsString(report);
    if (json) {
      System.out.println(text);
      return;
    }
    tell.accept("");
    new ObjectMapper()
        .readTree(text)
        .properties()
        .forEach(it -> tell.accept("  %-22s %s".formatted(it.getKey(), it.getValue().asText())));
    tell.accept("");
    tell.accept(
        report.agrees()
            ? "ledger, broker and workflows agree"
            : "ledger, broker and workflows do NOT agree");
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
