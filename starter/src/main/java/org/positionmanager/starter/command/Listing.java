package org.positionmanager.starter.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.CommandException;
import org.positionmanager.worker.process.StopSignal;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.json.Payloads;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** The options that all lists of the ledger share: of one account, as it changes, for machines. */
final class Listing {
  private static final String CLEAR = "\u001b[H\u001b[2J";
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  @Option(names = "--account", description = "Of one account only.")
  private String account;

  @Option(names = "--watch", description = "Shows changes as they happen, until Ctrl-C.")
  private boolean watch;

  @Option(names = "--json", description = "For machines; with --watch one line for each change.")
  private boolean json;

  /** What is looked at, again and again where changes are asked for. */
  interface Look<T> {
    T now() throws Exception;
  }

  /** How what was seen is shown. */
  interface Words<T> {
    String of(T seen) throws Exception;
  }

  /**
   * @throws CommandException where the account that is asked for is not registered
   */
  void requireAccount(LedgerDatabase ledger) {
    if (account != null) {
      Values.account(ledger, account);
    }
  }

  /** Whether what belongs to an account is asked for; what belongs to none is with all alone. */
  boolean isOf(Optional<AccountName> owner) {
    return account == null || owner.map(AccountName::value).filter(account::equals).isPresent();
  }

  /** Prints what there is to see once, or each time that it has changed. */
  <T> void print(Look<T> look, Words<T> words) throws Exception {
    if (!watch) {
      System.out.println(words.of(look.now()));
      return;
    }
    try (StopSignal stop = StopSignal.install()) {
      T shown = null;
      do {
        T now = look.now();
        if (!now.equals(shown)) {
          System.out.println((Ansi.AUTO.enabled() && !json ? CLEAR : "") + words.of(now));
          shown = now;
        }
      } while (!stop.await(LOOK_EVERY));
    }
  }

  /** Rows for machines where these are asked for, else in words. */
  <T> String text(List<T> rows, Words<List<T>> people) throws Exception {
    return json ? Payloads.mapper().writeValueAsString(rows) : people.of(rows);
  }
}
