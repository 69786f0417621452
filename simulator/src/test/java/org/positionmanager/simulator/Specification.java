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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private final Map<String, JsonSchema> schemas = new HashMap<>();

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
    JsonSchema schema =
        schemas.computeIfAbsent(
            method + path + status, key -> schema(method, path, Integer.toString(status)));
    return schema.validate(answer).stream().map(ValidationMessage::getMessage).toList();
  }

  private JsonSchema schema(String method, String path, String status) {
    JsonNode found =
        root.path("paths")
            .path(path)
            .path(method)
            .path("responses")
            .path(status)
            .path("content")
            .path("application/json")
            .path("schema");
    if (found.isMissingNode()) {
      throw new IllegalArgumentException(method + " " + path + " has no answer " + status);
    }
    ObjectNode schema = found.deepCopy();
    // what it refers to is found from the root of the document it stands in
    schema.set("components", root.path("components"));
    return factory.getSchema(
        schema, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
  }
}
