package org.positionmanager.activities.live;

/** Why a stream is not up, as far as it changes what to do about it. */
public enum StreamFault {
  /** It is being opened for the first time. */
  NOT_YET,
  /** The connection broke, could not be made, or no longer answers pings. */
  BROKEN,
  /** The other side closed the connection in good order. */
  CLOSED,
  /** An answer that was due did not come. */
  NO_ANSWER,
  /** The keys were refused: a person has to look. Tried again only once in a long while. */
  CREDENTIALS,
  /** The account has no right to this stream: a person has to look. Tried again as seldom. */
  NOT_ENTITLED,
  /**
   * Too many connections. One that was lost can count for some 90 s at the broker, so it is tried
   * again patiently.
   */
  CONNECTION_LIMIT,
  /** The broker dropped us because we read too slowly. */
  SLOW_READER,
  /** The broker says that something of its own is wrong. */
  SERVER,
  /** What came cannot be understood. */
  UNREADABLE,
  /** The connection was given up on purpose, because quotes moved that it did not bring. */
  MISSED_QUOTES,
  /** An error that this program does not know; it is told in the detail. */
  UNKNOWN
}
