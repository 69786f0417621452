import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Checks or mends the format of every Java file below a folder: {@code Format check|write FOLDER}.
 *
 * <p>Exists because the formatter has to run on the JDK that compiles the project, which need not
 * be the one that Maven runs on.
 */
final class Format {
  private static final Formatter FORMATTER =
      new Formatter(JavaFormatterOptions.builder().formatJavadoc(true).build());

  public static void main(String[] arguments) throws Exception {
    boolean write = arguments[0].equals("write");
    Path root = Path.of(arguments[1]);
    List<Path> sources;
    try (Stream<Path> files = Files.walk(root)) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !root.relativize(file).toString().matches("(.*/)?(target|\\.pm)/.*"))
              .sorted()
              .toList();
    }
    boolean clean = true;
    try (ExecutorService pool =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Callable<Boolean>> tasks =
          sources.stream().<Callable<Boolean>>map(file -> () -> isClean(file, write)).toList();
      for (Future<Boolean> result : pool.invokeAll(tasks)) {
        clean &= result.get();
      }
    }
    if (!clean) {
      System.err.println("mend it with: mvn -N validate -Dformat=write");
      System.exit(1);
    }
  }

  private static boolean isClean(Path file, boolean write) throws IOException {
    String source = Files.readString(file);
    String formatted;
    try {
      formatted =
          FORMATTER.formatSource(
              ImportOrderer.reorderImports(
                  RemoveUnusedImports.removeUnusedImports(source),
                  JavaFormatterOptions.Style.GOOGLE));
    } catch (FormatterException e) {
      System.err.println(file + ": cannot be parsed: " + e.getMessage());
      return false;
    }
    if (formatted.equals(source)) {
      return true;
    }
    if (write) {
      Files.writeString(file, formatted);
      return true;
    }
    System.err.println(file + ": not formatted");
    return false;
  }
}
