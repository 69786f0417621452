package org.positionmanager.starter.replay;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A column that a path may have, by Alpaca's name first. */
enum PathColumn {
  TIME("t", "timestamp", "time"),
  BID("bp", "bid", "bid_price"),
  ASK("ap", "ask", "ask_price"),
  OPEN("o", "open"),
  HIGH("h", "high"),
  LOW("l", "low"),
  CLOSE("c", "close"),
  PRICE("p", "price");

  static final List<PathColumn> QUOTE = List.of(TIME, BID, ASK);
  static final List<PathColumn> TRADE = List.of(TIME, PRICE);
  static final List<PathColumn> BAR = List.of(TIME, OPEN, HIGH, LOW, CLOSE);

  private final List<String> names;

  PathColumn(String... names) {
    this.names = List.of(names);
  }

  /** What it is called in messages. */
  String label() {
    return names.getFirst();
  }

  boolean isCalled(String name) {
    return names.contains(name.trim().toLowerCase(Locale.ROOT));
  }

  /** Whether a text is the name of any column. */
  static boolean isAName(String text) {
    return Arrays.stream(values()).anyMatch(it -> it.isCalled(text));
  }
}
