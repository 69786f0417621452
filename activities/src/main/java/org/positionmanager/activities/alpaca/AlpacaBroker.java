package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.positionmanager.activities.broker.AccountActivity;
import org.positionmanager.activities.broker.AccountFunds;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.BrokerAccount;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.CancelResult;
import org.positionmanager.activities.broker.Fill;
import org.positionmanager.activities.broker.HoldingValue;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.instrument.Instrument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Alpaca account. Facts about requests and answers: Alpaca's OpenAPI description, v2. What is
 * neither a stock nor a contract, such as the rights that a merger leaves behind, is left out of
 * lists: no position is about it, and it must not keep the others from being read.
 */
final class AlpacaBroker implements Broker {
  private static final int TOO_MANY = 429;
  private static final int PAGE = 500;
  private static final int ACTIVITY_PAGE = 100;

  private static final Logger log = LoggerFactory.getLogger(AlpacaBroker.class);

  private final AccountName account;
  private final AlpacaHttp http;
  private final Set<String> leftOut;

  AlpacaBroker(AccountName account, AlpacaHttp http) {
    this(account, http, ConcurrentHashMap.newKeySet());
  }

  private AlpacaBroker(AccountName account, AlpacaHttp http, Set<String> leftOut) {
    this.account = account;
    this.http = http;
    this.leftOut = leftOut;
  }

  @Override
  public AccountName name() {
    return account;
  }

  @Override
  public Broker forExits() {
    return new AlpacaBroker(account, http.forExits(), leftOut);
  }

  private boolean isKnownKind(JsonNode node) {
    Optional<String> foreign = AlpacaJson.foreignSymbol(node);
    if (foreign.isPresent() && leftOut.add(foreign.get())) {
      log.warn("account {}: {} is neither a stock nor a contract", account, foreign.get());
    }
    return foreign.isEmpty();
  }

  @Override
  public BrokerAccount account() {
    JsonNode node = http.read("account", http.tradingUrl("account").build());
    return AlpacaJson.reading(
        "account",
        () ->
            new BrokerAccount(
                AlpacaJson.text(node, "account_number"),
                AlpacaJson.text(node, "status"),
                node.path("trading_blocked").asBoolean()
                    || node.path("account_blocked").asBoolean()));
  }

  @Override
  public AccountFunds funds() {
    return AlpacaJson.funds(http.read("account", http.tradingUrl("account").build()));
  }

  @Override
  public List<Holding> holdings() {
    return positions(AlpacaJson::holding);
  }

  @Override
  public List<HoldingValue> values() {
    return positions(AlpacaJson::holdingValue);
  }

  private <T> List<T> positions(Function<JsonNode, T> read) {
    List<T> positions = new ArrayList<>();
    JsonNode list = http.read("positions", http.tradingUrl("positions").build());
    for (JsonNode node : AlpacaJson.array("positions", list)) {
      if (isKnownKind(node)) {
        positions.add(read.apply(node));
      }
    }
    return List.copyOf(positions);
  }

  @Override
  public List<OrderView> openOrders() {
    return listOrders("open", Optional.empty(), Optional.empty()).stream()
        .filter(order -> !order.isTerminal())
        .toList();
  }

  @Override
  public List<OrderView> ordersSubmittedAfter(Instant after, Optional<Instrument> only) {
    return listOrders("all", Optional.of(after), only).stream()
        .filter(order -> only.isEmpty() || order.instrument().equals(only.get()))
        .toList();
  }

  /** Pages by submission time; pages overlap by a nanosecond so that equal times lose nothing. */
  private List<OrderView> listOrders(
      String status, Optional<Instant> after, Optional<Instrument> only) {
    Map<BrokerOrderId, OrderView> found = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    Optional<Instant> from = after;
    while (true) {
      HttpUrl.Builder url =
          http.tradingUrl("orders")
              .addQueryParameter("status", status)
              .addQueryParameter("limit", Integer.toString(PAGE))
              .addQueryParameter("direction", "asc")
              .addQueryParameter("nested", "false");
      from.ifPresent(moment -> url.addQueryParameter("after", moment.toString()));
      only.ifPresent(instrument -> url.addQueryParameter("symbols", instrument.symbol()));
      JsonNode list = http.read("orders", url.build());
      AlpacaJson.singleOrders(list).stream()
          .filter(this::isKnownKind)
          .map(AlpacaJson::order)
          .forEach(order -> found.put(order.id(), order));
      if (list.size() < PAGE) {
        return List.copyOf(found.values());
      }
      int before = seen.size();
      list.forEach(node -> seen.add(node.path("id").asText()));
      if (seen.size() == before) {
        throw new BrokerException(
            BrokerException.Kind.UNREADABLE, "orders: more share one moment than a page holds");
      }
      JsonNode last = list.get(list.size() - 1);
      Instant submitted = AlpacaJson.reading("order", () -> AlpacaJson.submittedAt(last));
      from = Optional.of(submitted.minusNanos(1));
    }
  }

