package org.positionmanager.worker.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Commands that run one of our own main classes on this JVM's Java and class path. */
public final class JavaProgram {
  private JavaProgram() {}

  /** The command; the program ends when we do. */
  public static ManagedProcess.Command of(
      String name,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment,
      Path log) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
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
