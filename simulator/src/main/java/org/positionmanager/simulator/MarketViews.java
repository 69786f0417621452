package org.positionmanager.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.positionmanager.simulator.market.Bar;
import org.positionmanager.simulator.market.Tape;
import org.positionmanager.simulator.market.Trade;

/**
 * Market data in Alpaca's fields: numbers are numbers, a share's conditions a list, an option's a
 * text. Moments stay moments here: each form has its own way to write them.
 */
final class MarketViews {
  private static final String EXCHANGE = "V";
  private static final String OPTION_EXCHANGE = "C";
  private static final String TAPE = "A";

  private final Tape tape;

  MarketViews(Tape tape) {
    this.tape = tape;
  }

  Map<String, Object> quote(String symbol, Quotes.Quote quote) {
    boolean option = Symbols.isOption(symbol);
    // a second's sizes are the same however often it is asked
    Instant second = Instant.ofEpochSecond(quote.at().getEpochSecond());
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("t", quote.at());
    view.put("bp", quote.bid());
    view.put("bs", tape.size(symbol, second, true));
    view.put("bx", option ? OPTION_EXCHANGE : EXCHANGE);
    view.put("ap", quote.ask());
    view.put("as", tape.size(symbol, second, false));
    view.put("ax", option ? OPTION_EXCHANGE : EXCHANGE);
    view.put("c", option ? "A" : List.of("R"));
    if (!option) {
      view.put("z", TAPE);
    }
    return view;
  }

  Map<String, Object> trade(String symbol, Trade trade) {
    boolean option = Symbols.isOption(symbol);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("t", trade.at());
    view.put("p", trade.price());
    view.put("s", trade.size());
    view.put("x", option ? OPTION_EXCHANGE : EXCHANGE);
    view.put("c", option ? "I" : List.of("@"));
    if (!option) {
      view.put("i", trade.id());
      view.put("z", TAPE);
    }
    return view;
  }

  Map<String, Object> bar(Bar bar) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("t", bar.at());
    view.put("o", bar.open());
    view.put("h", bar.high());
    view.put("l", bar.low());
    view.put("c", bar.close());
    view.put("v", bar.volume());
    view.put("n", bar.trades());
    view.put("vw", bar.average());
    return view;
  }

  /** Trading halted or resumed, as the status channel says it. */
  Map<String, Object> status(boolean halted, Instant at) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("t", at);
    view.put("sc", halted ? "H" : "T");
    view.put("sm", halted ? "Trading Halt" : "Trading Resumption");
    view.put("rc", halted ? "T1" : "");
    view.put("rm", halted ? "Halt News Pending" : "");
    view.put("z", TAPE);
    return view;
  }
}
