package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Money;

/** What {@code pm report} tells of a day is what the broker did on it. */
@Timeout(240)
class ReportTest {
  private static final String NOW_PUT = "NOW260220P00110000";

  private static BigDecimal amount(JsonNode money) {
    return Money.parse(money.asText()).amount();
  }

  private static BigDecimal sum(JsonNode groups) {
    return groups
        .valueStream()
        .map(group -> amount(group.path("realised")))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What the fills of instruments brought that are not held any more. */
  private static BigDecimal broughtBy(Desk desk, String account, List<String> symbols)
      throws Exception {
    BigDecimal brought = BigDecimal.ZERO;
    for (String symbol : symbols) {
      for (JsonNode order : desk.broker().ordersOf(account, Optional.of(symbol))) {
        if (order.path("filled_avg_price").isNull()) {
          continue;
        }
        BigDecimal value =
            new BigDecimal(order.path("filled_qty").asText())
                .multiply(new BigDecimal(order.path("filled_avg_price").asText()))
                .multiply(BigDecimal.valueOf(Instrument.parse(symbol).multiplier()));
        brought =
            order.path("side").asText().equals("sell")
                ? brought.add(value)
                : brought.subtract(value);
      }
    }
    return brought;
  }

  private static JsonNode report(Desk desk, String account) throws Exception {
    CommandRun run = desk.pm("report", "--account", account, "--json");
    assertThat(run.exitCode()).as(run.toString()).isZero();
    return run.json().path("accounts").get(0);
  }

  /** As soon as a snapshot has been taken that knows of so many closed positions. */
  private static JsonNode reportWith(Desk desk, String account, int closed) {
    return desk.await(
        "a snapshot of " + account + " with " + closed + " closed",
        () -> report(desk, account),
        it -> it.path("last").path("counts").path("closedToday").asInt(-1) == closed);
  }

  @Test
  @DisplayName("the day's sums are those of the broker's fills, and equity is the broker's")
  void theReportIsWhatTheBrokerDid() throws Exception {
    try (Desk desk =
            aDesk()
                .withAccounts("large", "tiny")
                .withPrice(NOW_PUT, "4.80")
                .withPrice("WMT", "128")
                .withPrice("KO", "60")
                .withPrice("F", "12")
                .start();
        Intake intake = desk.intake()) {
      desk.broker().pricesAre(Map.of(NOW_PUT, "4.80", "WMT", "128", "KO", "60", "F", "12"));
      PositionId put = desk.opens("large", NOW_PUT, 10);
      PositionId shares = desk.opens("large", "WMT", 5);
      PositionId kept = desk.opens("large", "KO", 5);
      PositionId other = desk.opens("tiny", "F", 30);
      for (PositionId id : List.of(put, shares, kept, other)) {
        desk.awaitPhase(id, Phase.PROTECTED);
      }
      desk.await(
          "the watch to go by what is armed", () -> desk.pm("coverage"), it -> it.exitCode() == 0);
      desk.broker().priceIs(NOW_PUT, "5.60");
      desk.broker().priceIs(NOW_PUT, "5.30");
      desk.broker().priceIs("WMT", "120");
      desk.broker().priceIs("F", "10");
      for (PositionId id : List.of(put, shares, other)) {
        desk.awaitPhase(id, Phase.CLOSED);
      }
      // two minutes of exchange time: the next look at the accounts is due
      desk.broker().advance(Duration.ofMinutes(2));

      JsonNode large = reportWith(desk, "large", 2);
      BigDecimal brought = broughtBy(desk, "large", List.of(NOW_PUT, "WMT"));
      assertThat(brought).as("something happened").isNotEqualByComparingTo("0");
      assertThat(amount(large.path("realised"))).isEqualByComparingTo(brought);
      assertThat(sum(large.path("byStrategy"))).isEqualByComparingTo(brought);
      assertThat(sum(large.path("byReason"))).isEqualByComparingTo(brought);
      assertThat(amount(large.path("last").path("realised"))).isEqualByComparingTo(brought);
      assertThat(large.path("total").path("count").asInt()).isEqualTo(2);

      JsonNode broker = desk.broker().account("large");
      JsonNode funds = large.path("last").path("funds");
      for (Map.Entry<String, String> figure :
          Map.of(
                  "equity", "equity",
                  "cash", "cash",
                  "longValue", "long_market_value",
                  "buyingPower", "buying_power")
              .entrySet()) {
        assertThat(amount(funds.path(figure.getKey())))
            .as(figure.getKey())
            .isEqualByComparingTo(broker.path(figure.getValue()).asText());
      }
      BigDecimal unrealised = amount(large.path("last").path("unrealised"));
      assertThat(amount(large.path("equityChange")))
          .as("all that changed is the day's profit")
          .isEqualByComparingTo(brought.add(unrealised));
      assertThat(large.path("last").path("risk").path("unknown").asInt()).isZero();
      assertThat(amount(large.path("last").path("risk").path("amount"))).isPositive();

      JsonNode line =
          large
              .path("closed")
              .valueStream()
              .filter(it -> it.path("position").path("id").asText().equals(put.toString()))
              .findFirst()
              .orElseThrow();
      assertThat(line.path("best").path("price").asText()).as("the best mid").isEqualTo("5.6");
      assertThat(large.path("open")).hasSize(1);
      assertThat(large.path("open").get(0).path("stop").asText()).isNotEmpty();

      JsonNode tiny = reportWith(desk, "tiny", 1);
      assertThat(amount(tiny.path("realised")))
          .isEqualByComparingTo(broughtBy(desk, "tiny", List.of("F")));
      assertThat(tiny.toString()).doesNotContain("WMT", "KO", NOW_PUT, "large");

      Path page = desk.folder().resolve("report.html");
      CommandRun written = desk.pm("report", "--html", page.toString());
      assertThat(written.exitCode()).as(written.toString()).isZero();
      assertThat(Files.readString(page))
          .contains("account large", "account tiny", "data:image/png;base64,");
      CommandRun text = desk.pm("report");
      assertThat(text.out()).contains("account large", "Performance by strategy", "KO");
      CommandRun before = desk.pm("report", "--date", "2026-02-10");
      assertThat(before.exitCode()).isZero();
      assertThat(before.out()).contains("nothing happened, no snapshot was taken");
      assertThat(intake.started()).isEqualTo(4);
    }
  }
}
