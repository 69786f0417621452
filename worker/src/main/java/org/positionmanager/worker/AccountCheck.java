package org.positionmanager.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.worker.config.Configuration;

/** Whether a worker could serve its accounts: asks as one does, and changes nothing. */
public final class AccountCheck {
  private AccountCheck() {}

  /**
   * One account.
   *
   * @param problems why it could not be served, with the fix; none where it could
   */
  public record Checked(Configuration.Account account, List<String> problems) {
    public Checked {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Asks for all at once, since each waits for its broker; answers in the same order.
   *
   * @throws RuntimeException where the ledger does not answer
   */
  public static List<Checked> of(
      List<Configuration.Account> accounts, Configuration.Broker broker, AccountRegistry registry) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return accounts.stream()
          .map(
              it ->
                  CompletableFuture.supplyAsync(
                      () -> new Checked(it, problems(it, broker, registry)), threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    }
  }

  private static List<String> problems(
      Configuration.Account account, Configuration.Broker broker, AccountRegistry registry) {
    return switch (account) {
      case Configuration.Unserved unserved -> {
        List<String> problems = new ArrayList<>(unserved.reasons());
        registry.objection(AccountRegistration.of(account)).ifPresent(problems::add);
        yield problems;
      }
      case Configuration.Served served ->
          switch (KeyCheck.look(served, broker, registry)) {
            case KeyCheck.Outcome.Opened opened -> List.of();
            case KeyCheck.Outcome.NotYet(String why) -> List.of(why);
            case KeyCheck.Outcome.Wrong(String why) -> List.of(why);
          };
    };
  }
}
