package org.positionmanager.activities.live;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.workflows.instrument.Instrument;

/** What can be told of a feed besides its quotes. */
public sealed interface FeedEvent {
  /** A stream's state or what it serves has changed. */
  record StreamChanged(StreamReport report) implements FeedEvent {}

  /** These no longer come by their stream, or do not yet: they are polled. */
  record GapBegun(Map<Instrument, Unserved> instruments) implements FeedEvent {}

  /**
   * These come by their stream again.
   *
   * @param longest how long the longest of them did not
   */
  record GapEnded(Set<Instrument> instruments, Duration longest) implements FeedEvent {}

  /** The broker's plan has no room for these on the stream. */
  record OverLimit(Set<Instrument> instruments) implements FeedEvent {}

  /** The broker will not tell of these at all, each with its words. */
  record Refused(Map<Instrument, String> instruments) implements FeedEvent {}

  /** A poll failed; told once until one succeeds or fails in another way. */
  record PollFailed(BrokerException.Kind kind, String message) implements FeedEvent {}

  /** Polls succeed again. */
  record PollMended() implements FeedEvent {}

  /** A poll found quotes that a connected stream had not brought: it is opened anew. */
  record QuotesMissed(Set<Instrument> instruments) implements FeedEvent {}

  /** A quote could not be read and was left out. */
  record Unreadable(String stream, String what) implements FeedEvent {}

  /** A listener of quotes threw. */
  record ListenerFailed(LiveQuote quote, Throwable failure) implements FeedEvent {}
}
