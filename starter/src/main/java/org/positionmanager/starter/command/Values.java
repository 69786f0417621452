package org.positionmanager.starter.command;

import java.util.function.Function;
import org.positionmanager.starter.CommandException;

/** Reads what a person typed. */
public final class Values {
  private Values() {}

  /**
   * @throws CommandException naming the option and what it got
   */
  public static <T> T read(String option, String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw CommandException.badInput(option + ": " + reason(e, text));
    }
  }

  private static String reason(IllegalArgumentException e, String text) {
    return e instanceof NumberFormatException || e.getMessage() == null
        ? "'" + text + "' is not a number"
        : e.getMessage();
  }
}
