package org.positionmanager.worker.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.activities.alpaca.ApiSecret;
import org.positionmanager.workflows.identity.AccountName;

/** Reads {@code pm.yaml}; secrets come from the environment or from files that it names. */
public final class ConfigurationFile {
  private static final List<String> TOP = List.of("accounts", "broker", "http");
  private static final List<String> ACCOUNT =
      List.of("name", "aliases", "brokerAccountNumber", "live", "credentials");
  private static final List<String> CREDENTIALS =
      List.of("keyEnv", "secretEnv", "keyFile", "secretFile");
  private static final List<String> BROKER =
      List.of("url", "stockFeed", "optionFeed", "requestsPerMinute", "speed");
  private static final List<String> HTTP = List.of("port");

  private final Path file;
  private final Map<String, String> environment;
  private final List<String> faults = new ArrayList<>();

  private ConfigurationFile(Path file, Map<String, String> environment) {
    this.file = file;
    this.environment = environment;
  }

  /**
   * Reads and checks it.
   *
   * @throws ConfigurationException with every fault
   */
  public static Configuration read(Path file, Map<String, String> environment)
      throws ConfigurationException {
    return new ConfigurationFile(file, environment).read();
  }

  private Configuration read() throws ConfigurationException {
    JsonNode root = parsed();
    known("", root, TOP);
    List<Configuration.Account> accounts = new ArrayList<>();
    JsonNode list = root.path("accounts");
    if (!list.isArray() || list.isEmpty()) {
      fault("accounts", "is missing", "list at least one account with name and credentials");
    }
    for (int i = 0; i < list.size(); i++) {
      account("accounts[" + i + "]", list.get(i)).ifPresent(accounts::add);
    }
    Configuration.Broker broker = broker(root.path("broker"));
    known("http.", root.path("http"), HTTP);
    if (accounts.stream().anyMatch(Configuration.Account::live) && broker.speed() != 1) {
      fault("broker.speed", "is " + broker.speed() + " beside a live account", "remove it");
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
    return new Configuration(accounts, broker, root.path("http").path("port").asInt(0));
  }

  private JsonNode parsed() throws ConfigurationException {
    try {
      JsonNode root = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(file));
      if (root != null && root.isObject()) {
        return root;
      }
      throw new ConfigurationException(List.of(file + ": is empty; list accounts"));
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(
          List.of(
              "%s: line %d is not YAML: %s"
                  .formatted(
                      file,
                      e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                      e.getOriginalMessage().lines().findFirst().orElse(""))));
    } catch (IOException e) {
      throw new ConfigurationException(
          List.of(file + ": cannot be read; give the configuration with --config FILE"));
    }
  }

  private Optional<Configuration.Account> account(String at, JsonNode node) {
    known(at + ".", node, ACCOUNT);
    int before = faults.size();
    String name = text(at + ".name", node.path("name"), "large");
    try {
      new AccountName(name);
    } catch (IllegalArgumentException e) {
      fault(at + ".name", e.getMessage(), "use a name such as large");
    }
    String number =
        text(at + ".brokerAccountNumber", node.path("brokerAccountNumber"), "PA3ABCDEFGHI");
    List<String> aliases = new ArrayList<>();
    node.path("aliases").forEach(alias -> aliases.add(alias.asText()));
    Optional<Configuration.Credentials> credentials =
        credentials(at + ".credentials", node.path("credentials"));
    if (faults.size() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new Configuration.Account(
            new AccountName(name),
            aliases,
            number,
            node.path("live").asBoolean(false),
            credentials));
  }

  private Optional<Configuration.Credentials> credentials(String at, JsonNode node) {
    known(at + ".", node, CREDENTIALS);
    Optional<String> key = secret(at, node, "key");
    Optional<String> secret = secret(at, node, "secret");
    return key.flatMap(
        id -> secret.map(it -> new Configuration.Credentials(id, new ApiSecret(it))));
  }

  private Optional<String> secret(String at, JsonNode node, String what) {
    String variable = node.path(what + "Env").asText("");
    String named = node.path(what + "File").asText("");
    if (variable.isEmpty() == named.isEmpty()) {
      fault(
          at, "must name one source of the " + what, "give %sEnv or %sFile".formatted(what, what));
      return Optional.empty();
    }
    if (!variable.isEmpty()) {
      String value = environment.getOrDefault(variable, "");
      if (value.isBlank()) {
        fault(at + "." + what + "Env", variable + " is not set", "export " + variable);
      }
      return Optional.of(value.trim()).filter(it -> !it.isEmpty());
    }
    try {
      return Optional.of(Files.readString(Path.of(named)).trim());
    } catch (IOException e) {
      fault(at + "." + what + "File", named + " cannot be read", "put the " + what + " there");
      return Optional.empty();
    }
  }

  private Configuration.Broker broker(JsonNode node) {
    known("broker.", node, BROKER);
    Optional<URI> url = Optional.empty();
    if (node.hasNonNull("url")) {
      try {
        url = Optional.of(URI.create(node.get("url").asText()));
      } catch (IllegalArgumentException e) {
        fault("broker.url", "is no address", "use http://host:port");
      }
    }
    double speed = node.path("speed").asDouble(1);
    if (!(speed > 0) || url.isEmpty() && speed != 1) {
      fault("broker.speed", "is " + speed, "a speed other than 1 needs a simulator's url");
    }
    return new Configuration.Broker(
        url,
        node.path("stockFeed").asText("iex"),
        node.path("optionFeed").asText("indicative"),
        node.path("requestsPerMinute").asInt(200),
        speed);
  }

  private String text(String at, JsonNode node, String example) {
    if (!node.isValueNode() || node.asText().isBlank()) {
      fault(at, "is missing", "give one such as " + example);
      return "";
    }
    return node.asText();
  }

  private void known(String prefix, JsonNode node, List<String> keys) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!keys.contains(key)) {
                fault(
                    prefix + key,
                    "is unknown",
                    "did you mean " + prefix + nearest(key, keys) + "?");
              }
            });
  }

  private static String nearest(String key, List<String> keys) {
    return keys.stream().min(Comparator.comparingInt(it -> distance(key, it))).orElseThrow();
  }

  /** Levenshtein's distance: edits between two words. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int above = row[j];
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[other.length()];
  }

  private void fault(String field, String problem, String fix) {
    faults.add("%s: %s %s; %s".formatted(file, field, problem, fix));
  }
}
