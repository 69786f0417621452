package org.positionmanager.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.positionmanager.simulator.market.Span;
import org.positionmanager.simulator.market.Tape;
import org.positionmanager.simulator.market.Timeframe;
import org.positionmanager.simulator.stream.Channel;
import org.positionmanager.simulator.stream.DataStream;
import org.positionmanager.simulator.stream.Message;

/**
 * Publishes what has changed since it last looked: quotes that differ, trades and finished minutes
 * that time has passed over. It also lets orders meet the market, so that fills come when prices
 * reach them, not when somebody asks.
 */
final class MarketTicker {
  /** Where time runs fast, a tick covers much of it; this much at most is told trade by trade. */
  private static final Duration LONGEST_STRETCH = Duration.ofMinutes(1);

  private final Exchange exchange;
  private final Tape tape;
  private final MarketViews views;
  private final Indicative indicative;
  private final List<DataStream> streams;
  private final Map<String, Map<String, Object>> quoted = new HashMap<>();
  private final Map<String, Boolean> halted = new HashMap<>();
  private Instant last;

  MarketTicker(Exchange exchange, Tape tape, Indicative indicative, List<DataStream> streams) {
    this.indicative = indicative;
    this.exchange = exchange;
    this.tape = tape;
    this.streams = streams;
    views = new MarketViews(tape);
    last = exchange.clock().now();
  }

  /** Looks once. */
  synchronized void tick() {
    Instant now = exchange.clock().now();
    if (!now.equals(last)) {
      synchronized (exchange) {
        exchange.match();
        exchange.settle();
      }
    }
    List<Message> messages = new ArrayList<>();
    List<Message> ofIndicative = new ArrayList<>();
    quotes(now, messages, ofIndicative);
    statuses(now, messages);
    if (now.isAfter(last)) {
      trades(now, messages, ofIndicative);
      bars(now, messages);
    }
    last = now;
    for (DataStream stream : streams) {
      List<Message> news = isIndicative(stream) ? ofIndicative : messages;
      if (!news.isEmpty()) {
        stream.publish(news);
      }
    }
  }

  private static boolean isIndicative(DataStream stream) {
    return stream.feed().path().endsWith(Indicative.NAME);
  }

  private Set<String> followed(Channel channel) {
    Set<String> known = exchange.quotes().symbols();
    Set<String> symbols = new TreeSet<>();
    for (DataStream stream : streams) {
      Set<String> wanted = stream.followed(channel);
      for (String symbol : wanted.contains("*") ? known : wanted) {
        if (known.contains(symbol) && Symbols.isOption(symbol) == stream.feed().options()) {
          symbols.add(symbol);
        }
      }
    }
    return symbols;
  }

  private void quotes(Instant now, List<Message> messages, List<Message> ofIndicative) {
    Set<String> followed = followed(Channel.QUOTES);
    quoted.keySet().retainAll(followed);
    for (String symbol : followed) {
      exchange
          .quotes()
          .at(symbol, now)
          .ifPresent(
              quote -> {
                Map<String, Object> view = views.quote(symbol, quote);
                Map<String, Object> comparable = new HashMap<>(view);
                comparable.remove("t");
                if (!comparable.equals(quoted.put(symbol, comparable))) {
                  messages.add(message("q", symbol, view));
                  if (Symbols.isOption(symbol)) {
                    ofIndicative.add(
                        message("q", symbol, views.quote(symbol, indicative.near(symbol, quote))));
                  }
                }
              });
    }
  }

  private void statuses(Instant now, List<Message> messages) {
    for (String symbol : followed(Channel.STATUSES)) {
      boolean isHalted = exchange.quotes().isHalted(symbol, now);
      Boolean before = halted.put(symbol, isHalted);
      if (isHalted != Boolean.TRUE.equals(before)) {
        messages.add(message("s", symbol, views.status(isHalted, now)));
      }
    }
  }

  private void trades(Instant now, List<Message> messages, List<Message> ofIndicative) {
    Instant longest = now.minus(LONGEST_STRETCH);
    Instant from = last.plusNanos(1);
    Span span = new Span(from.isBefore(longest) ? longest : from, now.plusNanos(1));
    Span earlier = new Span(span.from().minus(Indicative.DELAY), span.to().minus(Indicative.DELAY));
    for (String symbol : followed(Channel.TRADES)) {
      trades(symbol, span, messages);
      if (Symbols.isOption(symbol)) {
        trades(symbol, earlier, ofIndicative);
      }
    }
  }

  private void trades(String symbol, Span span, List<Message> messages) {
    tape.trades(symbol, span, Integer.MAX_VALUE)
        .forEach(it -> messages.add(message("t", symbol, views.trade(symbol, it))));
  }

  private void bars(Instant now, List<Message> messages) {
    Instant minute = Timeframe.MINUTE.floor(now);
    if (!minute.isAfter(last)) {
      return;
    }
    Instant finished = minute.minus(Duration.ofMinutes(1));
    for (String symbol : followed(Channel.BARS)) {
      tape.bar(symbol, Timeframe.MINUTE, finished, now)
          .ifPresent(it -> messages.add(message("b", symbol, views.bar(it))));
    }
    for (String symbol : followed(Channel.DAILY_BARS)) {
      tape.bar(symbol, Timeframe.DAY, Timeframe.DAY.floor(finished), now)
          .ifPresent(it -> messages.add(message("d", symbol, views.bar(it))));
    }
  }

  private static Message message(String type, String symbol, Map<String, Object> view) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("T", type);
    fields.put("S", symbol);
    fields.putAll(view);
    return new Message(fields);
  }
}
