package org.positionmanager.starter.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.positionmanager.starter.CommandException;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.replay.Sessions;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;

/**
 * Streams the quotes, bars or trades of a file as quotes.
 *
 * @param option that named the file, for messages
 * @param direction decides in which order a bar's extremes come
 * @param barLength empty to take the least distance between the first bars
 * @param spread around the prices of bars and trades
 */
record PathReader(
    String option,
    Path file,
    Direction direction,
    Optional<Duration> barLength,
    Price spread,
    Sessions sessions,
    boolean skipBad) {
  /**
   * Hands over every quote in order. What was handed over counts only if this returns.
   *
   * @throws CommandException where the file or its rows cannot be read
   */
  PathRows.Summary read(Consumer<SeenQuote> to) throws IOException {
    QuoteMaker quotes = new QuoteMaker(this, to);
    try (PathRows rows = new PathRows(option, file, skipBad, quotes)) {
      boolean more = true;
      while (more) {
        more = rows.next();
      }
      PathRows.Summary summary = rows.end();
      quotes.end();
      return summary;
    }
  }
}
