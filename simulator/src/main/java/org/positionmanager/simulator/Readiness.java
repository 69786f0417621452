package org.positionmanager.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is said at the start, once the exchange can be used. */
record Readiness(String host, int port, Scenario scenario) {
  private String url(String scheme) {
    return scheme + "://" + host + ":" + port;
  }

  /** Everything in one line of JSON. */
  String json() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("ready", true);
    line.put("trading", url("http"));
    line.put("data", url("http"));
    line.put("stream", url("ws"));
    line.put(
        "accounts",
        scenario.accounts().stream()
            .map(
                account -> {
                  Map<String, String> view = new LinkedHashMap<>();
                  view.put("name", account.name());
                  view.put("key", account.key());
                  view.put("secret", account.secret());
                  return view;
                })
            .toList());
    line.put("stock_symbols", symbols(false));
    line.put("option_symbols", symbols(true));
    try {
      return new ObjectMapper().writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> symbols(boolean options) {
    return scenario.prices().stream()
        .map(Scenario.Path::symbol)
        .filter(symbol -> Symbols.isOption(symbol) == options)
        .toList();
  }

  /** The line that programs wait for. */
  String listening() {
    return "simulator listening on " + url("http");
  }

  /** For people; {@code withKeys} where nobody but this process knows them. */
  List<String> lines(boolean withKeys) {
    List<String> lines = new java.util.ArrayList<>();
    for (Scenario.AccountSeed account : scenario.accounts()) {
      lines.add(
          "account %s $%s%s"
              .formatted(
                  account.name(),
                  account.cash().toPlainString(),
                  withKeys ? " key %s secret %s".formatted(account.key(), account.secret()) : ""));
    }
    lines.add("symbols " + String.join(" ", symbols(false)));
    symbols(true).stream()
        .findFirst()
        .ifPresent(
            first ->
                lines.add("options %d, for instance %s".formatted(symbols(true).size(), first)));
    lines.add("ready trading %s data %s stream %s".formatted(url("http"), url("http"), url("ws")));
    return lines;
  }
}
