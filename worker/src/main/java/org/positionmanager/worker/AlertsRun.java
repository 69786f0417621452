package org.positionmanager.worker;

import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.positionmanager.activities.alert.AccountLimits;
import org.positionmanager.activities.alert.AlertRules;
import org.positionmanager.activities.alert.AlertSweep;
import org.positionmanager.activities.alert.Alerts;
import org.positionmanager.activities.alert.EquityProfit;
import org.positionmanager.activities.alert.KillSwitch;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.activities.alert.Rounds;
import org.positionmanager.activities.alert.delivery.AlertDelivery;
import org.positionmanager.activities.alert.delivery.Endpoint;
import org.positionmanager.activities.alert.delivery.EndpointSender;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.ledger.ExchangeDays;
import org.positionmanager.activities.ledger.KillSwitchDays;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.PostgresAlertInputs;
import org.positionmanager.activities.ledger.PostgresAlerts;
import org.positionmanager.activities.ledger.PostgresDeliveries;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.market.MarketMoment;

/**
 * Alerts in one process: looks for accounts that nobody watches, sweeps those that the process
 * serves, and delivers. Ledger connections and threads are its own, so that nothing else waits.
 */
public final class AlertsRun implements AutoCloseable {
  private static final int LEDGER_CONNECTIONS = 2;

  private final Configuration.Alerts configuration;
  private final LedgerDatabase ledger;
  private final EndpointSender sender;
  private final AlertSweep sweep;
  private final List<Rounds> rounds = new ArrayList<>();

  private AlertsRun(Configuration.Alerts configuration, LedgerDatabase ledger) {
    this.configuration = configuration;
    this.ledger = ledger;
    sender = new EndpointSender(EndpointSender.Patience.STANDARD, InstantSource.system());
    sweep =
        new AlertSweep(
            new PostgresAlertInputs(ledger, Optional.empty()), new PostgresAlerts(ledger));
  }

  /**
   * Begins to look for accounts that nobody watches, and to deliver.
   *
   * @param tell hears a line for each endpoint that cannot be delivered to from here
   */
  public static AlertsRun start(
      Configuration.Alerts configuration,
      LedgerDatabase.Address address,
      MeterRegistry meters,
      Consumer<String> tell) {
    configuration
        .unusable()
        .forEach(why -> tell.accept("alerts are not delivered to an endpoint: " + why));
    AlertsRun run =
        new AlertsRun(configuration, LedgerDatabase.forDesk(address, LEDGER_CONNECTIONS));
    run.watchOthers(new OpenAlertMeters(meters));
    configuration.endpoints().forEach(endpoint -> run.deliver(endpoint, meters));
    return run;
  }

  private void watchOthers(OpenAlertMeters meters) {
    AlertRules rules = new AlertRules(configuration.bounds(), AccountLimits.NONE);
    PostgresAlerts alerts = new PostgresAlerts(ledger);
    rounds.add(
        Rounds.start(
            "alerts: accounts without a worker",
            AlertSweep.EVERY,
            () -> {
              sweep.liveness(rules);
              meters.show(alerts.open());
            }));
  }

  private void deliver(Endpoint endpoint, MeterRegistry meters) {
    AlertDelivery delivery =
        new AlertDelivery(
            endpoint,
            configuration.repeatEvery(),
            new AlertDelivery.Parts(
                new PostgresDeliveries(ledger),
                sender,
                Duration.ofMinutes(1),
                InstantSource.system(),
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble(),
                meters));
    rounds.add(
        Rounds.start(
            "alerts: endpoint " + endpoint.name(), AlertDelivery.EVERY, delivery::deliver));
  }

  /**
   * Sweeps an account that this process serves; the caller closes it.
   *
   * @param watched whether a watch judges its quotes; else its positions are left to their reviews
   * @param syncEvery the interval at which it is compared with the broker
   */
  Rounds sweepOf(
      AccountName account,
      AccountLimits limits,
      ExchangeCalendar calendar,
      boolean watched,
      Duration syncEvery) {
    AlertSweep own =
        new AlertSweep(
            new PostgresAlertInputs(ledger, Optional.of(syncEvery)), new PostgresAlerts(ledger));
    AlertRules rules = new AlertRules(configuration.bounds(), limits);
    ExchangeDays days = new ExchangeDays(ledger);
    Supplier<Optional<MarketMoment>> market =
        () -> {
          Optional<MarketMoment> now = moment(calendar);
          // for the intake, which has no exchange's clock
          now.ifPresent(it -> days.tell(account, it));
          return now;
        };
    String holder = ManagementFactory.getRuntimeMXBean().getName();
    return Rounds.start(
        "alerts: account " + account,
        AlertSweep.EVERY,
        () -> {
          if (watched) {
            own.account(account, rules, market);
          } else {
            own.unwatched(account, rules, market, holder);
          }
        });
  }

  /**
   * Looks after an account's kill switch; the caller closes it.
   *
   * @param bound loss of a day that trips it
   * @param broker asked where the equity counts
   */
  Rounds killSwitchOf(
      AccountName account,
      Configuration.KillAt bound,
      Broker broker,
      ExchangeCalendar calendar,
      KillSwitch.Flattening flattening) {
    boolean isByEquity = bound.counting() == KillSwitch.Counting.EQUITY;
    KillSwitch.Profit profit =
        isByEquity
            ? new EquityProfit(broker, calendar)
            : KillSwitch.realised(account, new PostgresAlertInputs(ledger, Optional.empty()));
    KillSwitch killSwitch =
        new KillSwitch(
            account,
            bound.dailyLoss(),
            profit,
            new PostgresAlerts(ledger),
            new KillSwitchDays(ledger),
            flattening);
    return Rounds.start(
        "kill switch: account " + account,
        isByEquity ? KillSwitch.EVERY_BY_EQUITY : KillSwitch.EVERY,
        () -> killSwitch.look(moment(calendar)));
  }

  /** For those that are found, and end, elsewhere. */
  Alerts others() {
    return new PostgresAlerts(ledger);
  }

  /** Raises one that was found elsewhere. */
  void raise(NewAlert alert) {
    new PostgresAlerts(ledger).raise(alert);
  }

  private static Optional<MarketMoment> moment(ExchangeCalendar calendar) {
    try {
      return Optional.of(calendar.moment());
    } catch (BrokerException e) {
      return Optional.empty();
    }
  }

  /** Ends all but the accounts' sweeps, which have to be closed first. */
  @Override
  public void close() {
    rounds.forEach(Rounds::close);
    sender.close();
    ledger.close();
  }
}
