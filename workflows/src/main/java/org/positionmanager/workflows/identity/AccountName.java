package org.positionmanager.workflows.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The registered name of an account: lower case letters, digits and hyphens, at most 50. */
public record AccountName(@JsonValue String value) implements Comparable<AccountName> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");

  @JsonCreator
  public AccountName {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "account name must be lower case letters, digits and hyphens, got: " + value);
    }
  }

  /** The task queue that serves this account's workflows and activities, and no other's. */
  public String taskQueue() {
    return "account-" + value;
  }

  @Override
  public int compareTo(AccountName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
