package org.positionmanager.simulator.stream;

import java.util.Arrays;
import java.util.Optional;

/** What a client may follow of a symbol. */
public enum Channel {
  TRADES("trades", "t"),
  QUOTES("quotes", "q"),
  BARS("bars", "b"),
  UPDATED_BARS("updatedBars", "u"),
  DAILY_BARS("dailyBars", "d"),
  STATUSES("statuses", "s"),
  LULDS("lulds", "l");

  final String field;
  final String type;

  Channel(String field, String type) {
    this.field = field;
    this.type = type;
  }

  boolean isOfOptions() {
    return this == TRADES || this == QUOTES;
  }

  /** Whether symbols count against a feed's limit. */
  boolean isCounted() {
    return this == TRADES || this == QUOTES;
  }

  static Optional<Channel> named(String field) {
    return Arrays.stream(values()).filter(it -> it.field.equals(field)).findFirst();
  }

  static Optional<Channel> ofType(Object type) {
    return Arrays.stream(values()).filter(it -> it.type.equals(type)).findFirst();
  }
}
