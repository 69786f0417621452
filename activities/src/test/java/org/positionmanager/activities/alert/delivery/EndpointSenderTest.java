package org.positionmanager.activities.alert.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.workflows.activity.LedgerActivities.Alert.Severity;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;

/** Messages over real HTTP: what they look like, and what is tried again at once. */
@Timeout(30)
class EndpointSenderTest {
  private static final Instant NOW = Instant.parse("2026-02-11T15:00:00Z");

  private HttpEndpoint server;
  private EndpointSender sender;

  @BeforeEach
  void start() throws Exception {
    server = new HttpEndpoint();
    sender =
        new EndpointSender(
            new EndpointSender.Patience(
                Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofMillis(10)),
            InstantSource.fixed(NOW));
  }

  @AfterEach
  void stop() {
    sender.close();
    server.close();
  }

  private Endpoint endpoint(Endpoint.Format format, Optional<String> secret) {
    return new Endpoint(
        "ops",
        format,
        new SecretText(server.url()),
        secret.map(SecretText::new),
        Set.of(),
        Severity.INFO,
        Set.of(),
        10);
  }

  private static Due due(long id, String message) {
    return new Due(
        new AlertRecord(
            id,
            AlertKind.STUCK_EXIT,
            Severity.CRITICAL,
            Optional.of(new AccountName("large")),
            Optional.of(PositionId.parse("large/WMT/00000000-0000-0000-0000-000000000001")),
            "stuck-exit/large/WMT/00000000-0000-0000-0000-000000000001",
            message,
            NOW,
            NOW,
            3,
            Optional.empty(),
            Optional.empty()),
        1,
        0);
  }

  private Outcome send(Endpoint endpoint, List<Due> alerts) {
    return sender.send(endpoint, AlertMessage.of(endpoint, alerts, NOW));
  }

  private Outcome send() {
    return send(endpoint(Endpoint.Format.WEBHOOK, Optional.empty()), List.of(due(17, "stuck")));
  }

  private JsonNode body(int index) throws Exception {
    return new ObjectMapper().readTree(server.received().get(index).body());
  }

  @Test
  void aWebhookHasAllThatIsKnownAndAnIdToRecogniseARepetitionBy() throws Exception {
    assertThat(send()).isEqualTo(new Outcome.Accepted());
    JsonNode body = body(0);
    assertThat(body.path("delivery").asText()).isEqualTo("ops/17/1");
    assertThat(server.received().getFirst().header("X-pm-delivery")).isEqualTo("ops/17/1");
    assertThat(body.path("sentAt").asText()).isEqualTo("2026-02-11T15:00:00Z");
    JsonNode alert = body.path("alerts").get(0);
    assertThat(alert.path("delivery").asText()).isEqualTo("ops/17/1");
    assertThat(alert.path("kind").asText()).isEqualTo("STUCK_EXIT");
    assertThat(alert.path("account").asText()).isEqualTo("large");
    assertThat(alert.path("position").asText()).startsWith("large/WMT/");
    assertThat(alert.path("seen").asInt()).isEqualTo(3);
    assertThat(alert.path("firstSeen").asText()).isEqualTo("2026-02-11T15:00:00Z");
    assertThat(server.received().getFirst().header("X-pm-signature")).isEmpty();
  }

