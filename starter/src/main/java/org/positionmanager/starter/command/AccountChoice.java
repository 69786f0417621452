package org.positionmanager.starter.command;

import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.DeskReader;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.CommandException;
import org.positionmanager.workflows.identity.AccountName;

/** Which accounts a command means. */
public final class AccountChoice {
  private AccountChoice() {}

  /**
   * The one that is named, or all active ones.
   *
   * @param where how the command calls the argument
   * @throws CommandException where nothing goes by the name
   */
  public static List<AccountName> of(LedgerDatabase ledger, Optional<String> named, String where) {
    List<AccountName> active =
        new DeskReader(ledger)
            .accounts().stream()
                .filter(DeskReader.AccountLine::active)
                .map(DeskReader.AccountLine::name)
                .toList();
    return named
        .map(
            name ->
                List.of(
                    new AccountRegistry(ledger)
                        .resolve(name)
                        .orElseThrow(
                            () ->
                                CommandException.badInput(
                                    "%s: '%s' is not registered; use one of %s"
                                        .formatted(where, name, active)))))
        .orElse(active);
  }
}
