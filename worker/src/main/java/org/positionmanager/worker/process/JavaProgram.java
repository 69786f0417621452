package org.positionmanager.worker.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Commands that run one of our own main classes on this JVM's Java and class path. */
public final class JavaProgram {
  private JavaProgram() {}

  /** As quick to start as can be, in little memory: for demos and tests. */
  private static final List<String> QUICK =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m");

  /** How garbage is collected in what keeps running. */
  public enum Collector {
    /** In little memory. */
    SERIAL(List.of("-XX:+UseSerialGC")),

    /**
     * For what watches positions, without long pauses: the serial one stopped a worker of 8,000
     * positions for 5 s once its heap was full.
     */
    CONCURRENT(List.of("-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20"));

    private final List<String> options;

    Collector(List<String> options) {
      this.options = options;
    }
  }

  /** The command, quick to start and in little memory; the program ends when we do. */
  public static ManagedProcess.Command of(
      String name,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment,
      Path log) {
    return of(name, QUICK, mainClass, arguments, environment, log);
  }

  /**
   * The same as {@code ./pm} runs what keeps running: with the optimising compiler and as much
   * memory as Java takes by itself.
   *
   * @param options of the JVM beside those
   */
  public static ManagedProcess.Command longRunning(
      String name,
      Collector collector,
      List<String> options,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment,
      Path log) {
    List<String> all = new ArrayList<>(collector.options);
    all.addAll(options);
    return of(name, all, mainClass, arguments, environment, log);
  }

  private static ManagedProcess.Command of(
      String name,
      List<String> options,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment,
      Path log) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-D" + ManagedProcess.EXIT_ON_STDIN_EOF + "=true",
            "-cp",
            System.getProperty("java.class.path"),
            mainClass));
    line.addAll(arguments);
    return new ManagedProcess.Command(name, line, environment, log, true);
  }
}
