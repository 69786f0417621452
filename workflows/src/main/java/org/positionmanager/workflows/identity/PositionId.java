package org.positionmanager.workflows.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import org.positionmanager.workflows.instrument.Instrument;

/**
 * One execution's holding of one instrument in one account. Text form {@code
 * large/NOW260220P00110000/7f1c...}; the workflow id is the same behind {@code position/}.
 */
public record PositionId(AccountName account, Instrument instrument, UUID execution) {
  private static final String PREFIX = "position/";

  /** The id of the workflow that owns the position. */
  public String workflowId() {
    return PREFIX + this;
  }

  /** The inverse of {@link #workflowId()}; also reads the plain text form. */
  @JsonCreator
  public static PositionId parse(String text) {
    String plain = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    int first = plain.indexOf('/');
    int last = plain.lastIndexOf('/');
    if (first < 0 || first == last) {
      throw new IllegalArgumentException(
          "position id must be account/symbol/execution, got: " + text);
    }
    return new PositionId(
        new AccountName(plain.substring(0, first)),
        Instrument.parse(plain.substring(first + 1, last)),
        UUID.fromString(plain.substring(last + 1)));
  }

  @JsonValue
  @Override
  public String toString() {
    return account + "/" + instrument.symbol() + "/" + execution;
  }
}
