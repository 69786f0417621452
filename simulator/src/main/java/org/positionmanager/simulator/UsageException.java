package org.positionmanager.simulator;

/** Input that cannot be used; the message is one line that names the field and the fix. */
final class UsageException extends Exception {
  UsageException(String message) {
    super(message);
  }
}
