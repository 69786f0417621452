package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.MarketData;
import org.positionmanager.activities.broker.QuoteRead;
import org.positionmanager.workflows.instrument.Instrument;

/** One symbol that market data refuses never blinds the others of its request. */
class RefusedSymbolsTest {
  private static final String QUOTES = "/v1beta1/options/quotes/latest";
  private static final String GOOD = "{\"bp\":1.1,\"ap\":1.2,\"t\":\"2026-02-10T15:00:00Z\"}";

  private final StubAlpaca alpaca = new StubAlpaca();
  private final AtomicLong nanos = new AtomicLong();
  private final MarketData data =
      AlpacaConnection.open(
              alpaca.settings(),
              new RateBudget(0, nanos::get),
              new SimpleMeterRegistry(),
              nanos::get)
          .marketData();

  @AfterEach
  void stop() {
    alpaca.close();
  }

  private static Instrument contract(int strike) {
    return Instrument.parse("NOW260220P%08d".formatted(strike * 1000));
  }

  private static Set<Instrument> contracts(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(RefusedSymbolsTest::contract)
        .collect(Collectors.toSet());
  }

  /** Answers 400 for the sake of the first of these that is asked for. */
  private void refuses(String message, Instrument... bad) {
    alpaca.on(
        "GET " + QUOTES,
        asked -> {
          List<String> symbols = List.of(asked.queryParam("symbols").split(","));
          return Arrays.stream(bad)
              .map(Instrument::symbol)
              .filter(symbols::contains)
              .findFirst()
              .map(
                  symbol ->
                      new StubAlpaca.Reply(
                          400, "{\"message\":\"" + message.formatted(symbol) + "\"}"))
              .orElseGet(
                  () ->
                      new StubAlpaca.Reply(
                          200,
                          symbols.stream()
                              .map(symbol -> "\"" + symbol + "\":" + GOOD)
                              .collect(Collectors.joining(",", "{\"quotes\":{", "}}"))));
        });
  }

  @Test
  @DisplayName("a symbol refused by name is dropped, all others are read")
  void dropsByName() {
    refuses("invalid symbol: %s", contract(7), contract(23));
    QuoteRead read = data.read(contracts(100));
    assertThat(read.quotes()).hasSize(98);
    assertThat(read.refused())
        .containsOnlyKeys(contract(7), contract(23))
        .containsEntry(contract(7), "invalid symbol: " + contract(7));
    assertThat(alpaca.requests).hasSize(3);
  }

  @Test
  @DisplayName("a symbol refused without its name is found by halving")
  void findsByHalving() {
    refuses("a symbol is wrong", contract(42));
    QuoteRead read = data.read(contracts(100));
    assertThat(read.quotes()).hasSize(99);
    assertThat(read.refused()).containsOnlyKeys(contract(42));
    assertThat(alpaca.requests).hasSizeLessThanOrEqualTo(15);
  }

  @Test
  @DisplayName("what was refused is not asked again for a minute, then once more")
  void remembersForAMinute() {
    refuses("invalid symbol: %s", contract(7));
    data.read(contracts(10));
    alpaca.requests.clear();
    assertThat(data.forExits().read(contracts(10)).refused()).containsOnlyKeys(contract(7));
    assertThat(alpaca.requests).singleElement().asString().doesNotContain(contract(7).symbol());
    refuses("none is refused");
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(data.quotes(contracts(10))).containsKey(contract(7));
  }

  @Test
  @DisplayName("where every one is refused the read has failed")
  void allRefusedIsAFailure() {
    refuses("invalid symbol: %s", contract(1), contract(2));
    assertThatThrownBy(() -> data.read(contracts(2)))
        .isInstanceOfSatisfying(
            BrokerException.class,
            e -> assertThat(e.kind()).isEqualTo(BrokerException.Kind.REFUSED))
        .hasMessageContaining(contract(1).symbol());
  }

  @Test
  @DisplayName("a refusal that is not about symbols is a failure after one request")
  void otherRefusalsStayFailures() {
    alpaca.on("GET " + QUOTES, 400, "{\"message\":\"invalid feed: nowhere\"}");
    assertThatThrownBy(() -> data.read(contracts(50))).hasMessageContaining("invalid feed");
    assertThat(alpaca.requests).hasSize(1);
  }

  @Test
  @DisplayName("an answer that refuses whatever is asked ends in a failure, not in 200 requests")
  void givesUp() {
    alpaca.on("GET " + QUOTES, 400, "{\"message\":\"bad symbols\"}");
    assertThatThrownBy(() -> data.read(contracts(100))).isInstanceOf(BrokerException.class);
    assertThat(alpaca.requests).hasSize(25);
  }
}
