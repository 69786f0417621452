package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;

/** Whose keys a worker was given, and `pm accounts check`, which tells it before one is started. */
@Timeout(240)
class AccountKeysTest {
  private static final int ASKED_FIRST = 1;

  private static JsonNode line(CommandRun check, String account) throws Exception {
    return StreamSupport.stream(check.json().spliterator(), false)
        .filter(it -> it.path("account").asText().equals(account))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @DisplayName(
      "incident 15: with each other's keys both accounts are refused, and the third is served")
  void swappedKeys() throws Exception {
    try (Desk desk =
        aDesk()
            .withAccounts("large", "tiny", "middle")
            .withKeysOf("large", "tiny")
            .withKeysOf("tiny", "large")
            .withPrice("WMT", "128")
            .start()) {
      assertThat(desk.workerSaid())
          .contains(
              "account large is not served: the key belongs to broker account PA-tiny, not to"
                  + " brokerAccountNumber PA-large",
              "account tiny is not served: the key belongs to broker account PA-large, not to"
                  + " brokerAccountNumber PA-tiny",
              "worker ready: accounts middle");
      desk.broker().buys("large", "WMT", 5);
      desk.broker().buys("tiny", "WMT", 7);
      try (Intake intake = desk.intake()) {
        PositionId id = desk.opens("middle", "WMT", 3);
        desk.awaitPhase(id, Phase.PROTECTED);
        assertThat(desk.pm("close", id.toString(), "--note", "by hand").exitCode()).isZero();
        desk.awaitPhase(id, Phase.CLOSED);
        assertThat(intake.started()).isEqualTo(1);
      }
      for (String swapped : new String[] {"large", "tiny"}) {
        assertThat(
                desk.broker().requestsAfter(0).stream()
                    .filter(it -> it.path("account").asText().equals(swapped))
                    .map(it -> it.path("method").asText() + " " + it.path("path").asText()))
            .as("asked once whose the key is, and nothing else")
            .hasSize(ASKED_FIRST)
            .containsOnly("GET /v2/account");
      }
      assertThat(desk.broker().held("large", "WMT")).isEqualTo("5");
      assertThat(desk.broker().held("tiny", "WMT")).isEqualTo("7");
      assertThat(desk.pm("accounts", "--json").json()).as("middle alone").hasSize(1);
    }
  }

  @Test
  @DisplayName("what a worker could not serve is told before one is started, and nothing changes")
  void checked() throws Exception {
    try (Desk desk =
        aDesk()
            .withAccounts("large", "tiny", "middle")
            .withKeysOf("tiny", "large")
            .configuredAtFirst("large")
            .start()) {
      String all = desk.configuration("large", "tiny", "middle").toString();

      CommandRun check =
          desk.pmWith(Map.of("KEY_MIDDLE", ""), "accounts", "check", "--config", all, "--json");
      assertThat(check.exitCode()).as(check.err()).isEqualTo(1);
      assertThat(line(check, "large").path("problems")).isEmpty();
      assertThat(line(check, "large").path("registered").asBoolean()).isTrue();
      assertThat(line(check, "tiny").path("problems").get(0).asText())
          .contains("the key belongs to broker account PA-large", "brokerAccountNumber PA-tiny");
      assertThat(line(check, "tiny").path("registered").asBoolean()).isFalse();
      assertThat(line(check, "middle").path("problems").get(0).asText())
          .contains("KEY_MIDDLE is not set; export KEY_MIDDLE");

      CommandRun one = desk.pm("accounts", "check", "middle", "--config", all);
      assertThat(one.exitCode()).as(one.toString()).isZero();
      assertThat(one.out()).contains("PA-middle", "paper", "not yet", "yes").doesNotContain("tiny");
      assertThat(desk.pm("accounts", "--json").json()).as("checked only").hasSize(1);

      desk.execute("update pm.accounts set live = true where name = 'large'");
      CommandRun otherMoney = desk.pm("accounts", "check", "large", "--config", all);
      assertThat(otherMoney.exitCode()).isEqualTo(1);
      assertThat(otherMoney.out()).contains("registered for real money");
      desk.execute("update pm.accounts set live = false, broker_account_number = 'PA-other'");
      assertThat(desk.pm("accounts", "check", "large", "--config", all).out())
          .contains("registered with broker account PA-other");
      desk.execute("update pm.accounts set broker_account_number = 'PA-large'");

      int away = desk.broker().saysNothingOfAccounts();
      CommandRun noBroker = desk.pm("accounts", "check", "large", "--config", all);
      assertThat(noBroker.exitCode()).isEqualTo(1);
      assertThat(noBroker.out()).contains("NO: the broker cannot be asked");
      desk.broker().undisturbsRequests(away);
    }
  }

  @Test
  @DisplayName("bad input of a check is exit code 2, and a ledger that does not answer 3")
  void cannotBeChecked() throws Exception {
    try (Desk desk = aDesk().withAccounts("large").start()) {
      String config = desk.folder().resolve("pm.yaml").toString();
      CommandRun nobody = desk.pm("accounts", "check", "nobody", "--config", config);
      assertThat(nobody.exitCode()).isEqualTo(2);
      assertThat(nobody.err()).contains("NAME: 'nobody' is no account of", "use one of [large]");
      Path wrong = desk.folder().resolve("wrong.yaml");
      Files.writeString(wrong, "accounts: none\n");
      CommandRun unreadable = desk.pm("accounts", "check", "--config", wrong.toString());
      assertThat(unreadable.exitCode()).isEqualTo(2);
      assertThat(unreadable.err()).contains("accounts is the text none");
      CommandRun noLedger =
          desk.pmWith(
              Map.of("DATABASE_URL", "postgres://a:secret@127.0.0.1:1/x"),
              "accounts",
              "check",
              "--config",
              config);
      assertThat(noLedger.exitCode()).as(noLedger.toString()).isEqualTo(3);
      assertThat(noLedger.err()).doesNotContain("secret");
      CommandRun noKeys =
          desk.pmWith(
              Map.of("KEY_LARGE", "", "SECRET_LARGE", ""), "accounts", "check", "--config", config);
      assertThat(noKeys.exitCode()).as("none can be served: " + noKeys).isEqualTo(1);
      assertThat(noKeys.out()).contains("KEY_LARGE is not set", "SECRET_LARGE is not set");
    }
  }
}
