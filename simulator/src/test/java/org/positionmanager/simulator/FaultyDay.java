package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A client's day at a real server where anything may go wrong with any request. It knows of each
 * order only what it was answered, and asks again under the same id where it was not answered.
 */
final class FaultyDay implements AutoCloseable {
  private static final List<String> SYMBOLS = List.of("DE", "WMT", "PENNY", Scenarios.PUT);
  private static final List<String> WITHOUT_EFFECT =
      List.of("status-before", "timeout-before", "html-504-before", "rate-limit");
  private static final List<String> AFTER_THE_EFFECT =
      List.of("status-after", "timeout-after", "html-504", "cut-after", "cut-middle");
  private static final List<String> OTHERS =
      List.of("delay", "unknown-enum", "positions-lag", "locked");
  private static final int PAGE = 100;
  private static final int MOST_TRIES = 5;

  private final SimulatorServer server =
      SimulatorServer.start(Scenarios.standing(), "127.0.0.1", 0);
  private final Client client = new Client(server.url(), "large");

  /** Every client order id that was sent, and the ids that answers gave. */
  private final Set<String> sent = new LinkedHashSet<>();

  private final Map<String, String> answered = new TreeMap<>();

  /** Ids that were only sent where a fault let them have no effect. */
  private final Set<String> withoutEffect = new LinkedHashSet<>();

  /** Does one thing, in front of which a fault may be set. */
  void play(RandomDay.Act act) throws Exception {
    switch (act.kind() % 10) {
      case 0, 1, 2, 3 -> order(act);
      case 4 -> unreliably(act, () -> client.delete("/v2/orders/" + some(act)));
      case 5 ->
          unreliably(
              act,
              () -> client.patch("/v2/orders/" + some(act), "{'qty':'" + (1 + act.c() % 5) + "'}"));
      case 6 -> unreliably(act, () -> client.delete("/v2/positions/" + symbol(act)));
      case 7 -> client.post("/admin/clock", "{'advanceSeconds':" + act.c() % 90 + "}");
      case 8 -> move(act);
      default -> unreliably(act, () -> client.delete("/v2/orders"));
    }
  }

  private static String symbol(RandomDay.Act act) {
    return SYMBOLS.get(act.a() % SYMBOLS.size());
  }

  private String some(RandomDay.Act act) {
    List<String> ids = List.copyOf(answered.values());
    return ids.isEmpty() ? "none" : ids.get(act.c() % ids.size());
  }

  private void move(RandomDay.Act act) throws Exception {
    int bid = 1 + act.c() % 600;
    client.post(
        "/admin/quotes",
        "{'symbol':'%s','bid':'%d','ask':'%d.05'}".formatted(symbol(act), bid, bid));
  }

  private interface Sending {
    Client.Reply send() throws Exception;
  }

  /** Sends something to which a fault may happen; the fault, or none. */
  private String unreliably(RandomDay.Act act, Sending sending) throws Exception {
    String fault = fault(act);
    try {
      sending.send();
    } catch (IOException noAnswer) {
      // the client does not know what became of it
    }
    return fault;
  }

  private String fault(RandomDay.Act act) throws Exception {
    List<String> all = new ArrayList<>(WITHOUT_EFFECT);
    all.addAll(AFTER_THE_EFFECT);
    all.addAll(OTHERS);
    if (act.b() % 3 == 0) {
      return "";
    }
    String kind = all.get(act.b() / 3 % all.size());
    client.post(
        "/admin/faults",
        "{'kind':'%s','account':'large','path':'/v2/.*','millis':1,'times':1}".formatted(kind));
    return kind;
  }

  private void order(RandomDay.Act act) throws Exception {
    // now and then an id that was taken already
    String id = "id-" + (act.c() % 7 == 0 && !sent.isEmpty() ? "0" : "" + sent.size());
    String body =
        "{'symbol':'%s','side':'%s','qty':'%d','time_in_force':'gtc','client_order_id':'%s',%s}"
            .formatted(
                symbol(act),
                act.c() % 2 == 0 ? "buy" : "sell",
                1 + act.c() % 9,
                id,
                act.a() % 3 == 0
                    ? "'type':'market'"
                    : "'type':'limit','limit_price':'" + (1 + act.c() % 700) + "'");
    boolean isNew = sent.add(id);
    String fault = unreliably(act, () -> note(id, client.post("/v2/orders", body)));
    if (isNew && WITHOUT_EFFECT.contains(fault)) {
      withoutEffect.add(id);
    } else if (!WITHOUT_EFFECT.contains(fault)) {
      withoutEffect.remove(id);
    }
    if (AFTER_THE_EFFECT.contains(fault)) {
      // as a careful client does: the same again, which must not become a second order
      again(() -> note(id, client.post("/v2/orders", body)));
    }
  }

  /** Faults that found nothing to strike yet may strike this too. */
  private static void again(Sending sending) throws Exception {
    for (int i = 0; i < MOST_TRIES; i++) {
      try {
        sending.send();
        return;
      } catch (IOException noAnswer) {
        // and once more
      }
    }
  }

  private Client.Reply note(String id, Client.Reply reply) {
    if (reply.status() == 200) {
      answered.putIfAbsent(id, reply.body().path("id").asText());
    }
    return reply;
  }

  /** Ends what is still set, so that what is read now is true. */
  void endFaults() throws Exception {
    for (JsonNode fault : client.get("/admin/faults").body()) {
      client.delete("/admin/faults/" + fault.path("id").asInt());
    }
  }

  Map<String, String> answered() {
    return answered;
  }

  Set<String> withoutEffect() {
    return withoutEffect;
  }

  Client client() {
    return client;
  }

  /** Every order that there ever was. */
  List<JsonNode> orders() throws Exception {
    return client
        .get("/v2/orders?status=all&limit=500&direction=asc")
        .body()
        .valueStream()
        .toList();
  }

  /** Every fill, from all pages. */
  List<JsonNode> fills() throws Exception {
    List<JsonNode> all = new ArrayList<>();
    String token = "";
    while (true) {
      JsonNode page =
          client.get("/v2/account/activities/FILL?direction=asc&page_size=" + PAGE + token).body();
      page.forEach(all::add);
      if (page.size() < PAGE) {
        return all;
      }
      token = "&page_token=" + page.get(PAGE - 1).path("id").asText();
    }
  }

  BigDecimal cash() throws Exception {
    return new BigDecimal(client.get("/v2/account").body().path("cash").asText());
  }

  List<JsonNode> positions() throws Exception {
    return client.get("/v2/positions").body().valueStream().toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
