package org.positionmanager.activities.watch;

/** The permissions cannot be read or written now; what is held goes on being protected. */
public final class PermissionsUnreadable extends Exception {
  private static final long serialVersionUID = 1L;

  public PermissionsUnreadable(Throwable cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }
}
