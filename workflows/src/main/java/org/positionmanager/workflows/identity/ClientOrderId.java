package org.positionmanager.workflows.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.positionmanager.workflows.instrument.Instrument;

/**
 * The broker's {@code client_order_id} of an exit: a pure function of position, exit number and
 * attempt. The broker takes each id once per account for ever, so two processes that want the same
 * exit make one order. Text form {@code pm-NOW260220P00110000-<execution>-1-1}, at most 128 long.
 *
 * @param exit the number k of the exit within its position, from 1
 * @param attempt the number n of the attempt at that exit, from 1
 */
public record ClientOrderId(Instrument instrument, UUID execution, int exit, int attempt) {
  private static final Pattern FORM =
      Pattern.compile(
          "pm-([A-Z][A-Z0-9./]{0,20})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\\d{1,10})-(\\d{1,10})");

  public ClientOrderId {
    if (exit < 1 || attempt < 1) {
      throw new IllegalArgumentException(
          "exit and attempt count from 1, got: " + exit + ", " + attempt);
    }
  }

  public static ClientOrderId of(PositionId position, int exit, int attempt) {
    return new ClientOrderId(position.instrument(), position.execution(), exit, attempt);
  }

  @JsonCreator
  public static ClientOrderId parse(String text) {
    return ifOurs(text)
        .orElseThrow(() -> new IllegalArgumentException("not an exit's client order id: " + text));
  }

  /** Reads an id found at the broker; empty where the order is not one of our exits. */
  public static Optional<ClientOrderId> ifOurs(String text) {
    Matcher parts = FORM.matcher(text == null ? "" : text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ClientOrderId(
              Instrument.parse(parts.group(1)),
              UUID.fromString(parts.group(2)),
              Integer.parseInt(parts.group(3)),
              Integer.parseInt(parts.group(4))));
    } catch (IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  /** Whether this is an exit of that position. */
  public boolean belongsTo(PositionId position) {
    return execution.equals(position.execution()) && instrument.equals(position.instrument());
  }

  @JsonValue
  @Override
  public String toString() {
    return "pm-" + instrument.symbol() + "-" + execution + "-" + exit + "-" + attempt;
  }
}
