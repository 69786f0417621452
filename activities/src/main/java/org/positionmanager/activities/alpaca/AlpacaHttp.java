package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import net.jacobpeterson.alpaca.AlpacaAPI;
import net.jacobpeterson.alpaca.model.properties.DataAPIType;
import net.jacobpeterson.alpaca.model.properties.EndpointAPIType;
import net.jacobpeterson.alpaca.rest.AlpacaClient;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.workflows.identity.AccountName;

/**
 * Sends single requests through alpaca-java's REST clients. Its typed endpoints read quantities as
 * doubles, know neither position_intent nor options and lose headers, so requests go through {@link
 * AlpacaClient#executeRequest}, which adds the credentials and hands back the plain response. No
 * order is ever sent twice: no retry after a broken connection, and bodies are one-shot, which also
 * keeps OkHttp from repeating a POST after 408 or 503. Reads may be: a kept connection that the
 * broker has closed meanwhile is noticed by a GET only when it fails, and costs an exit a second
 * each time where it is not sent again over a new one.
 */
final class AlpacaHttp {
  private static final MediaType JSON = MediaType.get("application/json");

  private final AccountName account;
  private final AlpacaClient trading;
  private final AlpacaClient data;
  private final AlpacaClient reads;
  private final RateBudget budget;
  private final ConnectionBreaks breaks;
  private final MeterRegistry meters;
  private final Urgency reading;

  AlpacaHttp(
      AlpacaSettings settings, RateBudget budget, ConnectionBreaks breaks, MeterRegistry meters) {
    OkHttpClient http =
        new OkHttpClient.Builder()
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .connectTimeout(settings.connectTimeout())
            .readTimeout(settings.callTimeout())
            .callTimeout(settings.callTimeout())
            .addInterceptor(chain -> chain.proceed(redirected(chain.request(), settings)))
            .build();
    AlpacaAPI api = api(http, settings);
    this.account = settings.account();
    this.trading = api.getBrokerClient();
    this.data = api.getStockDataClient();
    this.reads =
        api(http.newBuilder().retryOnConnectionFailure(true).build(), settings).getBrokerClient();
    this.budget = budget;
    this.breaks = breaks;
    this.meters = meters;
    this.reading = Urgency.READ;
  }

  private static AlpacaAPI api(OkHttpClient http, AlpacaSettings settings) {
    return new AlpacaAPI(
        http,
        settings.keyId(),
        settings.secret().reveal(),
        null,
        settings.live() ? EndpointAPIType.LIVE : EndpointAPIType.PAPER,
        DataAPIType.IEX);
  }

  private AlpacaHttp(AlpacaHttp same, Urgency reading) {
    this.account = same.account;
    this.trading = same.trading;
    this.data = same.data;
    this.reads = same.reads;
    this.budget = same.budget;
    this.breaks = same.breaks;
    this.meters = same.meters;
    this.reading = reading;
  }

  /** The same client and budget; its reads go before ordinary ones. */
  AlpacaHttp forExits() {
    return new AlpacaHttp(this, Urgency.EXIT_READ);
  }

  private static Request redirected(Request request, AlpacaSettings settings) {
    Optional<URI> base = isData(request) ? settings.dataBase() : settings.tradingBase();
    if (base.isEmpty()) {
      return request;
    }
    HttpUrl to = HttpUrl.get(base.get());
    HttpUrl url =
        request.url().newBuilder().scheme(to.scheme()).host(to.host()).port(to.port()).build();
    return request.newBuilder().url(url).build();
  }

  /** Market data has a host of its own, which also counts requests by itself. */
  private static boolean isData(Request request) {
    return request.url().host().startsWith("data.");
  }

  /** A trading path such as {@code orders/123} below {@code /v2}. */
  HttpUrl.Builder tradingUrl(String path) {
    return trading.urlBuilder().addPathSegments(path);
  }

  /** A data path below a version, which alpaca-java fixes at v2: options live under v1beta1. */
  HttpUrl.Builder dataUrl(String version, String path) {
    return data.urlBuilder().setPathSegment(0, version).addPathSegments(path);
  }

