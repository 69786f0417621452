package org.positionmanager.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server that an environment names, by the SDK's own variables and file. */
class ConfiguredEngineTest {
  @TempDir private Path folder;

  @Test
  void anEnvironmentWithoutTemporalNamesNone() throws IOException {
    assertThat(in(Map.of("HOME", "/none", "TEMPORAL_ADDRESS", " "))).isNull();
  }

  @Test
  void theGivenEnvironmentCountsAndNotTheProcesss() throws IOException {
    Engine engine =
        in(Map.of("TEMPORAL_ADDRESS", "temporal.desk:7233", "TEMPORAL_NAMESPACE", "trading"));
    assertThat(engine.address()).isEqualTo("temporal.desk:7233");
    assertThat(engine.namespace()).isEqualTo("trading");
    assertThat(engine.description())
        .isEqualTo("Temporal at temporal.desk:7233, by the environment");
    assertThat(engine.connection().getEnableHttps()).isFalse();
  }

  @Test
  void withoutANamespaceItIsTheDefaultOne() throws IOException {
    assertThat(in(Map.of("TEMPORAL_ADDRESS", "temporal.desk:7233")).namespace())
        .isEqualTo("default");
  }

  @Test
  void aProfileOfTheFileIsTakenByName() throws IOException {
    Engine engine =
        in(Map.of("TEMPORAL_CONFIG_FILE", file().toString(), "TEMPORAL_PROFILE", "paper"));
    assertThat(engine.address()).isEqualTo("paper.desk:7233");
    assertThat(engine.namespace()).isEqualTo("papers");
  }

  @Test
  void withoutANameItIsTheDefaultProfile() throws IOException {
    Engine engine = in(Map.of("TEMPORAL_CONFIG_FILE", file().toString()));
    assertThat(engine.address()).isEqualTo("default.desk:7233");
  }

  @Test
  void aVariableComesBeforeTheFile() throws IOException {
    Engine engine =
        in(Map.of("TEMPORAL_CONFIG_FILE", file().toString(), "TEMPORAL_NAMESPACE", "other"));
    assertThat(engine.address()).isEqualTo("default.desk:7233");
    assertThat(engine.namespace()).isEqualTo("other");
  }

  @Test
  void anApiKeyOrTlsMakesTheConnectionSecure() throws IOException {
    for (Map<String, String> manner :
        List.of(Map.of("TEMPORAL_API_KEY", "secret-key"), Map.of("TEMPORAL_TLS", "true"))) {
      Map<String, String> environment = new HashMap<>(manner);
      environment.put("TEMPORAL_ADDRESS", "cloud.desk:7233");
      WorkflowServiceStubsOptions connection = in(environment).connection();
      assertThat(connection.getEnableHttps() || connection.getSslContext() != null)
          .as("secure by %s", manner)
          .isTrue();
    }
  }

  @Test
  void anUnknownProfileIsNamedWithThoseThatAreThere() throws IOException {
    assertRefused(Map.of("TEMPORAL_CONFIG_FILE", file().toString(), "TEMPORAL_PROFILE", "live"))
        .hasMessageContaining("there is no profile 'live' in " + file())
        .hasMessageContaining("it has default, nowhere, paper")
        .hasMessageContaining("correct TEMPORAL_PROFILE");
  }

  @Test
  void aMissingFileIsNotTakenForAnEmptyOne() {
    assertRefused(Map.of("TEMPORAL_CONFIG_FILE", folder.resolve("gone.toml").toString()))
        .hasMessageContaining("TEMPORAL_CONFIG_FILE names " + folder.resolve("gone.toml"))
        .hasMessageContaining("correct it, or unset TEMPORAL_CONFIG_FILE");
  }

  @Test
  void aFileThatIsNoTomlIsNamed() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.toml"), "[profile.default\naddress = 1");
    assertRefused(Map.of("TEMPORAL_CONFIG_FILE", broken.toString()))
        .hasMessageContaining("TEMPORAL_CONFIG_FILE: " + broken + " cannot be read as TOML")
        .hasMessageContaining("correct it, or unset TEMPORAL_CONFIG_FILE");
  }

  @Test
  void aProfileWithoutAnAddressIsNotSentToThisMachine() throws IOException {
    assertRefused(Map.of("TEMPORAL_CONFIG_FILE", file().toString(), "TEMPORAL_PROFILE", "nowhere"))
        .hasMessageContaining("TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE are set")
        .hasMessageContaining("set TEMPORAL_ADDRESS, or unset them");
  }

  @Test
  void aFileWithoutProfilesIsTold() {
    assertRefused(Map.of("TEMPORAL_CONFIG_FILE", emptyFile().toString()))
        .hasMessageContaining("there is no profile 'default'")
        .hasMessageContaining("it has none");
  }

  @Test
  void aNamespaceAloneIsNotSilentlyIgnored() throws IOException {
    // The file stands in the way of the default one, which could name an address on this machine.
    Path withoutAddress =
        Files.writeString(folder.resolve("none.toml"), "[profile.default]\nnamespace = \"a\"");
    assertRefused(
            Map.of(
                "TEMPORAL_NAMESPACE", "trading", "TEMPORAL_CONFIG_FILE", withoutAddress.toString()))
        .hasMessageContaining("nothing says where Temporal is: set TEMPORAL_ADDRESS");
  }

  @Test
  void aCertificateThatCannotBeReadIsNamedByItsVariable() {
    assertRefused(
            Map.of(
                "TEMPORAL_ADDRESS",
                "cloud.desk:7233",
                "TEMPORAL_TLS_CLIENT_CERT_PATH",
                folder.resolve("gone.pem").toString(),
                "TEMPORAL_TLS_CLIENT_KEY_PATH",
                folder.resolve("gone.key").toString()))
        .hasMessageContaining("TEMPORAL_TLS_CLIENT_CERT_PATH names " + folder.resolve("gone.pem"));
  }

  @Test
  void aCertificateThatIsNoneIsTold() {
    assertRefused(
            Map.of(
                "TEMPORAL_ADDRESS",
                "cloud.desk:7233",
                "TEMPORAL_TLS_CLIENT_CERT_PATH",
                emptyFile().toString(),
                "TEMPORAL_TLS_CLIENT_KEY_PATH",
                emptyFile().toString()))
        .hasMessageContaining("TLS to Temporal at cloud.desk:7233 cannot be set up")
        .hasMessageContaining("TEMPORAL_TLS_CLIENT_CERT_*");
  }

  private Engine in(Map<String, String> environment) throws IOException {
    return new EngineFinder(environment, line -> {}).configured().orElse(null);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      Map<String, String> environment) {
    return assertThatThrownBy(() -> in(environment))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("\n");
  }

  private Path file() throws IOException {
    return Files.writeString(
        folder.resolve("temporal.toml"),
        """
        [profile.default]
        address = "default.desk:7233"
        [profile.paper]
        address = "paper.desk:7233"
        namespace = "papers"
        [profile.nowhere]
        namespace = "lost"
        """);
  }

  private Path emptyFile() {
    try {
      return Files.writeString(folder.resolve("empty"), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
