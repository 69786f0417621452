package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Alpaca's OpenAPI specification, which is not part of the project: looked for in the folder that
 * the property {@code alpaca.openapi} names, else in {@code shared/alpaca-openapi} beside the
 * project or one of the folders above.
 */
final class Specification {
  private static final String PROPERTY = "alpaca.openapi";

  private final JsonNode root;
  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();
  private final Map<String, Optional<String>> routes = new ConcurrentHashMap<>();

  private Specification(JsonNode root) {
    this.root = root;
  }

  /** Reads a file of it; empty where there is none. */
  static Optional<Specification> find(String file) throws IOException {
    Optional<Path> found = folder().map(it -> it.resolve(file)).filter(Files::isRegularFile);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Specification(
                new ObjectMapper(new YAMLFactory()).readTree(Files.readString(found.get()))));
  }

  /**
   * What to say where it is not here.
   *
   * @param what is not done without it
   */
  static String absence(String what) {
    return what
        + " against Alpaca's specification, which is not here; put trading_openapi.yaml and"
        + " data_openapi.yaml into ../shared/alpaca-openapi or name their folder with -D"
        + PROPERTY;
  }

  /** How the specification writes the address of a request; empty where it has no such. */
  Optional<String> route(String method, String path) {
    return routes.computeIfAbsent(
        method + " " + path,
        key ->
            root.path("paths").properties().stream()
                .filter(it -> it.getValue().has(method) && fits(it.getKey(), path))
                .map(Map.Entry::getKey)
                // the one with the fewest parameters
                .min(Comparator.comparing(it -> it.chars().filter(c -> c == '{').count())));
  }

  private static boolean fits(String template, String path) {
    String[] wanted = template.split("/");
    String[] given = path.split("/");
    if (wanted.length != given.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].startsWith("{") && !wanted[i].equals(given[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether it says what such an answer looks like. */
  boolean knowsBody(String method, String route, int status) {
    return !body(method, route, status).isMissingNode();
  }

  private JsonNode body(String method, String route, int status) {
    return root.path("paths")
        .path(route)
        .path(method)
        .path("responses")
        .path(Integer.toString(status))
        .path("content")
        .path("application/json")
        .path("schema");
  }

  /** What is wrong with a refusal of which it does not say what it looks like. */
  List<String> violationsOfError(JsonNode answer) {
    JsonNode error = root.at("/components/schemas/Error");
    return error.isMissingNode()
        ? answer.path("message").isTextual() ? List.of() : List.of("has no message")
        : validate(schemas.computeIfAbsent("error", key -> compiled(error)), answer);
  }

  private static List<String> validate(JsonSchema schema, JsonNode answer) {
    return schema.validate(answer).stream().map(ValidationMessage::getMessage).toList();
  }

  private static Optional<Path> folder() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path shared = at.resolve("shared/alpaca-openapi");
      if (Files.isDirectory(shared)) {
        return Optional.of(shared);
      }
    }
    return Optional.empty();
  }

  /**
   * What is wrong with an answer; empty where nothing is.
   *
   * @param path as the specification writes it, for instance {@code /v2/orders/{order_id}}
   */
  List<String> violations(String method, String path, int status, JsonNode answer) {
    return validate(
        schemas.computeIfAbsent(method + path + status, key -> schema(method, path, status)),
        answer);
  }

  private JsonSchema schema(String method, String path, int status) {
    JsonNode found = body(method, path, status);
    if (found.isMissingNode()) {
      throw new IllegalArgumentException(method + " " + path + " has no answer " + status);
    }
    return compiled(found);
  }

  private JsonSchema compiled(JsonNode found) {
    ObjectNode schema = found.deepCopy();
    // what it refers to is found from the root of the document it stands in
    schema.set("components", root.path("components"));
    return factory.getSchema(
        schema, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
  }
}
