package org.positionmanager.simulator.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One line of a file of prices, by field. */
record PriceRow(Path file, int line, Map<String, String> fields) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Lines that begin with a brace are JSON; others are CSV under the heading of the first. */
  static List<PriceRow> all(Path file, List<String> lines) {
    List<PriceRow> rows = new ArrayList<>();
    List<String> heading = List.of();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).trim();
      if (line.isEmpty()) {
        continue;
      }
      if (line.startsWith("{")) {
        rows.add(new PriceRow(file, i + 1, json(file, i + 1, line)));
      } else if (heading.isEmpty()) {
        heading = List.of(line.split("\\s*,\\s*"));
      } else {
        rows.add(new PriceRow(file, i + 1, csv(heading, line)));
      }
    }
    return rows;
  }

  private static Map<String, String> json(Path file, int number, String line) {
    try {
      Map<String, String> fields = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> field : JSON.readTree(line).properties()) {
        fields.put(field.getKey(), field.getValue().asText());
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "file %s line %d is no JSON; give one object a line".formatted(file, number), e);
    }
  }

  private static Map<String, String> csv(List<String> heading, String line) {
    String[] cells = line.split("\\s*,\\s*");
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(cells.length, heading.size()); i++) {
      fields.put(heading.get(i), cells[i]);
    }
    return fields;
  }

  boolean isBar() {
    return fields.containsKey("o") || fields.containsKey("open");
  }

  Optional<String> symbol() {
    return Optional.ofNullable(fields.get("symbol")).or(() -> Optional.ofNullable(fields.get("S")));
  }

  String text(String name, String inWords) {
    String text = fields.getOrDefault(name, fields.get(inWords));
    if (text == null) {
      throw unusable(inWords, "", "add a column " + name + " or " + inWords);
    }
    return text;
  }

  BigDecimal number(String name, String inWords) {
    String text = text(name, inWords);
    return Decimals.of(text).orElseThrow(() -> unusable(inWords, text, "give a number of dollars"));
  }

  IllegalArgumentException unusable(String field, String text, String fix) {
    return new IllegalArgumentException(
        "file %s line %d: %s '%s' cannot be used; %s".formatted(file, line, field, text, fix));
  }
}
