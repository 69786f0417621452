package org.positionmanager.simulator.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What one connection follows. */
final class Subscription {
  static final String ALL = "*";

  private final Feed feed;
  private final Map<Channel, Set<String>> followed;

  private Subscription(Feed feed, Map<Channel, Set<String>> followed) {
    this.feed = feed;
    this.followed = followed;
  }

  static Subscription none(Feed feed) {
    Map<Channel, Set<String>> followed = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      if (!feed.options() || channel.isOfOptions()) {
        followed.put(channel, Set.of());
      }
    }
    return new Subscription(feed, followed);
  }

  /** A refusal of a whole request: nothing of it counts. */
  static final class RefusedException extends Exception {
    private final StreamError error;

    RefusedException(StreamError error) {
      super(error.name(), null, false, false);
      this.error = error;
    }

    StreamError error() {
      return error;
    }
  }

  /** What is followed after a request to subscribe or unsubscribe. */
  Subscription after(JsonNode request, boolean add) throws RefusedException {
    Map<Channel, Set<String>> next = new EnumMap<>(followed);
    for (Map.Entry<String, JsonNode> field : request.properties()) {
      if (field.getKey().equals("action")) {
        continue;
      }
      Optional<Channel> channel = Channel.named(field.getKey());
      if (channel.isEmpty() || !followed.containsKey(channel.get())) {
        throw new RefusedException(
            channel.isPresent() || field.getKey().equals("news")
                ? StreamError.INVALID_SUBSCRIBE
                : StreamError.INVALID_SYNTAX);
      }
      Set<String> symbols = new TreeSet<>(next.get(channel.get()));
      if (add) {
        symbols.addAll(symbols(field.getValue()));
      } else {
        symbols.removeAll(symbols(field.getValue()));
      }
      next.put(channel.get(), symbols);
    }
    Subscription result = new Subscription(feed, next);
    if (add) {
      result.check();
    }
    return result;
  }

  private static List<String> symbols(JsonNode list) throws RefusedException {
    if (!list.isArray()) {
      throw new RefusedException(StreamError.INVALID_SYNTAX);
    }
    List<String> symbols = new ArrayList<>();
    for (JsonNode symbol : list) {
      if (!symbol.isTextual() || symbol.asText().isEmpty()) {
        throw new RefusedException(StreamError.INVALID_SYNTAX);
      }
      symbols.add(symbol.asText());
    }
    return symbols;
  }

  private void check() throws RefusedException {
    if (feed.options() && followed.get(Channel.QUOTES).contains(ALL)) {
      throw new RefusedException(StreamError.NO_STAR_QUOTES);
    }
    Set<String> counted = new TreeSet<>();
    followed.forEach(
        (channel, symbols) -> {
          if (channel.isCounted()) {
            counted.addAll(symbols);
          }
        });
    boolean unlimited = feed.mostSymbols() == Integer.MAX_VALUE;
    if (!unlimited
        && (counted.contains(ALL) && !feed.options() || counted.size() > feed.mostSymbols())) {
      throw new RefusedException(StreamError.SYMBOL_LIMIT);
    }
  }

  boolean follows(Channel channel, String symbol) {
    Set<String> symbols = followed.getOrDefault(channel, Set.of());
    return symbols.contains(symbol) || symbols.contains(ALL);
  }

  Set<String> symbols(Channel channel) {
    return followed.getOrDefault(channel, Set.of());
  }

  /** Everything that is followed now, as Alpaca confirms each change. */
  Message confirmation() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("T", "subscription");
    followed.forEach((channel, symbols) -> fields.put(channel.field, List.copyOf(symbols)));
    if (!feed.options()) {
      // who follows trades is told of their corrections too
      fields.put("corrections", List.copyOf(followed.get(Channel.TRADES)));
      fields.put("cancelErrors", List.copyOf(followed.get(Channel.TRADES)));
    }
    return new Message(fields);
  }
}
