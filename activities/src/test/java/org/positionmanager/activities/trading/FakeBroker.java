package org.positionmanager.activities.trading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.positionmanager.activities.broker.AccountActivity;
import org.positionmanager.activities.broker.AccountFunds;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.BrokerAccount;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.CancelResult;
import org.positionmanager.activities.broker.Fill;
import org.positionmanager.activities.broker.HoldingValue;
import org.positionmanager.activities.broker.MarketData;
import org.positionmanager.activities.broker.QuoteRead;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Trade;

/** A broker that holds what a test puts into it. */
public final class FakeBroker implements Broker, MarketData {
  public final List<Holding> holdings = new ArrayList<>();
  public final List<OrderView> orders = new ArrayList<>();
  public final List<Fill> fills = new ArrayList<>();
  public final List<AccountActivity> activities = new ArrayList<>();

  public final List<HoldingValue> values = new ArrayList<>();

  /** Empty while they cannot be read. */
  public Optional<AccountFunds> funds = Optional.empty();

  /** How often they were asked for. */
  public int fundsAsked;

  /** Called before each answer. */
  public Runnable whenFundsAreAsked = () -> {};

  /** Of which instruments orders were asked for; empty for a question about all of them. */
  public final List<Optional<Instrument>> ordersAskedOf = new ArrayList<>();

  @Override
  public AccountName name() {
    return new AccountName("tiny");
  }

  /** Nothing is scarce here. */
  @Override
  public FakeBroker forExits() {
    return this;
  }

  @Override
  public BrokerAccount account() {
    throw new UnsupportedOperationException();
  }

  @Override
  public AccountFunds funds() {
    fundsAsked++;
    whenFundsAreAsked.run();
    return funds.orElseThrow(
        () -> new BrokerException(BrokerException.Kind.UNAVAILABLE, "account: not now"));
  }

  @Override
  public List<HoldingValue> values() {
    return List.copyOf(values);
  }

  @Override
  public List<Holding> holdings() {
    return List.copyOf(holdings);
  }

  @Override
  public List<OrderView> openOrders() {
    return orders.stream().filter(order -> !order.isTerminal()).toList();
  }

  @Override
  public List<OrderView> ordersSubmittedAfter(Instant after, Optional<Instrument> only) {
    ordersAskedOf.add(only);
    return orders.stream()
        .filter(order -> order.submittedAt().isAfter(after))
        .filter(order -> only.isEmpty() || order.instrument().equals(only.get()))
        .toList();
  }

  @Override
  public Optional<OrderView> orderByClientId(ClientOrderId id) {
    return orders.stream().filter(o -> o.clientOrderId().equals(id.toString())).findFirst();
  }

  @Override
  public Optional<OrderView> order(BrokerOrderId id) {
    return orders.stream().filter(order -> order.id().equals(id)).findFirst();
  }

  @Override
  public Optional<SubmitOutcome> submit(ExitOrder order, BooleanSupplier stillWanted) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CancelResult cancel(BrokerOrderId id) {
    return new CancelResult.Requested();
  }

  @Override
  public List<Fill> fillsAfter(Instant after) {
    return List.copyOf(fills);
  }

  @Override
  public List<AccountActivity> activitiesAfter(Set<String> types, Instant after) {
    return activities.stream().filter(activity -> types.contains(activity.type())).toList();
  }

  @Override
  public QuoteRead read(Set<Instrument> instruments) {
    return new QuoteRead(Map.of(), Map.of());
  }

  @Override
  public Map<Instrument, Trade> trades(Set<Instrument> instruments) {
    return Map.of();
  }

  @Override
  public int requestsFor(Set<Instrument> instruments) {
    return 0;
  }
}
