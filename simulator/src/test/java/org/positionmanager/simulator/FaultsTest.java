package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong on request, and that it is told afterwards. */
@Timeout(60)
class FaultsTest extends Steered {
  private static final long PATIENCE_SECONDS = 10;

  private int fault(String fault) throws Exception {
    Client.Reply reply = large.post("/admin/faults", "{" + fault + "}");
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    return reply.body().path("id").asInt();
  }

  private int orders() throws Exception {
    return large.get("/admin/state").body().path("accounts").path("large").path("orders").size();
  }

  @Test
  @DisplayName("a time-out before the effect has none, one after it has")
  void timesOut() throws Exception {
    fault("'kind':'timeout-before','method':'POST','millis':1");
    assertThatThrownBy(() -> order(large, "DE", "buy", "1", "")).isInstanceOf(IOException.class);
    assertThat(orders()).isZero();
    fault("'kind':'timeout-after','method':'POST','millis':1");
    assertThatThrownBy(() -> order(large, "DE", "buy", "1", "")).isInstanceOf(IOException.class);
    assertThat(orders()).isOne();
  }

  @Test
  @DisplayName("a connection cut in the middle of a reply leaves half of it, the effect is done")
  void cutsInTheMiddle() throws Exception {
    fault("'kind':'cut-middle','method':'POST'");
    assertThatThrownBy(() -> order(large, "DE", "buy", "1", "")).isInstanceOf(IOException.class);
    assertThat(orders()).isOne();
  }

  @Test
  @DisplayName("a connection cut after the effect leaves an order without an answer")
  void cutsAfter() throws Exception {
    fault("'kind':'cut-after','method':'POST'");
    assertThatThrownBy(() -> order(large, "DE", "buy", "1", "")).isInstanceOf(IOException.class);
    assertThat(orders()).isOne();
  }

