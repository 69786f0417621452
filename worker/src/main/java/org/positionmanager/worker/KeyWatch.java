package org.positionmanager.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.positionmanager.activities.alert.Alerts;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.workflows.alert.AlertKind;

/**
 * Asks again whom an account's key belongs to, each time that its connection to the broker was
 * lost: who answers after that may be another broker than before. A key that opens another account
 * by now, by two answers that follow each other, ends its service; one that is refused is told, and
 * goes on being tried, since there is nothing else that could close what is open.
 */
final class KeyWatch {
  /** Between two looks; asks nothing while the connection stands. */
  static final Duration EVERY = Duration.ofSeconds(2);

  private final Configuration.Served account;
  private final LongSupplier breaks;
  private final Supplier<String> number;
  private final Alerts alerts;
  private final Consumer<String> wrong;
  private long checkedAt;
  private boolean told = true;

  /** What the last answer said, where it was another number than the account's. */
  private Optional<String> suspected = Optional.empty();

  /**
   * @param breaks counts how often the connection was lost
   * @param number asks the broker whom the key belongs to; it has just been checked
   * @param wrong hears what is wrong with a key that opens another account; it is to tell people
   */
  KeyWatch(
      Configuration.Served account,
      LongSupplier breaks,
      Supplier<String> number,
      Alerts alerts,
      Consumer<String> wrong) {
    this.account = account;
    this.breaks = breaks;
    this.number = number;
    this.alerts = alerts;
    this.wrong = wrong;
    checkedAt = breaks.getAsLong();
  }

  /**
   * Looks once; by one thread only.
   *
   * @throws RuntimeException where people cannot be told now; the next look tells them
   */
  void look() {
    long now = breaks.getAsLong();
    if (now != checkedAt) {
      check(now);
    } else if (told) {
      // also one that was raised before this start, by a worker that has ended since
      alerts.resolve(Optional.of(account.name()), AlertKind.KEY_REFUSED.key());
      told = false;
    }
  }

  private void check(long now) {
    String answered;
    try {
      answered = number.get();
    } catch (BrokerException e) {
      if (e.kind() == BrokerException.Kind.UNAUTHORIZED) {
        tell(
            "the broker refuses its key, nothing that is open can be closed (%s); give it a key that is valid"
                .formatted(e.getMessage()));
      }
      return;
    }
    Optional<String> problem = BrokerSettings.wrongKey(account, answered);
    if (problem.isEmpty()) {
      checkedAt = now;
      suspected = Optional.empty();
    } else if (suspected.equals(Optional.of(answered))) {
      wrong.accept(problem.get());
    } else {
      // a proxy may answer once for another broker: one answer leaves nothing unprotected
      suspected = Optional.of(answered);
    }
  }

  private void tell(String why) {
    told = true;
    alerts.raise(NewAlert.of(AlertKind.KEY_REFUSED, account.name(), why));
  }
}
