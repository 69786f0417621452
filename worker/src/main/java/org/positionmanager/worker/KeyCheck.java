package org.positionmanager.worker;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.positionmanager.activities.alpaca.AlpacaConnection;
import org.positionmanager.activities.alpaca.AlpacaSettings;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.worker.config.Configuration;

/**
 * Whether an account's key opens the broker account that it is configured for, and whether the
 * registry has it so too. Only then is it registered.
 */
record KeyCheck(
    Configuration.Served account, Configuration.Broker broker, LedgerDatabase.Address ledger) {
  /** What came out. */
  sealed interface Outcome {
    /** The account's own connection. */
    record Opened(AlpacaSettings settings, AlpacaConnection connection) implements Outcome {}

    /** The broker does not answer. */
    record NotYet(String why) implements Outcome {}

    /** A person has to mend something. */
    record Wrong(String why) implements Outcome {}
  }

  /**
   * Asks the broker, then the registry.
   *
   * @param meters that the connection is measured by
   * @throws RuntimeException where the ledger does not answer
   */
  Outcome check(MeterRegistry meters) {
    AlpacaSettings settings = BrokerSettings.of(account, broker);
    AlpacaConnection connection = AlpacaConnection.open(settings, meters);
    String number;
    try {
      number = connection.broker().account().number();
    } catch (BrokerException e) {
      String why =
          "the broker cannot be asked who the key belongs to (%s); check the key and the connection"
              .formatted(e.getMessage());
      return switch (e.kind()) {
        case UNAVAILABLE, RATE_LIMITED, UNREADABLE, INTERRUPTED -> new Outcome.NotYet(why);
        case UNAUTHORIZED, REFUSED -> new Outcome.Wrong(why);
      };
    }
    Optional<String> wrong = BrokerSettings.wrongKey(account, number);
    if (wrong.isPresent()) {
      return new Outcome.Wrong(wrong.get());
    }
    try {
      AccountRegistration.register(ledger, account);
    } catch (IllegalStateException e) {
      return new Outcome.Wrong(e.getMessage());
    }
    return new Outcome.Opened(settings, connection);
  }
}
