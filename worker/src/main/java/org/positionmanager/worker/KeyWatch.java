package org.positionmanager.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.positionmanager.activities.alert.Alerts;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.activities.alpaca.AlpacaConnection;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.workflows.alert.AlertKind;

/**
 * Asks again whom an account's key belongs to, each time that its connection to the broker was
 * lost: who answers after that may be another broker than before. A key that opens another account
 * by now ends its service; one that is refused is told, and goes on being tried, since there is
 * nothing else that could close what is open.
 */
final class KeyWatch {
  /** Between two looks; asks nothing while the connection stands. */
  static final Duration EVERY = Duration.ofSeconds(2);

  private final Configuration.Served account;
  private final AlpacaConnection connection;
  private final Alerts alerts;
  private final Consumer<String> wrong;
  private long checkedAt;
  private boolean told = true;

  /**
   * @param connection whose key has just been checked
   * @param wrong hears what is wrong with a key that opens another account
   */
  KeyWatch(
      Configuration.Served account,
      AlpacaConnection connection,
      Alerts alerts,
      Consumer<String> wrong) {
    this.account = account;
    this.connection = connection;
    this.alerts = alerts;
    this.wrong = wrong;
    checkedAt = connection.breaks().count();
  }

  /**
   * Looks once; by one thread only.
   *
   * @throws RuntimeException where people cannot be told now; the next look tells them
   */
  void look() {
    long breaks = connection.breaks().count();
    if (breaks != checkedAt) {
      check(breaks);
    } else if (told) {
      // also one that was raised before this start, by a worker that has ended since
      alerts.resolve(Optional.of(account.name()), AlertKind.KEY_REFUSED.key());
      told = false;
    }
  }

  private void check(long breaks) {
    String number;
    try {
      number = connection.broker().account().number();
    } catch (BrokerException e) {
      if (e.kind() == BrokerException.Kind.UNAUTHORIZED) {
        tell(
            "the broker refuses its key, nothing that is open can be closed (%s); give it a key that is valid"
                .formatted(e.getMessage()));
      }
      return;
    }
    Optional<String> problem = BrokerSettings.wrongKey(account, number);
    if (problem.isEmpty()) {
      checkedAt = breaks;
      return;
    }
    try {
      tell(problem.get() + "; it is served no more");
    } finally {
      wrong.accept(problem.get());
    }
  }

  private void tell(String why) {
    told = true;
    alerts.raise(NewAlert.of(AlertKind.KEY_REFUSED, account.name(), why));
  }
}
