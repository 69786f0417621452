package org.positionmanager.activities.live;

import java.util.List;
import java.util.Set;
import org.positionmanager.workflows.instrument.Instrument;

/**
 * Quotes that the broker sends by itself, for one account. Connections are kept up and what was
 * asked for is subscribed again after each break; there is no replay of what was missed meanwhile.
 */
public interface LiveQuotes extends AutoCloseable {
  /** Who is told. */
  interface Listener {
    /**
     * A quote, in the stream's order, which may repeat or be older than one before. Called on the
     * thread that reads the connection: it must not block, or the broker drops a slow reader.
     */
    void onQuote(LiveQuote quote);

    /**
     * State, or what is served, has changed. One call at a time, in order, on a thread of its own:
     * it must not block for long, since reconnecting waits for it.
     */
    void onReport(StreamReport report);

    /** A quote of an instrument could not be read and was left out. On the reading thread. */
    void onUnreadable(String stream, String what);
  }

  /** Begins; before, nothing is connected. Once only. */
  void start(Listener listener);

  /**
   * Replaces the set of instruments; only the difference is sent. Earlier ones keep their place
   * where the broker's plan has too few.
   */
  void follow(Set<Instrument> instruments);

  /** How each stream does now. */
  List<StreamReport> reports();

  /**
   * Opens anew the connections that should have brought these: quotes moved which did not come.
   * Does nothing to a connection that is down already or has just been opened.
   */
  void renew(Set<Instrument> missed);

  @Override
  void close();
}
