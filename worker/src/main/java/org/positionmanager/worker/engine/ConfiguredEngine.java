package org.positionmanager.worker.engine;

import io.temporal.envconfig.ClientConfig;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigOptions;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.positionmanager.worker.payload.PayloadKeys;

/**
 * The server that the SDK's environment configuration names. The file in its default place counts
 * only where a variable asks for Temporal by name: a demo must not end up in somebody's cluster.
 */
final class ConfiguredEngine {
  private static final String ADDRESS = "TEMPORAL_ADDRESS";
  private static final String PROFILE = "TEMPORAL_PROFILE";
  private static final String FILE = "TEMPORAL_CONFIG_FILE";

  /** Variables that say how to talk to a server, and not which. */
  private static final List<String> MANNERS =
      List.of("TEMPORAL_NAMESPACE", "TEMPORAL_API_KEY", "TEMPORAL_TLS", "TEMPORAL_GRPC_META_");

  private static final List<String> TLS_FILES =
      List.of(
          "TEMPORAL_TLS_CLIENT_CERT_PATH",
          "TEMPORAL_TLS_CLIENT_KEY_PATH",
          "TEMPORAL_TLS_SERVER_CA_CERT_PATH");

  private final Map<String, String> environment;

  private ConfiguredEngine(Map<String, String> environment) {
    this.environment = environment;
  }

  static Optional<Engine> by(Map<String, String> environment) throws IOException {
    Map<String, String> given = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("TEMPORAL_") && !value.isBlank()) {
            given.put(name, value);
          }
        });
    return new ConfiguredEngine(given).engine();
  }

  private Optional<Engine> engine() throws IOException {
    List<String> manners =
        environment.keySet().stream()
            .filter(name -> MANNERS.stream().anyMatch(name::startsWith))
            .toList();
    boolean named =
        environment.containsKey(ADDRESS)
            || environment.containsKey(PROFILE)
            || environment.containsKey(FILE);
    if (!named && manners.isEmpty()) {
      return Optional.empty();
    }
    checkReadable(FILE);
    ClientConfigProfile profile = profile();
    String address = profile.getAddress();
    if (address == null || address.isBlank()) {
      throw new IOException(
          "%s set, but nothing says where Temporal is: set TEMPORAL_ADDRESS, or unset %s"
              .formatted(
                  String.join(", ", environment.keySet())
                      + (environment.size() > 1 ? " are" : " is"),
                  environment.size() > 1 ? "them" : "it"));
    }
    String namespace = profile.getNamespace();
    return Optional.of(
        new Engine(
            connection(profile),
            namespace == null || namespace.isBlank() ? "default" : namespace,
            "Temporal at " + address + ", by the environment",
            Optional.empty(),
            () -> {},
            PayloadKeys.NONE));
  }

  private ClientConfigProfile profile() throws IOException {
    try {
      return ClientConfigProfile.load(
          LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(environment).build());
    } catch (IOException | RuntimeException e) {
      throw new IOException(whyNot(e), e);
    }
  }

  private String whyNot(Exception failure) {
    String file = Optional.ofNullable(environment.get(FILE)).orElse("the default file");
    TreeSet<String> profiles = new TreeSet<>();
    try {
      profiles.addAll(
          ClientConfig.load(
                  LoadClientConfigOptions.newBuilder().setEnvOverrides(environment).build())
              .getProfiles()
              .keySet());
    } catch (NullPointerException withoutAnyProfile) {
      // so the SDK answers to a file in which there is none
    } catch (IOException | RuntimeException unreadable) {
      return "%s: %s cannot be read as TOML (%s): correct it, or unset %s"
          .formatted(FILE, file, firstLine(unreadable), FILE);
    }
    String wanted = environment.getOrDefault(PROFILE, "default");
    if (profiles.contains(wanted)) {
      return "the Temporal profile '%s' in %s (%s) cannot be used: %s; correct it"
          .formatted(wanted, file, FILE, firstLine(failure));
    }
    return "there is no profile '%s' in %s (it has %s): correct %s, or name the file by %s"
        .formatted(
            wanted, file, profiles.isEmpty() ? "none" : String.join(", ", profiles), PROFILE, FILE);
  }

  private WorkflowServiceStubsOptions connection(ClientConfigProfile profile) throws IOException {
    for (String variable : TLS_FILES) {
      checkReadable(variable);
    }
    try {
      return profile.toWorkflowServiceStubsOptions();
    } catch (RuntimeException e) {
      throw new IOException(
          "TLS to Temporal at %s cannot be set up (%s): correct TEMPORAL_TLS_CLIENT_CERT_*, TEMPORAL_TLS_CLIENT_KEY_* and TEMPORAL_TLS_SERVER_CA_CERT_*, or the profile's [tls]"
              .formatted(profile.getAddress(), firstLine(rootOf(e))),
          e);
    }
  }

  /** The SDK takes a missing file for an empty one. */
  private void checkReadable(String variable) throws IOException {
    String file = environment.get(variable);
    if (file != null && !(Files.isRegularFile(Path.of(file)) && Files.isReadable(Path.of(file)))) {
      throw new IOException(
          "%s names %s, which is no file that can be read: correct it, or unset %s"
              .formatted(variable, file, variable));
    }
  }

  private static Throwable rootOf(Throwable failure) {
    return failure.getCause() == null ? failure : rootOf(failure.getCause());
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
