package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;

/** What the page for Prometheus shows of a watch that runs, against what the README says. */
@Timeout(180)
class WatchMetricsTest {
  private static final String NOW_PUT = "NOW260220P00110000";
  private static final Path README = Path.of("../worker/README.md");
  private static final Pattern LISTED =
      Pattern.compile("(?m)^\\| `((?:watch|broker|account)_\\w+)` \\|");
  private static final Pattern SHOWN =
      Pattern.compile("(?m)^# TYPE ((?:watch|broker|account)_\\w+) ");

  @Test
  @DisplayName("each metric of the README is shown, and no other one of watch, broker or account")
  void eachMetricOfTheReadmeIsShown() throws Exception {
    try (Desk desk = aDesk().withAccounts("large").withPrice(NOW_PUT, "4.80").start();
        Intake intake = desk.intake()) {
      URI page = page(desk);
      PositionId id = desk.opens("large", NOW_PUT, 10);
      desk.awaitPhase(id, Phase.PROTECTED);
      desk.await("the watch to hold it", () -> value(page, "watch_armed"), is(1));
      assertThat(value(page, "watch_holder")).contains(1.0);
      assertThat(value(page, "watch_takeovers_total")).contains(1.0);
      assertThat(value(page, "watch_heartbeat_age_seconds").orElseThrow()).isBetween(0.0, 60.0);
      desk.broker().priceIs(NOW_PUT, "5.60");
      desk.broker().priceIs(NOW_PUT, "5.30");
      desk.awaitPhase(id, Phase.CLOSED);
      desk.await(
          "the fill to be measured",
          () -> value(page, "watch_accepted_to_filled_seconds_count"),
          is(1));
      assertThat(value(page, "watch_breach_to_sent_seconds_count")).contains(1.0);
      assertThat(value(page, "watch_quote_arrived_to_judged_seconds_count").orElseThrow())
          .isPositive();

      assertThat(names(SHOWN, scrape(page)).stream().filter(it -> !it.endsWith("_max")))
          .containsExactlyInAnyOrderElementsOf(names(LISTED, Files.readString(README)));
      assertThat(intake.started()).isOne();
    }
  }

  private static Predicate<Optional<Double>> is(double wanted) {
    return value -> value.equals(Optional.of(wanted));
  }

  private static List<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).distinct().toList();
  }

  private static URI page(Desk desk) {
    return desk.workerPages().resolve("/metrics");
  }

  private static String scrape(URI page) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Of the account, whatever its other tags. */
  private static Optional<Double> value(URI page, String name) throws Exception {
    Matcher line =
        Pattern.compile("(?m)^" + name + "\\{account=\"large\"} (\\S+)$").matcher(scrape(page));
    return line.find() ? Optional.of(Double.valueOf(line.group(1))) : Optional.empty();
  }
}
