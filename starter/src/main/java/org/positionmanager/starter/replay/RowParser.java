package org.positionmanager.starter.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.starter.CommandException;

/** From lines to rows: JSON where a line is an object, else CSV with or without a heading. */
final class RowParser {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readerFor(JsonNode.class);
  private static final ObjectReader CSV =
      CsvMapper.builder().enable(CsvParser.Feature.TRIM_SPACES).build().readerFor(String[].class);

  private final String option;
  private Optional<PathColumn[]> columns = Optional.empty();

  /**
   * @param option that named the file, for messages
   */
  RowParser(String option) {
    this.option = option;
  }

  /**
   * Reads a line.
   *
   * @return empty for the heading
   * @throws BadRow where it is neither JSON nor CSV
   */
  Optional<PathRow> parse(long line, String text) throws BadRow {
    return text.stripLeading().startsWith("{") ? Optional.of(json(line, text)) : csv(line, text);
  }

  private static PathRow json(long line, String text) throws BadRow {
    try {
      Map<PathColumn, String> fields = new EnumMap<>(PathColumn.class);
      JsonNode row = JSON.readValue(text);
      for (Map.Entry<String, JsonNode> field : row.properties()) {
        for (PathColumn column : PathColumn.values()) {
          if (column.isCalled(field.getKey()) && field.getValue().isValueNode()) {
            fields.put(column, field.getValue().isNull() ? "" : field.getValue().asText());
          }
        }
      }
      return new PathRow(line, fields);
    } catch (JsonProcessingException e) {
      throw new BadRow(
          line, "row", "it is no JSON object: " + e.getOriginalMessage(), "correct or remove it");
    }
  }

  private Optional<PathRow> csv(long line, String text) throws BadRow {
    String[] cells = cells(line, text);
    if (columns.isEmpty()) {
      if (Arrays.stream(cells).anyMatch(PathColumn::isAName)) {
        columns =
            Optional.of(Arrays.stream(cells).map(RowParser::column).toArray(PathColumn[]::new));
        return Optional.empty();
      }
      columns = Optional.of(withoutHeading(line, cells.length));
    }
    Map<PathColumn, String> fields = new EnumMap<>(PathColumn.class);
    PathColumn[] known = columns.get();
    for (int i = 0; i < Math.min(cells.length, known.length); i++) {
      if (known[i] != null) {
        fields.put(known[i], cells[i]);
      }
    }
    for (int i = cells.length; i < known.length; i++) {
      if (known[i] != null) {
        fields.put(known[i], "");
      }
    }
    return Optional.of(new PathRow(line, fields));
  }

  private static String[] cells(long line, String text) throws BadRow {
    try {
      return CSV.readValue(text);
    } catch (JsonProcessingException e) {
      throw new BadRow(
          line, "row", "it is no CSV: " + e.getOriginalMessage(), "correct or remove it");
    }
  }

  private static PathColumn column(String name) {
    return Arrays.stream(PathColumn.values())
        .filter(it -> it.isCalled(name))
        .findFirst()
        .orElse(null);
  }

  /** Only where the number of columns leaves no doubt. */
  private PathColumn[] withoutHeading(long line, int columns) {
    List<PathColumn> order =
        switch (columns) {
          case 3 -> PathColumn.QUOTE;
          case 6 -> PathColumn.BAR;
          default ->
              throw CommandException.badInput(
                  "%s: line %d should be a heading, for %d columns could be anything; begin the file with t,bp,ap for quotes, t,o,h,l,c for bars or t,p for trades"
                      .formatted(option, line, columns));
        };
    return order.toArray(PathColumn[]::new);
  }
}
