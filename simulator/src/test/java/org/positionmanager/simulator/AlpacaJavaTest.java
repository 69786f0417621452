package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.jacobpeterson.alpaca.AlpacaAPI;
import net.jacobpeterson.alpaca.model.endpoint.accountactivities.AccountActivity;
import net.jacobpeterson.alpaca.model.endpoint.accountactivities.TradeActivity;
import net.jacobpeterson.alpaca.model.endpoint.accountactivities.enums.ActivityType;
import net.jacobpeterson.alpaca.model.endpoint.marketdata.common.historical.bar.enums.BarTimePeriod;
import net.jacobpeterson.alpaca.model.endpoint.marketdata.stock.historical.bar.enums.BarAdjustment;
import net.jacobpeterson.alpaca.model.endpoint.marketdata.stock.historical.bar.enums.BarFeed;
import net.jacobpeterson.alpaca.model.endpoint.marketdata.stock.realtime.quote.StockQuoteMessage;
import net.jacobpeterson.alpaca.model.endpoint.orders.Order;
import net.jacobpeterson.alpaca.model.endpoint.orders.enums.OrderSide;
import net.jacobpeterson.alpaca.model.endpoint.orders.enums.OrderStatus;
import net.jacobpeterson.alpaca.model.endpoint.orders.enums.OrderTimeInForce;
import net.jacobpeterson.alpaca.model.endpoint.streaming.enums.StreamingMessageType;
import net.jacobpeterson.alpaca.model.endpoint.streaming.trade.TradeUpdate;
import net.jacobpeterson.alpaca.model.endpoint.streaming.trade.TradeUpdateMessage;
import net.jacobpeterson.alpaca.model.endpoint.streaming.trade.enums.TradeUpdateEvent;
import net.jacobpeterson.alpaca.model.properties.DataAPIType;
import net.jacobpeterson.alpaca.model.properties.EndpointAPIType;
import net.jacobpeterson.alpaca.rest.AlpacaClientException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** alpaca-java as published; an interceptor takes it to the simulator. */
class AlpacaJavaTest {
  private static final long PATIENCE_SECONDS = 20;
  private static final int SWITCHING_PROTOCOLS = 101;

  private final List<String> violations = new CopyOnWriteArrayList<>();

  private SimulatorServer server;
  private OkHttpClient http;
  private AlpacaAPI api;

  @BeforeEach
  void start() {
    server =
        SimulatorServer.start(
            StandardMarket.at(
                Instant.now(),
                List.of(Scenarios.account("large", 121_000)),
                MarketHours.ALWAYS_OPEN,
                1),
            "127.0.0.1",
            0);
    http =
        new OkHttpClient.Builder()
            .retryOnConnectionFailure(false)
            .addInterceptor(
                chain -> {
                  HttpUrl url =
                      chain
                          .request()
                          .url()
                          .newBuilder()
                          .scheme("http")
                          .host("127.0.0.1")
                          .port(server.port())
                          .build();
                  Response answer = chain.proceed(chain.request().newBuilder().url(url).build());
                  check(answer);
                  return answer;
                })
            .build();
    api =
        new AlpacaAPI(
            http, "key-large", "secret-large", null, EndpointAPIType.PAPER, DataAPIType.IEX);
  }

  @AfterEach
  void stop() {
    server.close();
    http.dispatcher().executorService().shutdown();
    assertThat(violations).as("of Alpaca's specification").isEmpty();
  }

  private void check(Response answer) throws IOException {
    String path = answer.request().url().encodedPath();
    if (answer.code() != SWITCHING_PROTOCOLS) {
      String body = answer.peekBody(Long.MAX_VALUE).string();
      Conformance.violations(answer.request().method(), path, answer.code(), body)
          .forEach(
              it -> violations.add("%s %d: %s in %s".formatted(path, answer.code(), it, body)));
    }
  }

