package org.positionmanager.activities.broker;

import java.time.Duration;
import java.util.Optional;

/** The broker could not be asked, or its answer could not be read. Never means "nothing there". */
public final class BrokerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as it changes what to do next. */
  public enum Kind {
    /** No answer, a broken connection, a time-out or a server fault: try again. */
    UNAVAILABLE,
    /** Too many requests: try again after {@link BrokerException#retryAfter()}. */
    RATE_LIMITED,
    /** The credentials were refused: a person has to look. */
    UNAUTHORIZED,
    /** An answer came that does not say what it should. */
    UNREADABLE,
    /** The broker understood the request and refused it. */
    REFUSED,
    /** The calling thread was interrupted while it waited. */
    INTERRUPTED
  }

  private final Kind kind;
  private final transient Optional<Duration> retryAfter;

  public BrokerException(Kind kind, String message) {
    this(kind, message, Optional.empty(), null);
  }

  public BrokerException(
      Kind kind, String message, Optional<Duration> retryAfter, Throwable cause) {
    super(kind + ": " + message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public Kind kind() {
    return kind;
  }

  /** How long to wait, where the broker said so. */
  public Optional<Duration> retryAfter() {
    return retryAfter == null ? Optional.empty() : retryAfter;
  }
}
