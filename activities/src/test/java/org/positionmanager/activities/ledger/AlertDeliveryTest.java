package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.activities.alert.delivery.AlertDelivery;
import org.positionmanager.activities.alert.delivery.Due;
import org.positionmanager.activities.alert.delivery.Endpoint;
import org.positionmanager.activities.alert.delivery.EndpointSender;
import org.positionmanager.activities.alert.delivery.HttpEndpoint;
import org.positionmanager.activities.alert.delivery.SecretText;
import org.positionmanager.workflows.activity.LedgerActivities.Alert.Severity;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;

/** Deliveries out of a real ledger to a real server. */
class AlertDeliveryTest extends LedgerOnPostgres {
  private static final Duration HOUR = Duration.ofHours(1);

  private final AtomicLong nanos = new AtomicLong();
  private SimpleMeterRegistry meters;
  private HttpEndpoint server;
  private EndpointSender sender;
  private PostgresAlerts alerts;
  private PostgresDeliveries deliveries;

  @BeforeEach
  void ready() throws Exception {
    migrated();
    meters = new SimpleMeterRegistry();
    alerts = new PostgresAlerts(desk);
    deliveries = new PostgresDeliveries(desk);
    server = new HttpEndpoint();
    sender =
        new EndpointSender(
            new EndpointSender.Patience(
                Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(10)),
            InstantSource.system());
  }

  @AfterEach
  void stop() {
    sender.close();
    server.close();
  }

  private Endpoint endpoint(int perMinute) {
    return endpoint(Set.of(), Severity.INFO, Set.of(), perMinute);
  }

  private Endpoint endpoint(
      Set<AlertKind> kinds, Severity least, Set<AccountName> accounts, int perMinute) {
    return new Endpoint(
        "ops",
        Endpoint.Format.WEBHOOK,
        new SecretText(server.url()),
        Optional.empty(),
        kinds,
        least,
        accounts,
        perMinute);
  }

  /** As a process that starts now would have it. */
  private AlertDelivery delivery(int perMinute, Duration minute) {
    return new AlertDelivery(
        endpoint(perMinute),
        HOUR,
        new AlertDelivery.Parts(
            deliveries, sender, minute, InstantSource.system(), nanos::get, () -> 0.5, meters));
  }

  private AlertDelivery delivery() {
    return delivery(10, HOUR);
  }

  private void raise(String about) {
    raise(about, Severity.WARNING);
  }

  private void raise(String about, Severity severity) {
    alerts.raise(
        new NewAlert(
            AlertKind.MISMATCH,
            severity,
            Optional.of(LARGE),
            Optional.empty(),
            AlertKind.MISMATCH.key(about),
            about));
  }

  private List<String> sent() {
    return server.received().stream().map(it -> it.header("X-pm-delivery")).toList();
  }

  private double count(String name) {
    return meters.get(name).tag("endpoint", "ops").counter().count();
  }

  @Test
  void anAlertIsDeliveredOnceHoweverOftenItIsFound() {
    AlertDelivery delivery = delivery();
    raise("WMT");
    delivery.deliver();
    raise("WMT");
    delivery.deliver();
    delivery().deliver();
    assertThat(sent()).containsExactly("ops/1/1");
    assertThat(count("alerts.delivered")).isEqualTo(1);
  }

  @Test
  void whatNobodyAcknowledgedIsDeliveredAgainInTheEndAndWhatSomebodyDidIsNot() {
    raise("WMT");
    raise("DE");
    delivery().deliver();
    alerts.acknowledge("mismatch/DE", Optional.empty(), "ann", Optional.empty());
    execute("update alert_deliveries set delivered_at = now() - interval '61 minutes'");
    delivery().deliver();
    assertThat(sent()).containsExactly("ops/1/1", "ops/2/1", "ops/1/2");
  }

  @Test
  void anAlertThatIsMoreUrgentNowIsDeliveredAgainAlsoAfterAnAcknowledgement() {
    raise("WMT");
    delivery().deliver();
    alerts.acknowledge("mismatch/WMT", Optional.empty(), "ann", Optional.empty());
    raise("WMT", Severity.CRITICAL);
    delivery().deliver();
    raise("WMT", Severity.WARNING);
    delivery().deliver();
    assertThat(sent()).containsExactly("ops/1/1", "ops/1/2");
  }

  @Test
  void whatHasEndedOrWasAcknowledgedBeforeIsNotDelivered() {
    raise("WMT");
    raise("DE");
    alerts.resolve(Optional.of(LARGE), "mismatch/WMT");
    alerts.acknowledge("mismatch/DE", Optional.empty(), "ann", Optional.empty());
    delivery().deliver();
    assertThat(sent()).isEmpty();
  }

  @Test
  void theLastMessageOfAMinuteSumsUpTheRestTheMostUrgentFirst() {
    IntStream.rangeClosed(1, 6).forEach(i -> raise("S" + i));
    raise("URGENT", Severity.CRITICAL);
    AlertDelivery delivery = delivery(3, HOUR);
    delivery.deliver();
    assertThat(sent()).containsExactly("ops/7/1", "ops/1/1", "ops/2/1+4");
    assertThat(count("alerts.delivered")).isEqualTo(7);
    raise("LATE");
    delivery.deliver();
    assertThat(sent()).as("the minute is used up").hasSize(3);
    delivery(3, HOUR).deliver();
    assertThat(sent()).as("put back, not lost").hasSize(4).last().isEqualTo("ops/8/1");
  }

