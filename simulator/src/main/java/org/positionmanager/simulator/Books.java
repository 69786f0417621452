package org.positionmanager.simulator;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The exchange's state: accounts, orders, pinned prices; changed by happenings only. */
final class Books {
  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final Quotes quotes;

  Books(Collection<Account> accounts, Quotes quotes) {
    accounts.forEach(account -> this.accounts.put(account.name, account));
    this.quotes = quotes;
  }

  Collection<Account> accounts() {
    return accounts.values();
  }

  Account account(String name) {
    Account account = accounts.get(name);
    if (account == null) {
      throw new Rejection(
          400, 0, "account '" + name + "' is unknown; use one of " + accounts.keySet());
    }
    return account;
  }

  Quotes quotes() {
    return quotes;
  }

  void apply(Happening happening) {
    switch (happening) {
      case Happening.Posted(String account, String id) -> account(account).posted(id);
      case Happening.Accepted it ->
          account(it.account()).accept(new Order(it.order(), it.bracket()));
      case Happening.Became it ->
          account(it.account()).order(it.orderId()).become(it.status(), it.at());
      case Happening.Filled it -> account(it.account()).fill(it);
      case Happening.FillsHeld(String account, boolean held) -> account(account).holdFills = held;
      case Happening.Pinned(String symbol, Quotes.Quote quote) -> quotes.pin(symbol, quote);
      case Happening.Unpinned(String symbol) -> quotes.unpin(symbol);
    }
  }
}
