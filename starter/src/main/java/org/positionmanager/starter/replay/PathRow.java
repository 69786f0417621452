package org.positionmanager.starter.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.replay.Bar;
import org.positionmanager.workflows.value.Price;

/**
 * One row of a path as text.
 *
 * @param line from 1
 * @param fields of the columns that were recognised
 */
record PathRow(long line, Map<PathColumn, String> fields) {
  PathRow {
    fields = fields.isEmpty() ? Map.of() : new EnumMap<>(fields);
  }

  boolean has(List<PathColumn> columns) {
    return fields.keySet().containsAll(columns);
  }

  Quote quote() throws BadRow {
    return new Quote(price(PathColumn.BID), price(PathColumn.ASK), time());
  }

  Trade trade() throws BadRow {
    return new Trade(price(PathColumn.PRICE), time());
  }

  Bar bar() throws BadRow {
    Instant at = time();
    Price open = price(PathColumn.OPEN);
    Price high = price(PathColumn.HIGH);
    Price low = price(PathColumn.LOW);
    Price close = price(PathColumn.CLOSE);
    try {
      return new Bar(at, open, high, low, close);
    } catch (IllegalArgumentException e) {
      throw new BadRow(line, "o, h, l, c", e.getMessage(), "correct the row");
    }
  }

  private Instant time() throws BadRow {
    String text = text(PathColumn.TIME);
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new BadRow(
          line,
          PathColumn.TIME.label(),
          "'" + text + "' is no time with an offset",
          "write it as 2026-02-11T14:30:00Z or 2026-02-11T09:30:00-05:00");
    }
  }

  private Price price(PathColumn column) throws BadRow {
    String text = text(column);
    try {
      return Price.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadRow(
          line, column.label(), "'" + text + "' is no price", "write it as 12.34, zero or more");
    }
  }

  private String text(PathColumn column) throws BadRow {
    String text = fields.get(column);
    if (text == null || text.isBlank()) {
      throw new BadRow(line, column.label(), "it is missing", "fill it in or remove the row");
    }
    return text.trim();
  }
}
