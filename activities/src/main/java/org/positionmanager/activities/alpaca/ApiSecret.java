package org.positionmanager.activities.alpaca;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

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

  /** How long it takes tells nothing of where two secrets differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ApiSecret it
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), it.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "****";
  }
}
