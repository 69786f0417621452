package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.worker.config.PmYaml.GOOD;
import static org.positionmanager.worker.config.PmYaml.KEYS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Missing keys stop their own account only, and no key is ever shown. */
class CredentialsTest {
  private static final String TINY =
      """
        - name: tiny
          brokerAccountNumber: PA2
          credentials: {keyEnv: TINY_KEY, secretEnv: TINY_SECRET}
      """;

  private Path folder;
  private PmYaml yaml;

  @BeforeEach
  void inAFolderOfItsOwn(@TempDir Path folder) {
    this.folder = folder;
    yaml = new PmYaml(folder);
  }

  @Test
  void anAccountWithoutCredentialsDoesNotStopTheOthers() throws Exception {
    Configuration configuration = yaml.read(GOOD + TINY, KEYS);
    assertThat(configuration.accounts()).hasSize(2);
    assertThat(configuration.served())
        .singleElement()
        .satisfies(account -> assertThat(account.name()).hasToString("large"));
    Configuration.Unserved tiny = configuration.unserved().getFirst();
    assertThat(tiny.name()).hasToString("tiny");
    assertThat(tiny.brokerAccountNumber()).isEqualTo("PA2");
    assertThat(tiny.reasons())
        .containsExactly(
            folder
                + "/pm.yaml: accounts[1].credentials.keyEnv TINY_KEY is not set; export TINY_KEY",
            folder
                + "/pm.yaml: accounts[1].credentials.secretEnv TINY_SECRET is not set; export"
                + " TINY_SECRET");
  }

  @Test
  void whereNoAccountIsLeftTheFileFailsWithTheReasonOfEach() throws Exception {
    assertThat(yaml.faults(GOOD + TINY, Map.of("KEY", "id-1", "TINY_SECRET", "s")))
        .containsExactly(
            "accounts[0].credentials.secretEnv SECRET is not set; export SECRET",
            "accounts[1].credentials.keyEnv TINY_KEY is not set; export TINY_KEY");
  }