  @Test
  void aSecretSignsTheBodyAsItWasSent() throws Exception {
    send(endpoint(Endpoint.Format.WEBHOOK, Optional.of("shared")), List.of(due(17, "ünïcode")));
    HttpEndpoint.Received got = server.received().getFirst();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("shared".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    assertThat(got.header("X-pm-signature"))
        .isEqualTo(
            "sha256="
                + HexFormat.of()
                    .formatHex(mac.doFinal(got.body().getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void slackReadsOneTextWithItsMarkupEscaped() throws Exception {
    send(endpoint(Endpoint.Format.SLACK, Optional.empty()), List.of(due(17, "1 < 2 & <!channel>")));
    assertThat(body(0).size()).isOne();
    assertThat(body(0).path("text").asText())
        .isEqualTo("CRITICAL large STUCK_EXIT WMT: 1 &lt; 2 &amp; &lt;!channel&gt; (alert 17)");
  }

  @Test
  void aSummaryNamesTheFirstTwentyAndCountsTheRest() throws Exception {
    List<Due> many = IntStream.rangeClosed(1, 23).mapToObj(i -> due(i, "no " + i)).toList();
    send(endpoint(Endpoint.Format.WEBHOOK, Optional.empty()), many);
    assertThat(body(0).path("delivery").asText()).isEqualTo("ops/1/1+22");
    assertThat(body(0).path("alerts")).hasSize(23);
    assertThat(body(0).path("text").asText())
        .startsWith("23 alerts:\n")
        .contains("no 20 ")
        .doesNotContain("no 21 ")
        .endsWith("and 3 more: pm alerts");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 408})
  void whatMayPassIsTriedAgainUnderTheSameId(int status) {
    server.answers(status).answers(status);
    assertThat(send()).isEqualTo(new Outcome.Accepted());
    assertThat(server.received())
        .extracting(it -> it.header("X-pm-delivery"))
        .containsExactly("ops/17/1", "ops/17/1", "ops/17/1");
  }

  @Test
  void afterThreeFailuresItIsLeftForLater() {
    server.answers(500).answers(502).answers(500);
    assertThat(send()).isEqualTo(new Outcome.NotAccepted("it answered 500", Optional.empty()));
    assertThat(server.received()).hasSize(3);
  }

  @Test
  void aServerThatDoesNotAnswerIsTriedAgain() {
    server.neverAnswers();
    assertThat(send()).isEqualTo(new Outcome.Accepted());
    assertThat(server.received()).hasSize(2);
  }

  @Test
  void silenceAndAbsenceAreToldWithoutTheAddress() {
    server.neverAnswers().neverAnswers().neverAnswers();
    assertThat(send())
        .isEqualTo(new Outcome.NotAccepted("it did not answer in time", Optional.empty()));
    Endpoint gone = endpoint(Endpoint.Format.WEBHOOK, Optional.empty());
    server.close();
    assertThat(send(gone, List.of(due(1, "m"))))
        .isInstanceOfSatisfying(
            Outcome.NotAccepted.class,
            it ->
                assertThat(it.why())
                    .startsWith("it cannot be reached")
                    .doesNotContain("127.0.0.1", "hook"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 302})
  void aRefusalIsNotRepeatedAtOnce(int status) {
    server.answers(status);
    assertThat(send())
        .isEqualTo(new Outcome.NotAccepted("it answered " + status, Optional.empty()));
    assertThat(server.received()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "7, PT7S",
    "0, PT0S",
    "86400, PT1H",
    "'Wed, 11 Feb 2026 15:02:00 GMT', PT2M",
    "'Wed, 11 Feb 2026 14:00:00 GMT', PT0S"
  })
  void anEndpointThatAsksToBeLeftAloneIs(String retryAfter, Duration wait) {
    server.answersRetryAfter(429, retryAfter);
    assertThat(send()).isEqualTo(new Outcome.NotAccepted("it answered 429", Optional.of(wait)));
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void anUnreadableWishToBeLeftAloneIsNone() {
    server.answersRetryAfter(429, "soon");
    assertThat(send()).isEqualTo(new Outcome.NotAccepted("it answered 429", Optional.empty()));
  }

  @Test
  void aTestMessageSaysThatItIsOne() throws Exception {
    assertThat(sender.test(endpoint(Endpoint.Format.WEBHOOK, Optional.empty())))
        .isEqualTo(new Outcome.Accepted());
    assertThat(body(0).path("text").asText()).contains("a test of endpoint ops");
    assertThat(body(0).path("alerts")).isEmpty();
  }
}