  @Override
  public Optional<OrderView> orderByClientId(ClientOrderId id) {
    HttpUrl url =
        http.tradingUrl("orders:by_client_order_id")
            .addQueryParameter("client_order_id", id.toString())
            .build();
    Optional<OrderView> order = found("order_by_client_id", http.get("order_by_client_id", url));
    // Another's order taken for this one would leave a position without its exit.
    if (order.isPresent() && !order.get().clientOrderId().equals(id.toString())) {
      throw new BrokerException(
          BrokerException.Kind.UNREADABLE,
          "order_by_client_id: asked for " + id + ", got " + order.get().clientOrderId());
    }
    return order;
  }

  @Override
  public Optional<OrderView> order(BrokerOrderId id) {
    return found("order", http.get("order", http.tradingUrl("orders/" + id).build()));
  }

  /** Only Alpaca's own "not found" is an empty answer; a 404 of anything in between is not. */
  private static Optional<OrderView> found(String route, Answer answer) {
    if (answer.status() == 404 && answer.code() == 40410000) {
      return Optional.empty();
    }
    return Optional.of(AlpacaJson.order(AlpacaHttp.readable(route, answer)));
  }

  @Override
  public Optional<SubmitOutcome> submit(ExitOrder order, BooleanSupplier stillWanted) {
    try {
      HttpUrl url = http.tradingUrl("orders").build();
      return http.post("submit", url, OrderRequests.json(order), stillWanted)
          .map(
              answer ->
                  SubmitOutcomes.of(
                      answer, order.clientOrderId(), () -> orderByClientId(order.clientOrderId())));
    } catch (BrokerException e) {
      // a 429 is an answer: what is thrown as one never left the queue of requests
      return Optional.of(
          e.kind() == BrokerException.Kind.RATE_LIMITED
              ? new SubmitOutcome.Refused(
                  new Refusal(
                      Refusal.Kind.RATE_LIMITED, TOO_MANY, 0, "not sent: " + e.getMessage()))
              : new SubmitOutcome.Unknown(e.getMessage()));
    }
  }

  @Override
  public CancelResult cancel(BrokerOrderId id) {
    Answer answer = http.delete("cancel", http.tradingUrl("orders/" + id).build());
    if (answer.isSuccess()) {
      return new CancelResult.Requested();
    }
    if (answer.status() == 422) {
      return new CancelResult.TooLate(answer.message());
    }
    if (answer.status() == 404 && answer.code() == 40410000) {
      return new CancelResult.NotFound();
    }
    throw AlpacaHttp.failure("cancel", answer);
  }

  @Override
  public List<Fill> fillsAfter(Instant after) {
    return activities("FILL", after).stream()
        .filter(this::isKnownKind)
        .map(AlpacaJson::fill)
        .toList();
  }

  @Override
  public List<AccountActivity> activitiesAfter(Set<String> types, Instant after) {
    return activities(String.join(",", types), after).stream().map(AlpacaJson::activity).toList();
  }

  private List<JsonNode> activities(String types, Instant after) {
    List<JsonNode> all = new ArrayList<>();
    Optional<String> token = Optional.empty();
    while (true) {
      HttpUrl.Builder url =
          http.tradingUrl("account/activities")
              .addQueryParameter("activity_types", types)
              .addQueryParameter("after", after.toString())
              .addQueryParameter("direction", "asc")
              .addQueryParameter("page_size", Integer.toString(ACTIVITY_PAGE));
      token.ifPresent(id -> url.addQueryParameter("page_token", id));
      JsonNode page = AlpacaJson.array("activities", http.read("activities", url.build()));
      page.forEach(all::add);
      if (page.size() < ACTIVITY_PAGE) {
        return all;
      }
      String last = page.get(page.size() - 1).path("id").asText("");
      if (token.isPresent() && token.get().equals(last)) {
        throw new BrokerException(
            BrokerException.Kind.UNREADABLE, "activities: paging stands still");
      }
      token = Optional.of(last);
    }
  }
}
