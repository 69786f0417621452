package org.positionmanager.starter.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.positionmanager.worker.process.FolderLock;
import org.positionmanager.worker.process.ParentWatch;
import org.positionmanager.worker.process.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pm demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Sets up a whole desk on this machine and plays a trading day on it.",
    footer = {
      "",
      "Killed or stopped, the next `pm demo` goes on where it was.",
      "",
      "Examples:",
      "  pm demo                 plays the day, then stays up until Ctrl-C",
      "  pm demo --fresh         forgets the last one and begins anew",
      "  pm demo --speed 1       the same day in real time",
      "  pm demo --once --json   unattended: one JSON object, exit code 0 if all agree",
      "  pm demo --once --more 100   a hundred accounts more, which take some twenty minutes",
      "",
      "Exit codes: 0 ledger, broker and workflows agree; 1 they do not, or it could not start;",
      "2 bad usage; 130 or 143 stopped by a signal."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int STOPPED = 130;
  private static final double FASTEST = 2_000;
  private static final double USUAL = 600;

  /** A day in which a thousand exits have the time that they need. */
  private static final double WITH_MORE = 60;

  /** How many accounts more the demo of a folder was begun with. */
  private static final String MORE = "more-accounts";

  @Option(names = "--once", description = "Ends after the day, in a folder of its own.")
  private boolean once;

  @Option(names = "--fresh", description = "Begins anew instead of going on.")
  private boolean fresh;

  @Option(names = "--json", description = "One JSON object on standard output, nothing else.")
  private boolean json;

  @Option(
      names = "--speed",
      description =
          "Exchange seconds in one real second, 1 to 2000 (default: 600, with --more 60).")
  private Optional<Double> speed = Optional.empty();

  @Option(
      names = "--more",
      paramLabel = "ACCOUNTS",
      description = {
        "Accounts beside the two, 0 to 200; each opens 20 positions, all in the same",
        "instruments (default: 0)."
      })
  private Optional<Integer> more = Optional.empty();

  @Option(
      names = "--data",
      defaultValue = "${env:PM_HOME:-.pm}",
      description = "Where it keeps everything (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    ParentWatch.startIfAsked();
    if (speed.isPresent() && !(speed.get() >= 1 && speed.get() <= FASTEST)) {
      throw new ParameterException(
          spec.commandLine(),
          "--speed must be from 1 to " + (int) FASTEST + ", not " + speed.get());
    }
    if (more.isPresent() && (more.get() < 0 || more.get() > DemoCast.MOST)) {
      throw new ParameterException(
          spec.commandLine(), "--more must be from 0 to " + DemoCast.MOST + ", not " + more.get());
    }
    try (StopSignal stop = StopSignal.install()) {
      return once ? playOnce(stop) : playOn(stop);
    }
  }

  private int playOnce(StopSignal stop) throws Exception {
    Path folder = Files.createTempDirectory("pm-demo");
    try {
      return play(folder, stop);
    } finally {
      delete(folder);
    }
  }

  private int playOn(StopSignal stop) throws Exception {
    Path folder = data.toAbsolutePath().resolve("demo");
    try (FolderLock lock = FolderLock.take(data.toAbsolutePath().resolve("demo-lock"))) {
      if (fresh) {
        delete(folder);
      }
      return play(folder, stop);
    }
  }

  private int play(Path folder, StopSignal stop) throws Exception {
    Consumer<String> tell = line -> (json ? System.err : System.out).println(line);
    if (Files.exists(folder.resolve(DemoDesk.CONFIGURATION))) {
      tell.accept("going on with the demo in " + folder + "; --fresh begins anew");
    }
    DemoCast cast = cast(folder);
    double pace = speed.orElse(cast.more() > 0 ? WITH_MORE : USUAL);
    try (DemoDesk desk = new DemoDesk(folder, cast, tell)) {
      desk.start(pace);
      desk.uiUrl().ifPresent(url -> tell.accept("Temporal UI: " + url));
      DemoDay day = new DemoDay(desk, pace, tell);
      DemoReport report = day.run();
      tellReport(report, tell);
      if (!once) {
        tell.accept("the market goes on in real time; look around, Ctrl-C stops everything");
        day.goOn(stop);
        tell.accept("stopping");
      }
      return report.agrees() ? 0 : 1;
    } catch (InterruptedException | IOException e) {
      if (stop.isAsked()) {
        tell.accept("stopped; the next `pm demo` goes on from here");
        return STOPPED;
      }
      throw e;
    }
  }

  /** A demo that goes on has the accounts that it was begun with. */
  private DemoCast cast(Path folder) throws IOException {
    Path begun = folder.resolve(MORE);
    if (Files.exists(begun)) {
      int had = Integer.parseInt(Files.readString(begun).strip());
      if (more.isPresent() && more.get() != had) {
        throw new ParameterException(
            spec.commandLine(),
            "--more: the demo in %s was begun with %d; leave it out to go on, or say --fresh"
                .formatted(folder, had));
      }
      return new DemoCast(had);
    }
    DemoCast cast = new DemoCast(more.orElse(0));
    Files.createDirectories(folder);
    Files.writeString(begun, Integer.toString(cast.more()));
    return cast;
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
