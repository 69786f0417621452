package org.positionmanager.activities.alpaca;

/** A secret that does not print itself. */
public final class ApiSecret {
  private final String value;

  public ApiSecret(String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("an API secret must not be empty");
    }
    this.value = value;
  }

  /** The secret itself, for the request header only. */
  String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "****";
  }
}
