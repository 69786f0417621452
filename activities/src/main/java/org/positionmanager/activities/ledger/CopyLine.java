package org.positionmanager.activities.ledger;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A row as {@code copy ... from stdin} reads it: fields between tabs, {@code \N} for null, the
 * characters that mean something there behind a backslash.
 */
final class CopyLine {
  private CopyLine() {}

  static String of(MigratedRow row) {
    return line(
        Optional.of(row.key().table()),
        Optional.of(row.key().id()),
        row.account(),
        row.symbol(),
        row.execution(),
        Optional.of(row.kind()),
        Optional.of(row.cause()),
        row.at(),
        Optional.of(row.content()));
  }

  static String line(Optional<?>... fields) {
    return Arrays.stream(fields)
            .map(field -> field.map(value -> escaped(value.toString())).orElse("\\N"))
            .collect(Collectors.joining("\t"))
        + "\n";
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      switch (each) {
        case '\\' -> escaped.append("\\\\");
        case '\t' -> escaped.append("\\t");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        default -> escaped.append(each);
      }
    }
    return escaped.toString();
  }
}
