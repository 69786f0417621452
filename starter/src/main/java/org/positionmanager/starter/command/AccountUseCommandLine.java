package org.positionmanager.starter.command;

import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.DeskReader;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.Connections;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pm accounts activate} and {@code pm accounts deactivate}. */
abstract sealed class AccountUseCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Parameters(paramLabel = "ACCOUNT", description = "Its name, or an alias.")
  private String account;

  private final boolean active;
  private final String now;

  private AccountUseCommandLine(boolean active, String now) {
    this.active = active;
    this.now = now;
  }

  @Override
  public Integer call() throws Exception {
    try (LedgerDatabase ledger = connections.ledger()) {
      DeskReader.AccountLine line = Values.account(ledger, "ACCOUNT", account);
      boolean changed = new AccountRegistry(ledger).setActive(line.name(), active);
      System.out.println(
          "%s is %s%s".formatted(line.name(), now, changed ? "" : " (was so already)"));
      if (!active && line.open() > 0) {
        System.out.println(
            "its %d open positions go on being watched; `pm flatten --account %s` closes them"
                .formatted(line.open(), line.name()));
      }
    }
    return 0;
  }

  /** {@code pm accounts activate ACCOUNT}. */
  @Command(
      name = "activate",
      mixinStandardHelpOptions = true,
      description = "Takes an account into use again: its rows are taken in.",
      footer = {
        "",
        "Exit codes: 0 in use, or was already; 2 bad input; 3 the ledger does not answer."
      })
  static final class Activate extends AccountUseCommandLine {
    Activate() {
      super(true, "in use");
    }
  }

  /** {@code pm accounts deactivate ACCOUNT}. */
  @Command(
      name = "deactivate",
      mixinStandardHelpOptions = true,
      description = {
        "Takes an account out of use, also where workers still have it: its rows are quarantined,",
        "nobody syncs it. What is open goes on being watched and is closed by its rules."
      },
      footer = {
        "",
        "Exit codes: 0 out of use, or was already; 2 bad input; 3 the ledger does not answer."
      })
  static final class Deactivate extends AccountUseCommandLine {
    Deactivate() {
      super(false, "out of use");
    }
  }
}
