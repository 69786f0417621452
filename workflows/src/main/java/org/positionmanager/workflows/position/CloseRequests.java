package org.positionmanager.workflows.position;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.value.Quantity;

/**
 * Reads what people send with a {@code requestClose} Signal, mostly by hand: pure. Whoever sends it
 * wants out, so whatever can be taken for a comment is one. But what might limit the close is never
 * ignored: a number is refused wherever it is not the quantity.
 */
final class CloseRequests {
  private static final ObjectMapper JSON =
      Payloads.mapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final int LONGEST_TEXT = 300;

  private CloseRequests() {}

  /**
   * @throws IllegalArgumentException saying what was not understood and what would be
   */
  static CloseRequest read(String data) {
    String text = data.strip();
    if (text.isEmpty()) {
      return CloseRequest.OF_ALL;
    }
    JsonNode tree;
    try {
      tree = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      if (text.startsWith("{") || text.startsWith("[")) {
        throw new IllegalArgumentException("it is not valid JSON: " + shown(text));
      }
      return comment(text);
    }
    return switch (tree.getNodeType()) {
      case NULL, MISSING -> CloseRequest.OF_ALL;
      case STRING -> comment(tree.textValue());
      case OBJECT -> fields(tree);
      case BOOLEAN -> {
        if (!tree.booleanValue()) {
          throw notUnderstood(text);
        }
        yield CloseRequest.OF_ALL;
      }
      case NUMBER, ARRAY, BINARY, POJO -> throw notUnderstood(text);
    };
  }

  private static CloseRequest comment(String text) {
    if (mightBeANumber(text)) {
      throw notUnderstood(text);
    }
    return new CloseRequest(Optional.empty(), text(text), Optional.empty());
  }

  private static IllegalArgumentException notUnderstood(String text) {
    return new IllegalArgumentException(
        "send nothing to close all, or for example {\"quantity\": 4}, got: " + shown(text));
  }

  private static CloseRequest fields(JsonNode tree) {
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      switch (field.getKey()) {
        case "by", "note", "quantity" -> {}
        default -> refuseIfItMightLimit(field.getKey(), field.getValue());
      }
    }
    return new CloseRequest(
        text(tree.path("by").asText("")),
        text(tree.path("note").asText("")),
        quantity(tree.path("quantity")));
  }

  private static void refuseIfItMightLimit(String name, JsonNode value) {
    if (value.isNumber() || value.isTextual() && mightBeANumber(value.textValue())) {
      throw new IllegalArgumentException(
          "%s is not known; a part is closed by {\"quantity\": 4}, got: %s"
              .formatted(shown(name), shown(value.asText())));
    }
  }

  private static Optional<Quantity> quantity(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isValueNode()) {
      throw new IllegalArgumentException("quantity must be one number, got: " + shown(value));
    }
    return Optional.of(Quantity.parse(value.asText()));
  }

  private static boolean mightBeANumber(String text) {
    return text.strip().matches("(?s)[-+.]?\\d.*");
  }

  private static Optional<String> text(String given) {
    return Optional.of(shown(given)).filter(it -> !it.isEmpty());
  }

  /** One line of bounded length, for the timeline. */
  private static String shown(Object given) {
    String line = String.valueOf(given).replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT);
  }
}
