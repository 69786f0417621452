package org.positionmanager.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;
import org.positionmanager.activities.alpaca.AlpacaConnection;
import org.positionmanager.activities.alpaca.AlpacaSettings;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.ledger.AccountRegistry;
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
   * Asks the broker, then registers it.
   *
   * @param meters that the connection is measured by
   * @throws RuntimeException where the ledger does not answer
   */
  Outcome check(MeterRegistry meters) {
    return ask(account, broker, meters, this::registered);
  }

  private Optional<String> registered() {
    try {
      AccountRegistration.register(ledger, account);
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * Asks the same and changes nothing.
   *
   * @throws RuntimeException where the ledger does not answer
   */
  static Outcome look(
      Configuration.Served account, Configuration.Broker broker, AccountRegistry registry) {
    return ask(
        account,
        broker,
        new SimpleMeterRegistry(),
        () -> registry.objection(AccountRegistration.of(account)));
  }

  /**
   * @param registry what is wrong there
   */
  private static Outcome ask(
      Configuration.Served account,
      Configuration.Broker broker,
      MeterRegistry meters,
      Supplier<Optional<String>> registry) {
    AlpacaSettings settings = BrokerSettings.of(account, broker);
    AlpacaConnection connection = AlpacaConnection.open(settings, meters);
    String number;
    try {
      number = connection.broker().account().number();
    } catch (BrokerException e) {
      String why =
          "the broker cannot be asked who the key belongs to (%s); check the key, which has to be one for %s money, and the connection"
              .formatted(e.getMessage(), account.live() ? "real" : "paper");
      return switch (e.kind()) {
        case UNAVAILABLE, RATE_LIMITED, UNREADABLE, INTERRUPTED -> new Outcome.NotYet(why);
        case UNAUTHORIZED, REFUSED -> new Outcome.Wrong(why);
      };
    }
    return BrokerSettings.wrongKey(account, number)
        .or(registry)
        .<Outcome>map(Outcome.Wrong::new)
        .orElseGet(() -> new Outcome.Opened(settings, connection));
  }
}
