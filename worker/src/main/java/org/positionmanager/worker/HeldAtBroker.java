package org.positionmanager.worker;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.positionmanager.activities.alpaca.AlpacaConnection;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.Fill;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;

/** What an account holds, asked of the broker with the account's own key. */
public sealed interface HeldAtBroker {
  /** How far back fills are read. */
  Duration REACH = Duration.ofDays(90);

  /**
   * The broker said so, and the key opens the account that it is registered for.
   *
   * @param asOf exchange time right before the holdings were read
   * @param holdings every stock and contract; empty where it said that there is none
   * @param openOrders every order that may still fill
   * @param fills of the last {@link #REACH}, oldest first
   */
  record Told(Instant asOf, List<Holding> holdings, List<OrderView> openOrders, List<Fill> fills)
      implements HeldAtBroker {
    public Told {
      holdings = List.copyOf(holdings);
      openOrders = List.copyOf(openOrders);
      fills = List.copyOf(fills);
    }

    /** What was filled before is not told. */
    public Instant fillsSince() {
      return asOf.minus(REACH);
    }

    /** Instruments of open orders that may open something. */
    public Set<Instrument> beingBought() {
      return openOrders.stream()
          .filter(order -> opens(order, holdings))
          .map(OrderView::instrument)
          .collect(Collectors.toSet());
    }

    /** Whether both say the same of what is held, whatever it costs. */
    public boolean holdsTheSameAs(Told other) {
      return quantities().equals(other.quantities());
    }

    private Map<String, String> quantities() {
      return holdings.stream()
          .collect(
              Collectors.toMap(
                  it -> it.instrument().symbol(), it -> it.direction() + " " + it.quantity()));
    }
  }

  /** It could not be read: nothing is known of it. */
  record Unread(String why) implements HeldAtBroker {}

  /** Asks for all accounts of a configuration, one after the other. */
  static Map<AccountName, HeldAtBroker> ask(Configuration configuration) {
    Map<AccountName, HeldAtBroker> held = new LinkedHashMap<>();
    for (Configuration.Account account : configuration.accounts()) {
      held.put(
          account.name(),
          switch (account) {
            case Configuration.Served served -> ask(served, configuration.broker());
            case Configuration.Unserved unserved ->
                new Unread(String.join("; ", unserved.reasons()));
          });
    }
    return held;
  }

  private static HeldAtBroker ask(Configuration.Served account, Configuration.Broker where) {
    AlpacaConnection connection =
        AlpacaConnection.open(BrokerSettings.of(account, where), new SimpleMeterRegistry());
    Broker broker = connection.broker();
    try {
      Optional<String> wrong = BrokerSettings.wrongKey(account, broker.account().number());
      if (wrong.isPresent()) {
        return new Unread(wrong.get());
      }
      Instant asOf = connection.clock().now();
      return new Told(
          asOf, broker.holdings(), broker.openOrders(), broker.fillsAfter(asOf.minus(REACH)));
    } catch (BrokerException e) {
      return new Unread("the broker could not be read: " + e.getMessage());
    }
  }

  /** An order of the side that makes a holding larger, or of an instrument that is not held. */
  private static boolean opens(OrderView order, List<Holding> holdings) {
    return holdings.stream()
        .filter(holding -> holding.instrument().equals(order.instrument()))
        .map(Holding::direction)
        .findFirst()
        .map(Direction::openingSide)
        .map(side -> side == order.side())
        .orElse(true);
  }
}
