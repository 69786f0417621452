package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;

/** Whatever is asked of the exchange and whatever goes wrong, its books balance. */
class BalanceTest {
  /** Many short days: each may find another way into a wrong state. */
  private static final int SHORTEST_DAY = 12;

  private static final int LONGEST_DAY = 24;

  /** In all days together. */
  private static final int OFTEN = 100;

  private static final Map<Faults.Kind, Integer> STRUCK = new EnumMap<>(Faults.Kind.class);

  @Provide
  Arbitrary<List<RandomDay.Act>> days() {
    Arbitrary<Integer> any =
        Arbitraries.integers().between(0, 9_999).withDistribution(RandomDistribution.uniform());
    return Combinators.combine(any, any, any, any, any)
        .as(RandomDay.Act::new)
        .list()
        .ofMinSize(SHORTEST_DAY)
        .ofMaxSize(LONGEST_DAY);
  }

  /** The same days in each build; without the seed it plays others, to look for what is wrong. */
  @Property(
      tries = 5_000,
      seed = "20260211",
      shrinking = ShrinkingMode.BOUNDED,
      edgeCases = EdgeCasesMode.NONE)
  @Label(
      "whatever the requests and the faults: cash, positions and fills balance, nothing is held"
          + " twice, no id comes again, nothing that a fault stopped happened, and the journal"
          + " tells the same")
  void balances(@ForAll("days") List<RandomDay.Act> acts) {
    RandomDay day = new RandomDay(STRUCK);
    for (RandomDay.Act act : acts) {
      day.play(act);
      day.exchange().accounts().forEach(account -> assertBalanced(day, account));
    }
    assertIdsAreUnique(day);
    assertOrdersAreKnown(day);
    assertThat(day.replayed()).isEqualTo(RandomDay.state(day.exchange().books()));
  }

  /** A fault that never struck would prove nothing. */
  @AfterProperty
  void everyFaultStruck() {
    assertThat(STRUCK.keySet()).containsAll(RandomClient.KINDS);
    assertThat(STRUCK.values()).allSatisfy(it -> assertThat(it).isGreaterThan(OFTEN));
  }

  private static void assertBalanced(RandomDay day, Account account) {
    BigDecimal cash = account.openingCash;
    Map<String, BigDecimal> held = new TreeMap<>();
    Map<String, BigDecimal> filled = new TreeMap<>();
    for (Account.Fill fill : account.fills) {
      BigDecimal signed = fill.buy() ? fill.quantity() : fill.quantity().negate();
      cash =
          cash.subtract(
              signed
                  .multiply(fill.price())
                  .multiply(BigDecimal.valueOf(Symbols.multiplier(fill.symbol()))));
      held.merge(fill.symbol(), signed, BigDecimal::add);
      filled.merge(fill.orderId(), fill.quantity(), BigDecimal::add);
    }
    for (Booking booking : account.bookings) {
      cash = cash.add(booking.cash());
      held.merge(booking.symbol(), booking.quantity(), BigDecimal::add);
    }
    assertThat(account.cash).as("cash").isEqualByComparingTo(cash);
    // what is held without any fill or booking would be there from nowhere
    account.holdings.keySet().forEach(it -> held.putIfAbsent(it, BigDecimal.ZERO));
    account.openOrders().forEach(it -> held.putIfAbsent(it.terms.symbol(), BigDecimal.ZERO));
    held.forEach(
        (symbol, quantity) -> {
          assertThat(account.held(symbol)).as(symbol).isEqualByComparingTo(quantity);
          assertThat(account.heldForOrders(symbol))
              .as(
                  () ->
                      "held for orders of %s in %s"
                          .formatted(symbol, RandomDay.state(day.exchange().books())))
              .isBetween(BigDecimal.ZERO, quantity.abs());
        });
    for (Order order : account.orders.values()) {
      BigDecimal parts = filled.getOrDefault(order.terms.id(), BigDecimal.ZERO);
      assertThat(order.filled()).as("parts of a fill").isEqualByComparingTo(parts);
      assertThat(order.open()).as("open").isNotNegative();
      if (order.terms.notional().isEmpty() && order.isOpen()) {
        assertThat(parts).isLessThan(order.quantity());
      }
    }
    assertThat(account.openOrders())
        .as("open orders")
        .containsExactlyInAnyOrderElementsOf(
            account.orders.values().stream().filter(Order::isOpen).toList());
  }

  /** Under each id that a client sent is what it was answered, and nothing that was stopped. */
  private static void assertOrdersAreKnown(RandomDay day) {
    Map<String, String> known = new TreeMap<>();
    for (Account account : day.exchange().accounts()) {
      account.byClientId.forEach(
          (id, order) -> known.put(account.name + " " + id, order.terms.id()));
    }
    assertThat(known).containsAllEntriesOf(day.client().answered());
    assertThat(known).doesNotContainKeys(day.client().withoutEffect().toArray(String[]::new));
  }

  private static void assertIdsAreUnique(RandomDay day) {
    Set<String> ids = new HashSet<>();
    for (Account account : day.exchange().accounts()) {
      account.orders.keySet().forEach(id -> assertThat(ids.add(id)).as(id).isTrue());
      account.fills.forEach(fill -> assertThat(ids.add(fill.id())).as(fill.id()).isTrue());
      account.bookings.forEach(it -> assertThat(ids.add(it.id())).as(it.id()).isTrue());
      assertThat(account.byClientId).hasSameSizeAs(account.orders.keySet());
    }
  }
}
