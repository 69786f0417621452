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

  /** An account that is registered, by its name or an alias. */
  static AccountName account(LedgerDatabase ledger, String name) {
    return account(ledger, "--account", name).name();
  }

  /**
   * The same with all that is known of it.
   *
   * @param option what it was typed for
   */
  static DeskReader.AccountLine account(LedgerDatabase ledger, String option, String name) {
    List<DeskReader.AccountLine> known = new DeskReader(ledger).accounts();
    return known.stream()
        .filter(it -> it.name().value().equals(name) || it.aliases().contains(name))
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.badInput(
                    "%s: '%s' is not registered; use one of %s"
                        .formatted(
                            option,
                            name,
                            known.stream().map(DeskReader.AccountLine::name).toList())));
  }
}
