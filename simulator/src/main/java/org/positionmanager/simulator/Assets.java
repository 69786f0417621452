package org.positionmanager.simulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What can be traded: every symbol with a price, and the shares that options are on. */
final class Assets {
  private final Quotes quotes;

  Assets(Quotes quotes) {
    this.quotes = quotes;
  }

  /** The same id for the same symbol, at every exchange and in every life. */
  static String id(String symbol) {
    return UUID.nameUUIDFromBytes(symbol.getBytes(StandardCharsets.UTF_8)).toString();
  }

  static String exchange(String symbol) {
    return Symbols.isOption(symbol) ? "" : "NYSE";
  }

  static String assetClass(String symbol) {
    return Symbols.isOption(symbol) ? "us_option" : "us_equity";
  }

  /** The symbol that a symbol or an id means; empty where there is none. */
  Optional<String> symbol(String symbolOrId) {
    // asked for every order, nearly always by a symbol that has a price
    if (quotes.knows(symbolOrId)) {
      return Optional.of(symbolOrId);
    }
    return Stream.concat(equities().stream(), options().stream())
        .filter(symbol -> symbol.equals(symbolOrId) || id(symbol).equals(symbolOrId))
        .findFirst();
  }

  /** Options with a price, by symbol. */
  List<String> options() {
    return symbols().filter(symbol -> OptionSymbol.of(symbol).isPresent()).sorted().toList();
  }

  /** Shares with a price or an option, by symbol. */
  List<String> equities() {
    TreeSet<String> all = new TreeSet<>();
    symbols()
        .map(symbol -> OptionSymbol.of(symbol).map(OptionSymbol::root).orElse(symbol))
        .forEach(all::add);
    return List.copyOf(all);
  }

  private Stream<String> symbols() {
    return StreamSupport.stream(quotes.symbols().spliterator(), false);
  }

  /** An equity as clients see it. */
  Map<String, Object> view(String symbol) {
    boolean hasOptions =
        options().stream()
            .flatMap(option -> OptionSymbol.of(option).stream())
            .anyMatch(option -> option.root().equals(symbol));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", id(symbol));
    view.put("class", "us_equity");
    view.put("exchange", "NYSE");
    view.put("symbol", symbol);
    view.put("name", symbol + " Common Stock");
    view.put("status", "active");
    view.put("tradable", true);
    view.put("marginable", true);
    view.put("maintenance_margin_requirement", 30);
    view.put("margin_requirement_long", "30");
    view.put("margin_requirement_short", "100");
    view.put("shortable", true);
    view.put("easy_to_borrow", true);
    view.put("borrow_status", "easy_to_borrow");
    view.put("fractionable", true);
    view.put("attributes", hasOptions ? List.of("has_options") : List.of());
    return view;
  }
}