  /** Reads JSON; anything but a readable 2xx throws. */
  JsonNode read(String route, HttpUrl url) {
    Answer answer = get(route, url);
    return readable(route, answer);
  }

  Answer get(String route, HttpUrl url) {
    return send(route, reading, reads, trading.requestBuilder(url).get().build());
  }

  Answer delete(String route, HttpUrl url) {
    return send(route, Urgency.CANCEL, trading, trading.requestBuilder(url).delete().build());
  }

  /**
   * Sends an order.
   *
   * @param stillWanted asked when its turn has come, right before it goes
   * @return empty where it was no longer wanted, and nothing was sent
   * @throws BrokerException of kind RATE_LIMITED where its turn did not come: nothing was sent
   *     either
   */
  Optional<Answer> post(String route, HttpUrl url, String json, BooleanSupplier stillWanted) {
    budget.acquire(Urgency.EXIT);
    return stillWanted.getAsBoolean()
        ? Optional.of(
            exchange(route, trading, trading.requestBuilder(url).post(oneShot(json)).build()))
        : Optional.empty();
  }

  static JsonNode readable(String route, Answer answer) {
    if (!answer.isSuccess()) {
      throw failure(route, answer);
    }
    return answer
        .json()
        .orElseThrow(
            () ->
                new BrokerException(
                    BrokerException.Kind.UNREADABLE, route + ": answer is not JSON"));
  }

  static BrokerException failure(String route, Answer answer) {
    BrokerException.Kind kind =
        switch (answer.status()) {
          case 401 -> BrokerException.Kind.UNAUTHORIZED;
          case 429 -> BrokerException.Kind.RATE_LIMITED;
          case 408 -> BrokerException.Kind.UNAVAILABLE;
          default ->
              answer.status() >= 500
                  ? BrokerException.Kind.UNAVAILABLE
                  : BrokerException.Kind.REFUSED;
        };
    return new BrokerException(
        kind,
        route + ": " + answer.message() + " (" + answer.status() + "/" + answer.code() + ")",
        answer.retryAfter(),
        null);
  }

  private Answer send(String route, Urgency urgency, AlpacaClient by, Request request) {
    budget.acquire(urgency);
    return exchange(route, by, request);
  }

  private Answer exchange(String route, AlpacaClient by, Request request) {
    long start = System.nanoTime();
    String outcome = "broken";
    try (Response response = by.executeRequest(request)) {
      outcome = Integer.toString(response.code());
      if (response.code() == 401) {
        breaks.note();
      }
      Optional<Duration> wait = Optional.empty();
      if (response.code() == 429) {
        wait = Optional.of(waitAfter(response));
        budget.blockFor(wait.get(), isData(request) ? Urgency.READ : Urgency.EXIT);
      }
      return new Answer(
          response.code(),
          response.headers(),
          response.body() == null ? "" : response.body().string(),
          wait);
    } catch (IOException e) {
      breaks.note();
      throw new BrokerException(
          BrokerException.Kind.UNAVAILABLE, route + ": " + e, Optional.empty(), e);
    } finally {
      meters
          .timer("broker.calls", "account", account.value(), "route", route, "outcome", outcome)
          .record(Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /** X-Ratelimit-Reset (epoch seconds) or Retry-After (seconds), between 1 and 60 seconds. */
  private static Duration waitAfter(Response response) {
    try {
      String reset = response.header("X-Ratelimit-Reset");
      String after = response.header("Retry-After");
      long seconds =
          after != null
              ? Long.parseLong(after)
              : reset != null ? Long.parseLong(reset) - System.currentTimeMillis() / 1000 : 5;
      return Duration.ofSeconds(Math.clamp(seconds, 1, 60));
    } catch (NumberFormatException e) {
      return Duration.ofSeconds(5);
    }
  }

  private static RequestBody oneShot(String json) {
    return new RequestBody() {
      @Override
      public MediaType contentType() {
        return JSON;
      }

      @Override
      public boolean isOneShot() {
        return true;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        sink.writeUtf8(json);
      }
    };
  }
}
