package org.positionmanager.starter.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.positionmanager.starter.CommandException;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.replay.SeenQuote;

/** A second file, read only as far as the first one has come. */
final class PathFeed implements AutoCloseable {
  private final Deque<SeenQuote> ahead = new ArrayDeque<>();
  private final QuoteMaker quotes;
  private final PathRows rows;
  private boolean isAtEnd;

  /**
   * @throws CommandException where the file cannot be read
   */
  PathFeed(PathReader reader) throws IOException {
    quotes = new QuoteMaker(reader, ahead::add);
    rows = new PathRows(reader.option(), reader.file(), reader.skipBad(), quotes);
  }

  /** When the next quote is; empty where there is none. */
  Optional<Instant> nextAt() {
    try {
      while (ahead.isEmpty() && !isAtEnd) {
        if (!rows.next()) {
          isAtEnd = true;
          quotes.end();
        }
      }
      return Optional.ofNullable(ahead.peek()).map(SeenQuote::seenAt);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the next quote. */
  Quote next() {
    return ahead.remove().quote();
  }

  /** For how long a price stands; see {@link QuoteMaker#lasts}. */
  Duration lasts() {
    return quotes.lasts();
  }

  /**
   * Reads the rest.
   *
   * @throws CommandException where rows are bad, as they would be in a path
   */
  PathRows.Summary finish() {
    while (nextAt().isPresent()) {
      ahead.clear();
    }
    return rows.end();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
