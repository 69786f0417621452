package org.positionmanager.starter.text;

import java.util.ArrayList;
import java.util.List;

/** Text in lines that a terminal does not break. */
public final class Lines {
  private static final String INDENT = "  ";

  private Lines() {}

  /** Broken between words; what follows the first line is indented. A word is never broken. */
  public static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(INDENT).append(word);
      } else {
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
    }
    lines.add(line.toString());
    return lines;
  }
}
