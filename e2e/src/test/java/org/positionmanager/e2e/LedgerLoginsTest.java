package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.worker.database.DatabaseUrl;
import org.positionmanager.worker.process.ManagedProcess;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;

/** Workers and an intake that have logins of their own, set up by command. */
@Timeout(240)
class LedgerLoginsTest {
  @Test
  @DisplayName("a worker whose login was granted one account serves it and cannot serve another")
  void processesWithLoginsOfTheirOwn() throws Exception {
    try (Desk desk =
        aDesk()
            .withAccounts("large", "tiny")
            .withPrice("WMT", "128")
            .withPrice("DE", "620")
            .start()) {
      desk.execute("create role tiny_worker login password 'one'");
      desk.execute("create role taking_in login password 'two'");

      CommandRun tooSoon =
          desk.pmWith(Map.of("DATABASE_URL", as(desk, "tiny_worker", "one")), "positions");
      assertThat(tooSoon.exitCode()).as(tooSoon.err()).isNotZero();
      CommandRun granted =
          desk.pm("database", "grant", "tiny_worker", "--as", "worker", "--account", "tiny");
      assertThat(granted.out()).as(granted.err()).contains("it sees tiny");
      assertThat(desk.pm("database", "grant", "taking_in", "--as", "intake").exitCode()).isZero();
      assertThat(desk.pm("database").out()).contains("tiny_worker", "taking_in", "all accounts");
      CommandRun refused =
          desk.pm("database", "grant", "postgres", "--as", "worker", "--account", "tiny");
      assertThat(refused.exitCode()).isOne();
      assertThat(refused.err()).contains("postgres is a superuser");

      desk.killWorker();
      ManagedProcess worker =
          desk.programs()
              .startAnotherWorker(Map.of("DATABASE_URL", as(desk, "tiny_worker", "one")));
      assertThat(worker.lastLines())
          .contains("account large is not served: account large is not registered, or this login")
          .contains("worker ready: accounts tiny");
      desk.programs().startIntake(Map.of("DATABASE_URL", as(desk, "taking_in", "two")));

      PositionId id = desk.opens("tiny", "WMT", 5);
      desk.awaitPhase(id, Phase.PROTECTED);
      CommandRun closed = desk.pm("close", id.execution().toString(), "--note", "by hand");
      assertThat(closed.exitCode()).as(closed.err()).isZero();
      desk.awaitPhase(id, Phase.CLOSED);
      CommandRun seen =
          desk.pmWith(Map.of("DATABASE_URL", as(desk, "tiny_worker", "one")), "accounts", "--json");
      assertThat(seen.json()).as(seen.err()).hasSize(1);
      assertThat(desk.pm("database", "revoke", "tiny_worker").exitCode()).isZero();
      assertThat(desk.pm("database").out()).doesNotContain("tiny_worker");
    }
  }

  private static String as(Desk desk, String login, String password) {
    return DatabaseUrl.of(
        new LedgerDatabase.Address(desk.ledgerServer().address().jdbcUrl(), login, password));
  }
}