  @Test
  @DisplayName("a request waits at a barrier before its effect or with its answer, until released")
  void waitsAtBarriers() throws Exception {
    int before = fault("'kind':'barrier-before','method':'POST','path':'/v2/orders'");
    CompletableFuture<Integer> first = ordering();
    awaitWaiting(before);
    assertThat(orders()).isZero();
    large.post("/admin/faults/" + before + "/release", "");
    assertThat(first.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(200);
    int after = fault("'kind':'barrier-after','method':'POST','path':'/v2/orders'");
    CompletableFuture<Integer> second = ordering();
    awaitWaiting(after);
    assertThat(orders()).isEqualTo(2);
    assertThat(second).isNotDone();
    large.post("/admin/faults/" + after + "/release", "{'drop':true}");
    assertThat(second.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(503);
  }

  private CompletableFuture<Integer> ordering() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return order(large, "DE", "buy", "1", "").status();
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        });
  }

  private void awaitWaiting(int fault) throws Exception {
    while (large.get("/admin/faults/" + fault).body().path("waiting").asInt() == 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  @DisplayName("a gateway's page comes instead of an answer, before or after the effect")
  void answersAsGateway() throws Exception {
    fault("'kind':'html-504-before','method':'POST'");
    Client.Reply before = order(large, "DE", "buy", "1", "");
    assertThat(before.status()).isEqualTo(504);
    assertThat(before.raw().body()).startsWith("<html>");
    assertThat(orders()).isZero();
    fault("'kind':'html-504','method':'POST'");
    assertThat(order(large, "DE", "buy", "1", "").status()).isEqualTo(504);
    assertThat(orders()).isOne();
  }

  @Test
  @DisplayName("a 429 on request tells until when, in headers")
  void limitsOnRequest() throws Exception {
    fault("'kind':'rate-limit','path':'/v2/account'");
    Client.Reply reply = large.get("/v2/account");
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.raw().headers().firstValue("X-Ratelimit-Remaining")).contains("0");
    assertThat(reply.raw().headers().firstValue("X-Ratelimit-Reset")).isPresent();
    assertThat(large.get("/v2/account").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("a false status after the effect hides an order that was taken")
  void hidesTheEffect() throws Exception {
    fault("'kind':'status-after','method':'POST','path':'/v2/orders','status':500");
    Client.Reply reply = order(large, "DE", "buy", "1", "");
    assertRefused(reply, 500, 50010000, "");
    assertThat(orders()).isOne();
  }

  @Test
  @DisplayName("positions lag behind orders by so many seconds of exchange time, until told not to")
  void lags() throws Exception {
    int id = fault("'kind':'positions-lag','path':'/v2/positions.*','millis':10000");
    taken(large, "DE", "buy", "1", "");
    assertThat(large.get("/v2/positions").body()).isEmpty();
    assertThat(large.get("/v2/positions/DE").status()).isEqualTo(404);
    pass(10);
    assertThat(large.get("/v2/positions").body()).hasSize(1);
    taken(large, "DE", "sell", "1", "");
    assertThat(large.get("/v2/positions/DE").body().path("qty").asText()).isEqualTo("1");
    assertThat(large.delete("/admin/faults/" + id).status()).isEqualTo(200);
    assertThat(large.get("/v2/positions").body()).isEmpty();
  }

  @Test
  @DisplayName("a field of an answer has a value that no specification knows")
  void unknownValues() throws Exception {
    fault("'kind':'unknown-enum','method':'POST','field':'status'");
    assertThat(order(large, "DE", "buy", "1", "").body().path("status").asText())
        .isEqualTo("simulated_unknown");
  }

  @Test
  @DisplayName("a locked account's orders, changes and closings are refused until the fault ends")
  void locks() throws Exception {
    JsonNode held = taken(large, "DE", "buy", "2", "");
    JsonNode resting = taken(large, "DE", "buy", "1", limit("1"));
    int id = fault("'kind':'locked','account':'large'");
    assertRefused(order(large, "DE", "buy", "1", ""), 403, 40310000, "restricted from trading");
    assertRefused(
        large.patch("/v2/orders/" + resting.path("id").asText(), "{'limit_price':'2'}"),
        403,
        40310000,
        "restricted from trading");
    assertThat(large.delete("/v2/positions/DE").status()).isEqualTo(403);
    assertThat(large.get("/v2/account").body().path("trading_blocked").asBoolean()).isTrue();
    assertThat(tiny.get("/v2/account").body().path("trading_blocked").asBoolean()).isFalse();
    assertThat(order(tiny, "PENNY", "buy", "1", "").status()).isEqualTo(200);
    assertThat(large.delete("/v2/orders/" + resting.path("id").asText()).status())
        .as("a cancel is always taken")
        .isEqualTo(204);
    assertThat(large.get("/admin/faults/strikes").body().findValuesAsText("method"))
        .as("what was refused, not who looked")
        .containsExactly("POST", "PATCH", "DELETE");
    large.delete("/admin/faults/" + id);
    assertThat(large.get("/v2/account").body().path("trading_blocked").asBoolean()).isFalse();
    assertThat(large.delete("/v2/positions/DE").body().path("symbol").asText())
        .isEqualTo(held.path("symbol").asText());
  }

  @Test
  @DisplayName("a lock by chance refuses so many orders at most, the same for the same seed")
  void locksByChance() throws Exception {
    List<Integer> first = lockedByChance();
    stop();
    start();
    assertThat(lockedByChance()).isEqualTo(first).contains(200);
    assertThat(first.stream().filter(it -> it == 403)).hasSize(3);
  }

  private List<Integer> lockedByChance() throws Exception {
    fault("'kind':'locked','account':'large','times':3,'probability':0.5");
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      statuses.add(order(large, "DE", "buy", "1", "").status());
    }
    return statuses;
  }

  @Test
  @DisplayName("a delayed request has its effect and its answer after the delay")
  void delays() throws Exception {
    fault("'kind':'delay','path':'/v2/clock','millis':30");
    long before = System.nanoTime();
    assertThat(large.get("/v2/clock").status()).isEqualTo(200);
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(30_000_000);
  }

  @Test
  @DisplayName("faults by chance strike the same requests for the same seed, and each is logged")
  void seeded() throws Exception {
    List<Integer> first = chances();
    stop();
    start();
    assertThat(chances()).isEqualTo(first).contains(200, 503);
  }

  private List<Integer> chances() throws Exception {
    fault("'kind':'status-before','path':'/v2/clock','status':503,'times':99,'probability':0.5");
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      statuses.add(large.get("/v2/clock").status());
    }
    JsonNode strikes = large.get("/admin/faults/strikes").body();
    assertThat(strikes).hasSize((int) statuses.stream().filter(it -> it == 503).count());
    assertThat(strikes.get(0).path("path").asText()).isEqualTo("/v2/clock");
    return statuses;
  }

  @Test
  @DisplayName("a kind, a path or a setting that makes no sense is refused in words")
  void refusesNonsense() throws Exception {
    assertRefused(large.post("/admin/faults", "{'kind':'odd'}"), 400, 0, "kind is unknown");
    assertRefused(
        large.post("/admin/faults", "{'kind':'delay','path':'('}"), 400, 0, "regular expression");
    assertRefused(large.post("/admin/accounts/large/settings", "{'odd':1}"), 400, 0, "odd");
    assertRefused(
        large.post("/admin/accounts/large/settings", "{'multiplier':3}"), 400, 0, "multiplier");
    assertRefused(large.post("/admin/faults", "{"), 400, 0, "cannot be read");
    assertRefused(large.post("/admin/clock", "{'now':'soon'}"), 400, 0, "cannot be read: Text");
    assertRefused(
        large.post("/admin/quotes", "{'symbol':'DE','bid':'x','ask':'1'}"), 400, 0, "cannot be");
  }
}
