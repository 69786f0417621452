package org.positionmanager.starter.command;

import java.util.List;
import java.util.function.Function;
import org.positionmanager.activities.ledger.DeskReader;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.CommandException;
import org.positionmanager.workflows.identity.AccountName;

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

  /**
   * @throws CommandException where nothing is said
   */
  static void requireText(String option, String text, String fix) {
    if (text.isBlank()) {
      throw CommandException.badInput(option + ": is empty; " + fix);
    }
  }

  /** An account that is registered. */
  static AccountName account(LedgerDatabase ledger, String name) {
    List<AccountName> known =
        new DeskReader(ledger).accounts().stream().map(DeskReader.AccountLine::name).toList();
    return known.stream()
        .filter(it -> it.value().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.badInput(
                    "--account: '%s' is not registered; use one of %s".formatted(name, known)));
  }
}
