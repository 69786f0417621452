package org.positionmanager.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;

/** The simulated broker as tests steer and ask it. */
public final class Broker {
  private final BrokerHttp http;

  /**
   * @param url of the simulator
   */
  public Broker(String url) {
    http = new BrokerHttp(url);
  }

  /** Where it answers. */
  public String url() {
    return http.url();
  }

  /** A barrier at which requests wait. */
  public final class Barrier {
    private final int id;

    private Barrier(int id) {
      this.id = id;
    }

    public boolean isReached() throws IOException {
      return http.get("/admin/faults/" + id).path("waiting").asInt() > 0;
    }

    /** Lets the waiting request go on, or drops it without effect. */
    public void release(boolean drop) throws IOException {
      http.post("/admin/faults/" + id + "/release", Map.of("drop", drop));
    }
  }

  /** The next such request waits, before its effect or with its answer withheld. */
  public Barrier barrier(String kind, String method, String path) throws IOException {
    JsonNode fault =
        http.post(
            "/admin/faults", Map.of("kind", kind, "method", method, "path", path, "times", 1));
    return new Barrier(fault.path("id").asInt());
  }

  /** The next such requests fail. */
  public void fails(String kind, String method, String path, int status, int times)
      throws IOException {
    http.post(
        "/admin/faults",
        Map.of("kind", kind, "method", method, "path", path, "status", status, "times", times));
  }

  /** Sets a fault of streams, as the simulator's README describes; returns its id. */
  public int disturbsStreams(Map<String, Object> fault) throws IOException {
    return http.post("/admin/stream-faults", fault).path("id").asInt();
  }

  /** Ends a fault of streams. */
  public void undisturbsStreams(int id) throws IOException {
    http.delete("/admin/stream-faults/" + id);
  }

  /** How many clients are authenticated at a stream, such as {@code /v2/iex}. */
  public int connectionsOf(String stream) throws IOException {
    return http.get("/admin/streams").path("connections").path(stream).asInt();
  }

  /** Splits a share in all accounts. */
  public void splits(String symbol, int now, int old) throws IOException {
    http.post("/admin/splits", Map.of("symbol", symbol, "new", "" + now, "old", "" + old));
  }

  /** A share gets another symbol, in every account. */
  public void renames(String symbol, String to) throws IOException {
    http.post("/admin/renames", Map.of("symbol", symbol, "to", to));
  }

  /** The buyers of short contracts exercise. */
  public void assigns(String account, String symbol, int quantity) throws IOException {
    http.post(
        "/admin/accounts/" + account + "/assignments",
        Map.of("symbol", symbol, "qty", "" + quantity));
  }

  /** Moves exchange time on. */
  public void advance(Duration time) throws IOException {
    http.post("/admin/clock", Map.of("advanceSeconds", time.toSeconds()));
  }

