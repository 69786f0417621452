package org.positionmanager.activities.trading;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.activities.broker.AccountFunds;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.MarketData;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Side;

/**
 * The shared reads of one account: quotes, trades, holdings, open orders, equity. Exits share
 * theirs among themselves: a read that an exit joined would wait for as long as the ordinary caller
 * who began it.
 */
public final class AccountReads {
  private final Broker broker;
  private final MarketData marketData;
  private final Coalescer<Instrument, Map<Instrument, Quote>> quotes;
  private final Coalescer<Instrument, Map<Instrument, Trade>> trades;
  private final Coalescer<String, AccountFunds> funds;
  private final Coalescer<String, List<Holding>> holdings;
  private final Coalescer<String, List<OrderView>> openOrders;

  public AccountReads(Broker broker, MarketData marketData) {
    this.broker = broker;
    this.marketData = marketData;
    this.quotes = new Coalescer<>(marketData::quotes);
    this.trades = new Coalescer<>(marketData::trades);
    this.funds = new Coalescer<>(all -> broker.funds());
    this.holdings = new Coalescer<>(all -> broker.holdings());
    this.openOrders = new Coalescer<>(all -> broker.openOrders());
  }

  /** Whose account it is. */
  AccountName account() {
    return broker.name();
  }

  /** Reads of the same account that go before ordinary ones and wait for none of them. */
  AccountReads forExits() {
    return new AccountReads(broker.forExits(), marketData.forExits());
  }

  public Optional<Quote> quote(Instrument instrument) {
    return Optional.ofNullable(quotes.get(instrument).get(instrument));
  }

  public Optional<Trade> lastTrade(Instrument instrument) {
    return Optional.ofNullable(trades.get(instrument).get(instrument));
  }

  /** The account's equity, US dollars. */
  public Money equity() {
    return funds.get("").equity();
  }

  /** What is held in this direction; a holding the other way is none of the position's. */
  public Optional<Holding> holding(Instrument instrument, Direction direction) {
    return holdings.get("").stream()
        .filter(one -> one.instrument().equals(instrument) && one.direction() == direction)
        .filter(one -> !one.quantity().isZero())
        .findFirst();
  }

  /** Orders that may still fill on one side of an instrument. */
  public List<OrderView> openOrders(Instrument instrument, Side side) {
    return openOrders.get("").stream()
        .filter(order -> order.instrument().equals(instrument) && order.side() == side)
        .filter(order -> !order.isTerminal())
        .toList();
  }

  /** One order: from the shared listing while it works, by its id once it left that. */
  public Optional<OrderView> order(BrokerOrderId id) {
    Optional<OrderView> open =
        openOrders.get("").stream().filter(order -> order.id().equals(id)).findFirst();
    return open.isPresent() ? open : broker.order(id);
  }
}
