package org.positionmanager.simulator;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the letters in market data mean: those that this exchange gives, and the commonest others
 * (DOC: CTA, UTP and OPRA specifications).
 */
final class MarketMeta {
  private static final Map<String, String> EXCHANGES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("A", "NYSE American (AMEX)"),
              Map.entry("B", "NASDAQ OMX BX"),
              Map.entry("C", "National Stock Exchange"),
              Map.entry("D", "FINRA ADF"),
              Map.entry("H", "MIAX"),
              Map.entry("J", "Cboe EDGA"),
              Map.entry("K", "Cboe EDGX"),
              Map.entry("L", "Long Term Stock Exchange"),
              Map.entry("M", "Chicago Stock Exchange"),
              Map.entry("N", "New York Stock Exchange"),
              Map.entry("P", "NYSE Arca"),
              Map.entry("Q", "NASDAQ OMX"),
              Map.entry("U", "Members Exchange"),
              Map.entry("V", "IEX"),
              Map.entry("X", "NASDAQ OMX PSX"),
              Map.entry("Y", "Cboe BYX"),
              Map.entry("Z", "Cboe BZX")));
  private static final Map<String, String> TRADES =
      new TreeMap<>(
          Map.of(
              "@", "Regular Sale",
              " ", "Regular Sale",
              "F", "Intermarket Sweep",
              "I", "Odd Lot Trade",
              "O", "Opening Prints",
              "T", "Form T"));
  private static final Map<String, String> QUOTES =
      new TreeMap<>(
          Map.of(
              "R", "Regular Market Maker Open",
              "A", "Slow Quote Offer Side",
              "B", "Slow Quote Bid Side",
              "H", "Slow Quote Bid And Offer Side"));
  private static final Map<String, String> OPTION_EXCHANGES =
      new TreeMap<>(
          Map.of(
              "A", "NYSE American Options",
              "B", "BOX",
              "C", "CBOE",
              "I", "ISE",
              "N", "NYSE Arca Options",
              "Q", "Nasdaq Options",
              "X", "Nasdaq PHLX"));
  private static final Map<String, String> OPTION_TRADES =
      new TreeMap<>(
          Map.of(
              "I", "AUTO - Electronic Trade",
              "a", "SLAN - Single Leg Auction Non ISO",
              "e", "SLFT - Single Leg Floor Trade",
              "g", "MLAT - Multi Leg Auction"));
  private static final Map<String, String> OPTION_QUOTES =
      new TreeMap<>(
          Map.of(
              "A", "Eligible For Automatic Execution",
              "B", "Bid Contains Customer Trading Interest",
              "C", "Offer Contains Customer Trading Interest",
              "F", "Fast Market"));

  Object exchanges(Account account, Context request) {
    return EXCHANGES;
  }

  /** Of trades or quotes; the tape must be there, though both tapes' letters are the same here. */
  Object conditions(Account account, Context request) {
    String tape =
        new DataQuery(request)
            .text("tape")
            .orElseThrow(() -> DataQuery.refusal("tape is required"));
    if (!List.of("A", "B", "C").contains(tape)) {
      throw DataQuery.refusal("invalid tape: " + tape);
    }
    return ofTicks(request, TRADES, QUOTES);
  }

  Object optionExchanges(Account account, Context request) {
    return OPTION_EXCHANGES;
  }

  Object optionConditions(Account account, Context request) {
    return ofTicks(request, OPTION_TRADES, OPTION_QUOTES);
  }

  private static Object ofTicks(
      Context request, Map<String, String> trades, Map<String, String> quotes) {
    String type = request.pathParam("ticktype");
    return switch (type) {
      case "trade" -> trades;
      case "quote" -> quotes;
      default -> throw DataQuery.refusal("invalid ticktype: " + type);
    };
  }
}