  @Test
  @DisplayName("it trades and hears of its fill")
  void trades() throws Exception {
    BlockingQueue<TradeUpdate> updates = new LinkedBlockingQueue<>();
    CountDownLatch listening = new CountDownLatch(1);
    api.streaming()
        .setListener(
            (type, message) -> {
              if (type == StreamingMessageType.LISTENING) {
                listening.countDown();
              }
              if (message instanceof TradeUpdateMessage update) {
                updates.add(update.getData());
              }
            });
    api.streaming().connect();
    assertThat(api.streaming().waitForAuthorization(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    api.streaming().streams(StreamingMessageType.LISTENING, StreamingMessageType.TRADE_UPDATES);
    assertThat(listening.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    Order order = api.orders().requestMarketOrder("AAPL", 1, OrderSide.BUY, OrderTimeInForce.DAY);
    TradeUpdate fill = updates.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    while (fill != null && fill.getEvent() != TradeUpdateEvent.FILL) {
      fill = updates.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    assertThat(fill).isNotNull();
    assertThat(fill.getOrder().getId()).isEqualTo(order.getId());
    assertThat(fill.getPositionQuantity()).isEqualTo("1");
    assertThat(api.positions().getBySymbol("AAPL").getQuantity()).isEqualTo("1");
    assertThat(api.account().get().getStatus()).isNotNull();
    assertThat(api.clock().get().getIsOpen()).isTrue();
    api.streaming().disconnect();
  }

  @Test
  @DisplayName("it cancels, replaces, and closes a part and the rest of a position")
  void managesOrders() throws Exception {
    Order resting =
        api.orders()
            .requestLimitOrder("AAPL", 2.0, OrderSide.BUY, OrderTimeInForce.DAY, 5.0, false);
    Order replaced =
        api.orders().replace(resting.getId(), 3, OrderTimeInForce.DAY, 6.0, null, null, null);
    assertThat(replaced.getReplaces()).isEqualTo(resting.getId());
    assertThat(replaced.getLimitPrice()).isEqualTo("6");
    assertThat(api.orders().get(resting.getId(), false).getStatus())
        .isEqualTo(OrderStatus.REPLACED);
    api.orders().cancel(replaced.getId());
    assertThat(api.orders().getByClientID(replaced.getClientOrderId()).getStatus())
        .isEqualTo(OrderStatus.CANCELED);
    api.orders().requestMarketOrder("AAPL", 5, OrderSide.BUY, OrderTimeInForce.DAY);
    assertThat(api.positions().close("AAPL", 2.0, null).getQuantity()).isEqualTo("2");
    assertThat(api.positions().getBySymbol("AAPL").getQuantity()).isEqualTo("3");
    api.orders().requestLimitOrder("MSFT", 1.0, OrderSide.BUY, OrderTimeInForce.DAY, 5.0, false);
    assertThat(api.orders().cancelAll()).hasSize(1);
    assertThat(api.positions().closeAll(true)).hasSize(1);
    assertThat(api.positions().get()).isEmpty();
  }

  @Test
  @DisplayName("it reads activities and the calendar, and a refusal with its code")
  void readsTheRest() throws Exception {
    api.orders().requestMarketOrder("AAPL", 1, OrderSide.BUY, OrderTimeInForce.DAY);
    List<AccountActivity> activities =
        api.accountActivities().get(null, null, null, null, null, null, ActivityType.FILL);
    assertThat(activities).hasSize(1);
    assertThat(((TradeActivity) activities.getFirst()).getSymbol()).isEqualTo("AAPL");
    LocalDate day = LocalDate.now(ZoneOffset.UTC);
    assertThat(api.calendar().get(day.minusDays(14), day)).isNotEmpty();
    assertThatThrownBy(
            () ->
                api.orders().requestMarketOrder("NOTHING", 1, OrderSide.BUY, OrderTimeInForce.DAY))
        .isInstanceOfSatisfying(
            AlpacaClientException.class,
            refused -> {
              // the code is there once the message was asked for
              assertThat(refused.getMessage()).contains("NOTHING");
              assertThat(refused.getResponseStatusCode()).isEqualTo(422);
              assertThat(refused.getAPIResponseCode()).isEqualTo(42210000);
            });
    assertThatThrownBy(() -> api.positions().getBySymbol("MSFT"))
        .hasMessageContaining("position does not exist");
  }

  @Test
  @DisplayName("it reads market data and hears quotes")
  void readsMarketData() throws Exception {
    assertThat(api.stockMarketData().getLatestQuote("AAPL").getQuote().getAskPrice()).isPositive();
    assertThat(api.stockMarketData().getSnapshots(List.of("AAPL", "MSFT"))).hasSize(2);
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    assertThat(
            api.stockMarketData()
                .getBars(
                    "AAPL",
                    now.minusMinutes(30),
                    now,
                    100,
                    null,
                    1,
                    BarTimePeriod.MINUTE,
                    BarAdjustment.RAW,
                    BarFeed.IEX)
                .getBars())
        .hasSizeGreaterThan(25);
    BlockingQueue<StockQuoteMessage> quotes = new LinkedBlockingQueue<>();
    api.stockMarketDataStreaming()
        .setListener(
            (type, message) -> {
              if (message instanceof StockQuoteMessage quote) {
                quotes.add(quote);
              }
            });
    api.stockMarketDataStreaming().connect();
    assertThat(
            api.stockMarketDataStreaming().waitForAuthorization(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .isTrue();
    api.stockMarketDataStreaming().subscribe(null, List.of("AAPL"), null);
    StockQuoteMessage quote = quotes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(quote).isNotNull();
    assertThat(quote.getSymbol()).isEqualTo("AAPL");
    assertThat(quote.getAskPrice()).isPositive();
    api.stockMarketDataStreaming().disconnect();
  }
}
