package org.positionmanager.worker.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Commands that run one of our own main classes on this JVM's Java and class path. */
public final class JavaProgram {
  private JavaProgram() {}

  /** As quick to start as can be, in little memory: for demos and tests. */
  private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-Xmx512m");

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
      List<String> options,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment,
      Path log) {
    return of(name, options, mainClass, arguments, environment, log);
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
    line.add("-XX:+UseSerialGC");
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