  @Test
  void anEndpointOfOneMessageAMinuteGetsSummaries() {
    raise("A");
    raise("B");
    delivery(1, HOUR).deliver();
    assertThat(sent()).containsExactly("ops/1/1+1");
  }

  @Test
  void aFailureIsTriedAgainWhenItsTimeHasComeByWhicheverProcessLives() {
    server.answers(500).answers(500).answers(500);
    raise("WMT");
    AlertDelivery delivery = delivery();
    delivery.deliver();
    assertThat(count("alerts.delivery.failures")).isEqualTo(1);
    assertThat(value("select last_error || ' ' || attempts from alert_deliveries"))
        .contains("it answered 500 1");
    assertThat(
            value(
                "select round(extract(epoch from next_try - now())) between 7 and 10"
                    + " from alert_deliveries"))
        .contains("t");
    delivery.deliver();
    delivery().deliver();
    assertThat(sent()).as("its time has not come").hasSize(3);
    execute("update alert_deliveries set next_try = now()");
    delivery.deliver();
    assertThat(sent()).as("the endpoint is left alone by who saw it fail").hasSize(3);
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    delivery.deliver();
    assertThat(sent()).hasSize(4).containsOnly("ops/1/1");
    assertThat(value("select attempts from alert_deliveries where last_error is null"))
        .contains("0");
  }

  @Test
  void eachFailureDoublesTheWait() {
    raise("WMT");
    for (int i = 0; i < 3; i++) {
      server.answers(404);
      nanos.addAndGet(HOUR.toNanos());
      execute("update alert_deliveries set next_try = now()");
      delivery().deliver();
    }
    assertThat(
            value(
                "select round(extract(epoch from next_try - now())) between 37 and 40"
                    + " from alert_deliveries"))
        .contains("t");
  }

  @Test
  void whatAnEndpointAsksForIsGranted() {
    server.answersRetryAfter(429, "90");
    raise("WMT");
    raise("DE");
    delivery().deliver();
    assertThat(sent()).as("the second is not even tried").hasSize(1);
    assertThat(
            value(
                "select round(extract(epoch from next_try - now())) between 86 and 90"
                    + " from alert_deliveries"))
        .contains("t");
  }

  @Test
  void whatAProcessHadInHandWhenItDiedIsDeliveredUnderTheSameIdByAnother() {
    raise("WMT");
    Endpoint endpoint = endpoint(10);
    Due lost = deliveries.take(endpoint, HOUR, Duration.ofMinutes(1), 1).getFirst();
    delivery().deliver();
    assertThat(sent()).as("in hand").isEmpty();
    execute("update alert_deliveries set taken_until = now()");
    delivery().deliver();
    assertThat(sent()).containsExactly(lost.id("ops"));
  }

  @Test
  void oneAlertIsTakenByOneOfManyProcesses() throws Exception {
    IntStream.range(0, 20).forEach(i -> raise("S" + i));
    Endpoint endpoint = endpoint(10);
    try (ExecutorService processes = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<List<Due>> take = () -> deliveries.take(endpoint, HOUR, Duration.ofMinutes(1), 20);
      List<Long> taken =
          processes.invokeAll(List.of(take, take, take, take)).stream()
              .flatMap(it -> it.resultNow().stream())
              .map(it -> it.alert().id())
              .toList();
      assertThat(taken).hasSize(20).doesNotHaveDuplicates();
    }
  }

  @Test
  void anEndpointGetsWhatItIsForOnly() {
    alerts.raise(NewAlert.of(AlertKind.DAILY_LOSS, LARGE, "m"));
    alerts.raise(NewAlert.of(AlertKind.DAILY_LOSS, TINY, "m"));
    alerts.raise(NewAlert.of(AlertKind.LOSING_STREAK, LARGE, "m"));
    alerts.raise(
        new NewAlert(
            AlertKind.FAILED_ROWS,
            Severity.WARNING,
            Optional.empty(),
            Optional.empty(),
            "intake/x",
            "m"));
    assertThat(taken(Set.of(AlertKind.DAILY_LOSS), Severity.INFO, Set.of())).hasSize(2);
    assertThat(taken(Set.of(), Severity.INFO, Set.of(TINY))).hasSize(1);
    assertThat(taken(Set.of(), Severity.CRITICAL, Set.of())).hasSize(2);
    assertThat(taken(Set.of(), Severity.INFO, Set.of())).hasSize(4);
  }

  private List<Due> taken(Set<AlertKind> kinds, Severity least, Set<AccountName> accounts) {
    Endpoint endpoint = endpoint(kinds, least, accounts, 10);
    List<Due> taken = deliveries.take(endpoint, HOUR, Duration.ofMinutes(1), 10);
    deliveries.putBack(endpoint, taken);
    return taken;
  }
}
