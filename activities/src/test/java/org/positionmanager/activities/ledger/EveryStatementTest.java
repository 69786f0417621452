package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Every SQL statement of the project is also run under another account's identity, and returns or
 * changes nothing: all tests on a ledger are run with each statement replayed right before itself.
 * That it is every statement, the sources say: each SQL text of theirs has to have been run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryStatementTest {
  /** Takes over all accounts at once, by the owner's login, out of a table of its session. */
  private static final List<String> OF_THE_OWNER_ALONE =
      List.of("RowMigration.java", "MigratedRows.java");

  /**
   * The demo's dispatchers write what dispatchers write, to a ledger of the demo's own; a migration
   * reads the database of the system that is replaced.
   */
  private static final List<String> OF_OTHER_DATABASES =
      List.of("demo/DemoDispatcher.java", "migrate/OldDatabase.java", "migrate/OldSystem.java");

  private static final Path MODULES = Path.of("..").toAbsolutePath().normalize();
  private static final Path LEDGER =
      MODULES.resolve("activities/src/main/java/org/positionmanager/activities/ledger");

  private static final Pattern LITERAL =
      Pattern.compile("\"\"\"\\R(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);

  /** What changes or reads rows; what defines tables and roles is the owner's alone. */
  private static final Pattern SQL =
      Pattern.compile(
          "^(select\\s.*|insert\\s+into\\s.*|update\\s+\\w+(\\s+\\w+)?\\s+set\\s.*|delete\\s+from\\s.*"
              + "|with\\s+\\w+\\s+as\\s.*)",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private final StatementReplay replay = new StatementReplay();
  private final SummaryGeneratingListener summary = new SummaryGeneratingListener();

  @BeforeAll
  void runAllTestsOnALedger() {
    try (LauncherSession session = LauncherFactory.openSession()) {
      session.getStore().put(Namespace.create(ReplayExtension.KEY), ReplayExtension.KEY, replay);
      session
          .getLauncher()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(DiscoverySelectors.selectPackage(getClass().getPackageName()))
                  .filters(
                      ClassNameFilter.excludeClassNamePatterns(
                          ".*\\." + getClass().getSimpleName()))
                  .build(),
              summary);
    }
    assertThat(summary.getSummary().getTestsSucceededCount()).isGreaterThan(100);
  }

  @Test
  void everyStatementReturnsOrChangesNothingUnderAnotherAccountsIdentity() {
    assertThat(replay.violations()).isEmpty();
  }

  @Test
  void everySqlTextOfTheSourcesWasRun() throws IOException {
    List<String> texts = new ArrayList<>(sqlTexts(LEDGER));
    for (String file : OF_THE_OWNER_ALONE) {
      texts.removeAll(sqlTexts(LEDGER.resolve(file)));
    }
    assertThat(texts).hasSizeGreaterThan(100);
    Set<String> statements = replay.seen().keySet();
    List<String> notRun =
        texts.stream().filter(text -> statements.stream().noneMatch(form(text))).toList();
    assertThat(notRun).isEmpty();
  }

  /** Nothing is shown by nobody's seeing what there was not. */
  @Test
  void everyStatementOnAccountsHadSomethingToSeeOrChangeUnderItsOwnIdentity() {
    List<String> vacuous =
        replay.seen().entrySet().stream()
            .filter(it -> it.getValue().touchesAccounts && it.getValue().replays == 0)
            .map(Map.Entry::getKey)
            .toList();
    assertThat(vacuous).isEmpty();
  }

  @Test
  void statementsAreWrittenNowhereElse() throws IOException {
    try (Stream<Path> modules = Files.list(MODULES)) {
      List<Path> sources =
          modules
              .filter(
                  module -> !List.of("e2e", "benchmarks").contains(module.getFileName().toString()))
              .map(module -> module.resolve("src/main/java"))
              .filter(Files::isDirectory)
              .toList();
      assertThat(sources).hasSizeGreaterThan(3);
      List<String> elsewhere = new ArrayList<>();
      for (Path source : sources) {
        for (Path file : javaFiles(source)) {
          if (!file.startsWith(LEDGER) && OF_OTHER_DATABASES.stream().noneMatch(file::endsWith)) {
            sqlTexts(file).forEach(text -> elsewhere.add(file.getFileName() + ": " + text));
          }
        }
      }
      assertThat(elsewhere).isEmpty();
    }
  }

  /** What is put into a text when it is run may be anything. */
  private static Predicate<String> form(String text) {
    String form =
        Stream.of(text.split("%(\\d+\\$)?s|<\\w+>", -1))
            .map(Pattern::quote)
            .reduce((one, next) -> one + ".*" + next)
            .orElseThrow();
    return Pattern.compile(form, Pattern.DOTALL).asPredicate();
  }

  private static List<String> sqlTexts(Path root) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path file : javaFiles(root)) {
      Matcher literals = LITERAL.matcher(Files.readString(file));
      while (literals.find()) {
        String block = literals.group(1);
        String text = block == null ? literals.group(2) : block.stripIndent();
        if (SQL.matcher(text.strip()).matches()) {
          texts.add(text.translateEscapes().replaceAll("\\s+", " ").strip());
        }
      }
    }
    return texts;
  }

  private static List<Path> javaFiles(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
