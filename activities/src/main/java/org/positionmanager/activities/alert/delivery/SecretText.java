package org.positionmanager.activities.alert.delivery;

/** A text that does not print itself. */
public final class SecretText {
  private final String value;

  /**
   * @throws IllegalArgumentException where it is blank
   */
  public SecretText(String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("a secret must not be empty");
    }
    this.value = value;
  }

  /** The text itself, for what is sent only. */
  String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "****";
  }
}
