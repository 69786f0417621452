package org.positionmanager.simulator;

import java.util.regex.Pattern;

/** What a symbol says of its instrument. */
final class Symbols {
  private static final Pattern OCC = Pattern.compile("[A-Z][A-Z0-9]{0,5}\\d{6}[CP]\\d{8}");

  private static final int SHORTEST_OPTION = 16;

  private Symbols() {}

  static boolean isOption(String symbol) {
    return symbol.length() >= SHORTEST_OPTION && OCC.matcher(symbol).matches();
  }

  static boolean isPut(String symbol) {
    return isOption(symbol) && symbol.charAt(symbol.length() - 9) == 'P';
  }

  static int multiplier(String symbol) {
    return isOption(symbol) ? 100 : 1;
  }
}
