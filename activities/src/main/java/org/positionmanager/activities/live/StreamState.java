package org.positionmanager.activities.live;

/** How a stream does. */
public sealed interface StreamState {
  /** Nothing was asked of it, so there is no connection. */
  record Idle() implements StreamState {}

  /** Connected and authenticated, and nothing speaks against it. */
  record Connected() implements StreamState {}

  /**
   * Connected, but more was asked for than the broker's plan allows; what it serves, it serves
   * well.
   */
  record OverLimit() implements StreamState {}

  /** Connected, but it has told nothing for longer than it should while the market is open. */
  record Silent() implements StreamState {}

  /**
   * Not connected; it is being tried again.
   *
   * @param detail the broker's words or the error, for people; never a secret
   */
  record Down(StreamFault fault, String detail) implements StreamState {}

  /** Whether what it serves can be relied on. */
  default boolean isUp() {
    return switch (this) {
      case Connected _, OverLimit _ -> true;
      case Idle _, Silent _, Down _ -> false;
    };
  }
}
