package org.positionmanager.worker;

/** A worker that cannot start: one line that names what is wrong and the fix. */
public final class WorkerException extends Exception {
  public WorkerException(String message) {
    super(message);
  }
}
