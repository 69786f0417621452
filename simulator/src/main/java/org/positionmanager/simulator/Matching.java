package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Lets orders and sessions go on in time: fills, triggers, expiries, closes. */
final class Matching {
  private final Books books;
  private final Recorder recorder;
  private final OrderLife life;
  private final OptionExpiry expiry;
  private final Moments moments;
  private final Liquidity liquidity;
  private final MarketHours hours;

  /** Quotes of the moment that is stepped to: many orders may wait for one symbol. */
  private final Map<String, Optional<Quotes.Quote>> quoted = new HashMap<>();

  private Instant reached;

  Matching(
      Books books,
      Recorder recorder,
      OrderLife life,
      OptionExpiry expiry,
      Moments moments,
      Liquidity liquidity,
      Instant reached) {
    this.books = books;
    hours = books.quotes().hours();
    this.recorder = recorder;
    this.life = life;
    this.expiry = expiry;
    this.moments = moments;
    this.liquidity = liquidity;
    this.reached = reached;
  }

  /** Lets all happen that happens until now, in order. */
  void advance(Instant now) {
    Instant moment = moments.next(reached, isBusy());
    while (moment.isBefore(now)) {
      step(moment);
      moment = moments.next(moment, isBusy());
    }
    step(now);
    // set back by hand, time goes on from there
    reached = now;
  }

  private boolean isBusy() {
    return books.accounts().stream().anyMatch(account -> !account.openOrders().isEmpty());
  }

  private void step(Instant now) {
    boolean open = hours.at(now).isPresent();
    boolean extended = !open && new TradingHours(hours).isExtended(now);
    quoted.clear();
    for (Account account : books.accounts()) {
      for (Order order : List.copyOf(account.openOrders())) {
        if (order.isOpen()) {
          step(account, order, now, open, extended);
        }
      }
      expiry.step(account, now);
    }
    close(now);
  }

  private void step(Account account, Order order, Instant now, boolean open, boolean extended) {
    if (order.status().equals("pending_cancel")
        && !now.isBefore(order.updatedAt().plusMillis(account.settings.cancelWindowMillis()))) {
      life.end(account, order, "canceled", now);
    } else if (!now.isBefore(order.terms.expiresAt())) {
      life.end(account, order, isDayOrGtc(order) ? "expired" : "canceled", now);
    } else if (order.status().equals("pending_replace")
        && !now.isBefore(order.updatedAt().plusMillis(account.settings.replaceWindowMillis()))) {
      life.replace(account, order, now);
    } else if ((order.isWorking() || OrderLife.isArmed(account, order))
        && !account.holdFills
        && (open || extended && order.terms.extendedHours())
        && !now.isBefore(
            order.terms.submittedAt().plusMillis(account.settings.fillDelayMillis()))) {
      if (order.status().equals("held") && !isReleased(account, order, now)) {
        return;
      }
      if (order.status().equals("accepted")) {
        life.become(account, order, "new", now);
      }
      if (isItsTime(order, now)) {
        trade(account, order, now, open);
      }
    }
  }

  /** A stop that is held goes to the market once it is touched, or left alone. */
  private boolean isReleased(Account account, Order stop, Instant now) {
    boolean isTouched = quote(stop, now).filter(quote -> Triggers.touches(stop, quote)).isPresent();
    if (isTouched || account.sibling(stop).isEmpty()) {
      life.release(account, stop, now);
      return true;
    }
    return false;
  }

  private static boolean isDayOrGtc(Order order) {
    return order.terms.timeInForce().equals("day") || order.terms.timeInForce().equals("gtc");
  }

  private boolean isItsTime(Order order, Instant now) {
    return switch (order.terms.timeInForce()) {
      case "opg" -> hours.at(now).filter(it -> it.open().equals(now)).isPresent();
      case "cls" -> hours.at(now).filter(it -> Moments.lastTrade(it).equals(now)).isPresent();
      default -> true;
    };
  }

  /** What is quoted to an order; nothing while trading stands still. */
  private Optional<Quotes.Quote> quote(Order order, Instant now) {
    String symbol = order.terms.symbol();
    return quoted
        .computeIfAbsent(symbol, it -> books.quotes().at(it, now))
        .filter(it -> !books.quotes().isHalted(symbol, now));
  }

  private void trade(Account account, Order order, Instant now, boolean open) {
    Optional<Quotes.Quote> quote = quote(order, now);
    if (quote.isEmpty()) {
      return;
    }
    if (open) {
      Triggers.newMark(order, quote.get())
          .ifPresent(
              mark -> recorder.record(new Happening.Trailed(account.name, order.terms.id(), mark)));
      if (Triggers.touches(order, quote.get())) {
        recorder.record(new Happening.Triggered(account.name, order.terms.id(), now));
      }
    }
    Optional<BigDecimal> price = Triggers.price(order, quote.get());
    BigDecimal size = liquidity.available(order, account.settings.largestFill(), now);
    boolean allOrNone = order.terms.timeInForce().equals("fok");
    if (price.isPresent()
        && size.signum() > 0
        && !(allOrNone && size.compareTo(order.open()) < 0)) {
      life.fill(account, order, OrderSizes.at(order, size, price.get()), price.get(), now);
    }
  }

  private void close(Instant now) {
    Optional<NyseCalendar.Session> ended =
        hours.on(TradingHours.date(now.minusMillis(1))).filter(it -> it.close().equals(now));
    if (ended.isEmpty() || books.closes().containsKey(ended.get().date())) {
      return;
    }
    Map<String, BigDecimal> prices = new TreeMap<>();
    for (String symbol : books.quotes().symbols()) {
      books
          .quotes()
          .at(symbol, Moments.lastTrade(ended.get()))
          .ifPresent(quote -> prices.put(symbol, Funds.mid(quote)));
    }
    Map<String, BigDecimal> equities = new TreeMap<>();
    for (Account account : books.accounts()) {
      equities.put(
          account.name,
          new Funds(account, books.quotes(), Moments.lastTrade(ended.get())).equity());
    }
    recorder.record(new Happening.SessionClosed(ended.get().date(), prices, equities, now));
  }
}
