package org.positionmanager.activities.broker;

/** What became of a request to cancel. A request is all it is: an order may still fill. */
public sealed interface CancelResult {
  /** The broker took the request; the order is not cancelled until it says so. */
  record Requested() implements CancelResult {}

  /** The order can no longer be cancelled, being terminal or about to be. */
  record TooLate(String why) implements CancelResult {}

  /** The broker knows no such order. */
  record NotFound() implements CancelResult {}
}
