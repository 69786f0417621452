package org.positionmanager.worker;

import java.util.Optional;

/** Which build this is, for worker identity, pages and the Temporal UI. */
public final class BuildId {
  private BuildId() {}

  /** The version and commit in the jar's manifest; {@code development} outside a jar. */
  public static String current() {
    return Optional.ofNullable(BuildId.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