  /** Requests that reached the broker after the one of a number, oldest first. */
  public List<JsonNode> requestsAfter(long sequence) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    Optional<Long> after = Optional.of(sequence);
    while (after.isPresent()) {
      JsonNode page = http.get("/admin/requests?limit=10000&after=" + after.get());
      page.path("requests").forEach(all::add);
      after = Optional.of(page.path("next")).filter(JsonNode::isNumber).map(JsonNode::asLong);
    }
    return all;
  }

  /** Minute bars of a share since today's open, as an account of a desk reads them. */
  public JsonNode bars(String account, String symbol) throws IOException {
    return http.getAs(account, "/v2/stocks/bars?timeframe=1Min&symbols=" + symbol)
        .path("bars")
        .path(symbol);
  }

  /** What the account is worth, as the broker tells it. */
  public JsonNode account(String account) throws IOException {
    return http.getAs(account, "/v2/account");
  }

  public void priceIs(String symbol, String price) throws IOException {
    priceIs(symbol, price, later());
  }

  /** The same with the moment that the exchange gives the quote. */
  public void priceIs(String symbol, String price, Instant at) throws IOException {
    http.post(
        "/admin/quotes", Map.of("symbol", symbol, "bid", price, "ask", price, "at", at.toString()));
  }

  /**
   * All at one moment, told to streams as one batch.
   *
   * @return the moment, exchange time, by the clock of orders' {@code submitted_at}
   */
  public Instant pricesAre(Map<String, String> prices) throws IOException {
    return pins(
        prices.entrySet().stream()
            .map(it -> Map.of("symbol", it.getKey(), "bid", it.getValue(), "ask", it.getValue()))
            .toList());
  }

  /** Symbols follow their own prices again. */
  public void pricesAreFree(Collection<String> symbols) throws IOException {
    pins(symbols.stream().map(it -> Map.of("symbol", it, "unpin", true)).toList());
  }

  private Instant pins(List<? extends Map<String, ?>> quotes) throws IOException {
    return Instant.parse(http.post("/admin/quotes", Map.of("quotes", quotes)).path("at").asText());
  }

  /** Every order that an account ever had, or that it had in a symbol. */
  public List<JsonNode> ordersOf(String account, Optional<String> symbol) throws IOException {
    return http.get(
            "/admin/orders?account="
                + account
                + symbol.map(it -> "&symbol=" + it.replace("/", "%2F")).orElse(""))
        .valueStream()
        .toList();
  }

  /** How many requests there ever were, by account. */
  public Map<String, Integer> requestCounts() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    http.get("/admin/requests/counts")
        .forEach(
            it ->
                counts.merge(it.path("account").asText(), it.path("count").asInt(), Integer::sum));
    return counts;
  }

  /** How fast exchange time runs from now on: exchange seconds in a real one. */
  public void runsAt(double speed) throws IOException {
    http.post("/admin/clock", Map.of("speed", speed));
  }

  /** Sets a fault of requests, as the simulator's README describes; returns its id. */
  public int disturbsRequests(Map<String, Object> fault) throws IOException {
    return http.post("/admin/faults", fault).path("id").asInt();
  }

  /**
   * Answers 503 to every question for an account, until it is undisturbed.
   *
   * @return the fault's id
   */
  public int saysNothingOfAccounts() throws IOException {
    return disturbsRequests(
        Map.of(
            "kind", "status-before",
            "method", "GET",
            "path", "/v2/account",
            "status", 503,
            "times", 1_000));
  }

  /** Ends a fault of requests. */
  public void undisturbsRequests(int id) throws IOException {
    http.delete("/admin/faults/" + id);
  }

  /** A pinned price does not age within a test. */
  private Instant later() throws IOException {
    return now().plusSeconds(4);
  }

  public void holdFills(String account, boolean hold) throws IOException {
    http.post("/admin/accounts/" + account + "/hold-fills", Map.of("hold", hold));
  }

  /** A dispatcher or a person buys at the broker; returns the order's id. */
  public String buys(String account, String symbol, int quantity) throws IOException {
    return orders(account, symbol, "buy", quantity);
  }

  /** A person sells at the broker. */
  public String sells(String account, String symbol, int quantity) throws IOException {
    return orders(account, symbol, "sell", quantity);
  }

  private String orders(String account, String symbol, String side, int quantity)
      throws IOException {
    return http.post(
            "/admin/orders",
            Map.of(
                "account",
                account,
                "symbol",
                symbol,
                "qty",
                "" + quantity,
                "side",
                side,
                "type",
                "market",
                "time_in_force",
                "day"))
        .path("id")
        .asText();
  }

  /** Any order, as a dispatcher or a person would place it. */
  public JsonNode places(Map<String, Object> order) throws IOException {
    return http.post("/admin/orders", order);
  }

  public Instant now() throws IOException {
    return Instant.parse(state().path("clock").path("now").asText());
  }

  /** Quantity held, as text; 0 where nothing is. */
  public String held(String account, String symbol) throws IOException {
    return state().path("accounts").path(account).path("positions").path(symbol).asText("0");
  }

  /** Exit orders of a position at the broker. */
  public List<JsonNode> exitsOf(PositionId id) throws IOException {
    return StreamSupport.stream(
            state().path("accounts").path(id.account().value()).path("orders").spliterator(), false)
        .filter(
            order ->
                ClientOrderId.ifOurs(order.path("client_order_id").asText())
                    .filter(it -> it.belongsTo(id))
                    .isPresent())
        .toList();
  }

  public JsonNode state() throws IOException {
    return http.get("/admin/state");
  }
}