  @Test
  void aMistakeInTheFileIsReportedWithTheMissingCredentials() throws Exception {
    assertThat(yaml.faults(GOOD + TINY + "    live: maybe\n", Map.of()))
        .containsExactly(
            "accounts[1].live is the text maybe; write true or false",
            "accounts[0].credentials.keyEnv KEY is not set; export KEY",
            "accounts[0].credentials.secretEnv SECRET is not set; export SECRET",
            "accounts[1].credentials.keyEnv TINY_KEY is not set; export TINY_KEY",
            "accounts[1].credentials.secretEnv TINY_SECRET is not set; export TINY_SECRET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void aVariableThatIsSetButEmptyIsToldApartFromOneThatIsNotSet(String value) throws Exception {
    assertThat(yaml.faults(GOOD, Map.of("KEY", "id-1", "SECRET", value)))
        .containsExactly(
            "accounts[0].credentials.secretEnv SECRET is set but empty; export SECRET with the"
                + " secret");
  }

  @Test
  void whatSurroundsACredentialIsTrimmed() throws Exception {
    Files.writeString(folder.resolve("secret"), "\t very-secret\r\n\n");
    Configuration configuration =
        yaml.read(GOOD.replace("secretEnv: SECRET", file("secret")), Map.of("KEY", " id-1\n"));
    assertThat(configuration.served().getFirst().credentials().keyId()).isEqualTo("id-1");
  }

  @Test
  void aFileThatIsNotThereStopsItsAccount() throws Exception {
    assertThat(reasons(file("none")))
        .containsExactly(at("none") + " does not exist; put the secret there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n"})
  void anEmptyFileStopsItsAccount(String content) throws Exception {
    Files.writeString(folder.resolve("empty"), content);
    assertThat(reasons(file("empty")))
        .containsExactly(at("empty") + " is empty; put the secret there");
  }

  @Test
  void aFolderInPlaceOfAFileStopsItsAccount() throws Exception {
    Files.createDirectory(folder.resolve("place"));
    assertThat(reasons(file("place")))
        .containsExactly(at("place") + " is a folder; name the file in it that holds the secret");
  }

  @Test
  void aFileThatIsNoTextStopsItsAccount() throws Exception {
    Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xC3, 0x28});
    assertThat(reasons(file("bytes")))
        .containsExactly(at("bytes") + " cannot be read as text; put the secret there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id\nsecret", "very secret", "s\u00e9cret", "a\u0000b"})
  void aCredentialThatNoRequestCanCarryIsRefusedWithoutShowingIt(String content) throws Exception {
    Files.writeString(folder.resolve("odd"), content, StandardCharsets.UTF_8);
    assertThat(reasons(file("odd")))
        .containsExactly(
            at("odd")
                + " holds a blank, a line break or a letter that no key has; put the secret there"
                + " alone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keyEnv: KEY, keyFile: /k, secretEnv: SECRET | must name one source of the key, but names"
            + " keyEnv and keyFile; keep one of them",
        "keyEnv: KEY | must name one source of the secret, but names none; give secretEnv,"
            + " secretFile or secretCommand",
        "keyEnv: KEY, secretEnv: | secretEnv is empty; give the name of the variable that holds"
            + " the secret",
        "keyEnv: KEY, secretFile: [a] | secretFile is a list; give the name of the file that holds"
            + " the secret",
        "keyEnv: 12345, secretEnv: SECRET | keyEnv is a number; give the name of the variable that"
            + " holds the key",
        "keyEnv: KEY, secretEnv: abcDEF123abcDEF123ab | secretEnv looks like the secret itself;"
            + " give the name of the variable that holds it",
        "keyFile: PKABCDEFGHIJ12345678, secretEnv: SECRET | keyFile looks like the key itself;"
            + " give the name of the file that holds it",
        "keyEnv: KEY, secret: very-secret, secretEnv: SECRET | secret is unknown; use keyEnv,"
            + " secretEnv, keyFile, secretFile, keyCommand or secretCommand",
      })
  void aSourceThatIsMiswrittenFailsTheWholeFile(String sources, String fault) throws Exception {
    String text = GOOD.replace("keyEnv: KEY, secretEnv: SECRET", sources) + TINY;
    Map<String, String> keys =
        Map.of("KEY", "k", "SECRET", "s", "TINY_KEY", "k", "TINY_SECRET", "s");
    String at = fault.startsWith("must") ? " " : ".";
    assertThat(yaml.faults(text, keys)).containsExactly("accounts[0].credentials" + at + fault);
  }

  @Test
  void credentialsThatAreLeftOutFailTheWholeFile() throws Exception {
    String text = GOOD.replace("credentials: {keyEnv: KEY, secretEnv: SECRET}", "live: false");
    assertThat(yaml.faults(text + TINY))
        .contains(
            "accounts[0].credentials is missing; give keyEnv and secretEnv, or the same with"
                + " File or Command");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "abcDEF123abcDEF123ab   | .credentials is a text; give keyEnv and secretEnv, or the same with"
            + " File or Command",
        "[abcDEF123abcDEF123ab] | .credentials is a list; give keyEnv and secretEnv, or the same with"
            + " File or Command",
        "~                      | .credentials is empty; give keyEnv and secretEnv, or the same with"
            + " File or Command",
        "{abcDEF123abcDEF123ab, keyEnv: KEY, secretEnv: SECRET} | .credentials.**** is unknown; use"
            + " keyEnv, secretEnv, keyFile, secretFile, keyCommand or secretCommand",
      })
  void aSecretPastedInTheWrongPlaceIsNotRepeated(String written, String fault) throws Exception {
    String text = GOOD.replace("{keyEnv: KEY, secretEnv: SECRET}", written);
    assertThat(yaml.faults(text)).containsExactly("accounts[0]" + fault);
  }

  @Test
  void aRelativeFileIsToldByItsWholePath() throws Exception {
    assertThat(reasons("secretFile: no-such-file"))
        .singleElement()
        .asString()
        .contains(" " + Path.of("no-such-file").toAbsolutePath() + " does not exist; ");
  }

  @Test
  void noTextOfTheConfigurationShowsAKeyOrASecret() throws Exception {
    Files.writeString(folder.resolve("secret"), "file-secret");
    Configuration configuration =
        yaml.read(
            GOOD + TINY.replace("secretEnv: TINY_SECRET", file("secret")),
            Map.of("KEY", "id-1", "SECRET", "very-secret", "TINY_KEY", "id-2"));
    assertThat(configuration.served()).hasSize(2);
    assertThat(
            List.of(
                configuration.toString(),
                configuration.accounts().toString(),
                configuration.served().getFirst().credentials().toString(),
                configuration.effective().toString(),
                Setting.aligned(configuration.effective()).toString()))
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains("****")
                    .doesNotContain("id-1", "id-2", "very-secret", "file-secret"));
  }

  private List<String> reasons(String secretFile) throws IOException, ConfigurationException {
    String text = GOOD + TINY.replace("secretEnv: TINY_SECRET", secretFile);
    Configuration configuration =
        yaml.read(text, Map.of("KEY", "id-1", "SECRET", "s", "TINY_KEY", "id-2"));
    assertThat(configuration.served()).hasSize(1);
    return configuration.unserved().getFirst().reasons();
  }

  private String file(String name) {
    return "secretFile: '" + folder.resolve(name) + "'";
  }

  private String at(String name) {
    return folder + "/pm.yaml: accounts[1].credentials.secretFile " + folder.resolve(name);
  }

  private static String command(String what, String... words) {
    return what + "Command: " + List.of(words).stream().map(it -> '"' + it + '"').toList();
  }

  @Test
  void aSecretManagersCommandIsAskedWithoutAShell() throws Exception {
    Configuration configuration =
        yaml.read(
            GOOD.replace("keyEnv: KEY", command("key", "printf", " very-%s\\n", "$HOME")),
            Map.of("SECRET", "s"));
    assertThat(configuration.served().getFirst().credentials().keyId()).isEqualTo("very-$HOME");
    assertThat(configuration.effective())
        .contains(new Setting("accounts.large.key", "**** (printf)", Setting.Origin.COMMAND))
        .noneMatch(it -> it.toString().contains("HOME"));
  }

  @ParameterizedTest
  @CsvSource({
    "'false', ended with exit code 1",
    "'true', wrote nothing",
    "'no-such-program', cannot be run",
    "'echo two words', 'holds a blank, a line break or a letter that no key has'",
    "'seq 100000', wrote more than any key is long"
  })
  void aCommandThatDoesNotAnswerStopsItsAccount(String line, String why) throws Exception {
    String[] words = line.split(" ");
    assertThat(reasons(command("secret", words)))
        .singleElement()
        .asString()
        .startsWith(
            folder
                + "/pm.yaml: accounts[1].credentials.secretCommand "
                + words[0]
                + " "
                + why
                + "; run it by hand")
        .doesNotContain("99999");
  }

  @ParameterizedTest
  @ValueSource(strings = {"very-secret", "[]", "[[very-secret]]", "{a: very-secret}"})
  void aCommandThatIsNoListOfWordsIsAFaultOfTheFile(String written) throws Exception {
    assertThat(yaml.faults(GOOD.replace("secretEnv: SECRET", "secretCommand: " + written)))
        .containsExactly(
            "accounts[0].credentials.secretCommand is no list of texts; write program and arguments,"
                + " such as [op, read, \"op://trading/large/secret\"]");
  }

  @Test
  void aCommandThatHangsIsGivenUpAndEnded() {
    SecretCommand impatient = new SecretCommand(Duration.ofMillis(200));
    assertThatThrownBy(() -> impatient.value(List.of("sleep", "3600.125")))
        .isInstanceOf(SecretCommand.Failed.class)
        .hasMessage("did not end within 0 s");
    assertThat(
            ProcessHandle.allProcesses()
                .filter(it -> it.info().commandLine().orElse("").contains("3600.125"))
                .map(ProcessHandle::onExit))
        .as("those that still stand in the list end at once")
        .allSatisfy(end -> assertThat(end).succeedsWithin(Duration.ofSeconds(5)));
  }

  @Test
  void aCommandThatLeavesAChildWithItsOutputIsGivenUpToo() {
    SecretCommand impatient = new SecretCommand(Duration.ofSeconds(1));
    assertThatThrownBy(() -> impatient.value(List.of("sh", "-c", "sleep 20 & sleep 0.5; echo key")))
        .isInstanceOf(SecretCommand.Failed.class)
        .hasMessage("ended, but what it started keeps its output open");
  }
}
