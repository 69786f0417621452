package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a client wants of an order instead; what is absent stays.
 *
 * @param trail dollars or percent, whichever the order has
 */
record Replacement(
    Optional<BigDecimal> quantity,
    Optional<String> timeInForce,
    Optional<BigDecimal> limit,
    Optional<BigDecimal> stop,
    Optional<BigDecimal> trail,
    Optional<String> clientOrderId) {
  private static final Set<String> NOT_YET_AT_THE_MARKET =
      Set.of("accepted", "pending_new", "pending_cancel", "pending_replace");

  /**
   * Makes the new order's terms.
   *
   * @throws Rejection 422 where the old one cannot be replaced or the new one is malformed, 403
   *     where it is not covered
   */
  OrderTerms check(Account account, Order old, Exchange exchange, Instant now) {
    if (clientOrderId.filter(account.byClientId::containsKey).isPresent()) {
      throw new Rejection(422, 40010001, "client_order_id must be unique");
    }
    if (!old.isOpen() || NOT_YET_AT_THE_MARKET.contains(old.status())) {
      throw new Rejection(422, 42210000, "cannot replace order in " + old.status() + " status");
    }
    if (account.isLocked()) {
      throw new Rejection(403, 40310000, "account is restricted from trading");
    }
    if (old.terms.notional().isPresent()) {
      throw new Rejection(422, 42210000, "notional orders cannot be replaced");
    }
    BigDecimal newQuantity = quantity.orElseGet(old::open);
    if (newQuantity.signum() <= 0) {
      throw new Rejection(422, 40010001, "qty must be > 0");
    }
    boolean changesQuantity = newQuantity.compareTo(old.open()) != 0;
    if (changesQuantity && newQuantity.stripTrailingZeros().scale() > 0) {
      throw new Rejection(422, 42210000, "qty must be integer to be replaced");
    }
    if (changesQuantity && !old.terms.orderClass().equals("simple")) {
      throw new Rejection(422, 42210000, "qty of complex orders cannot be replaced");
    }
    OrderTerms terms = terms(old.terms, newQuantity, exchange, exchange.clock().hours(), now);
    checkForm(old.terms, terms, exchange.clock().hours(), now);
    exchange
        .quotes()
        .at(terms.symbol(), now)
        .ifPresent(quote -> BasePrice.checkTrail(terms.buy(), terms.prices(), quote));
    checkCover(account, old, terms, exchange, now);
    return terms;
  }

  private OrderTerms terms(
      OrderTerms old, BigDecimal newQuantity, Recorder ids, MarketHours hours, Instant now) {
    return new OrderTerms(
        ids.newId(),
        clientOrderId.orElseGet(ids::newId),
        old.symbol(),
        old.buy(),
        old.type(),
        timeInForce.orElse(old.timeInForce()),
        old.orderClass(),
        old.intent(),
        newQuantity,
        Optional.empty(),
        new OrderPrices(
            limit.or(old::limit),
            stop.or(old::stop),
            old.prices().trailPrice().map(it -> trail.orElse(it)),
            old.prices().trailPercent().map(it -> trail.orElse(it))),
        old.extendedHours(),
        new OrderLinks(old.links().parent(), old.links().sibling(), Optional.of(old.id())),
        now,
        new TradingHours(hours)
            .expiresAt(timeInForce.orElse(old.timeInForce()), old.extendedHours(), now));
  }

  private void checkForm(OrderTerms old, OrderTerms terms, MarketHours hours, Instant now) {
    if (trail.isPresent() && !old.type().equals("trailing_stop")) {
      throw new Rejection(422, 42210000, "trail can only be replaced in a trailing_stop order");
    }
    OrderForm.check(
        new Ticket(
            terms.symbol(),
            terms.buy(),
            Optional.of(terms.quantity()),
            Optional.empty(),
            terms.type(),
            terms.timeInForce(),
            "simple",
            clientOrderId,
            Optional.empty(),
            terms.prices(),
            terms.extendedHours(),
            Optional.empty(),
            Optional.empty()),
        now,
        hours);
  }

  private static void checkCover(
      Account account, Order old, OrderTerms terms, Exchange exchange, Instant now) {
    if (old.closes()) {
      if (!old.status().equals("held")) {
        Admission.checkAvailable(
            account,
            terms.symbol(),
            terms.quantity(),
            account.available(terms.symbol()).add(old.open()));
      }
      return;
    }
    Funds funds = new Funds(account, exchange.quotes(), now);
    BigDecimal freed = funds.cost(terms.symbol(), terms.intent(), old.terms.prices(), old.open());
    if (Symbols.isOption(terms.symbol()) && !terms.buy()) {
      BigDecimal more = terms.quantity().subtract(old.open());
      if (more.signum() > 0) {
        Admission.checkWriting(account, terms.symbol(), more, funds, BigDecimal.ZERO);
      }
      return;
    }
    Admission.checkFunds(
        Symbols.isOption(terms.symbol()),
        funds.cost(terms.symbol(), terms.intent(), terms.prices(), terms.quantity()),
        funds,
        freed);
  }
}
