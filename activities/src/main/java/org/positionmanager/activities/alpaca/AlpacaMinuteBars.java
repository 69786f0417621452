package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.MinuteBar;
import org.positionmanager.activities.broker.MinuteBars;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.value.Price;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Minute bars, up to 100 symbols a request, by ordinary reads. A request that is refused is halved,
 * so that one symbol that Alpaca does not know keeps no other from its bars.
 */
final class AlpacaMinuteBars implements MinuteBars {
  private static final Logger log = LoggerFactory.getLogger(AlpacaMinuteBars.class);

  /** Alpaca's most (SPEC). */
  private static final int BARS_A_PAGE = 10_000;

  /** Of 10,000 bars each: two long sessions of 100 instruments that trade every minute. */
  private static final int MOST_PAGES = 10;

  /** Enough to find one symbol of 100; more in one read is no matter of single symbols. */
  private static final int MOST_REFUSED_REQUESTS = 16;

  /** A bar is told at the end of its minute, and again half a minute later with late trades. */
  private static final Duration LATE_TRADES = Duration.ofSeconds(35);

  /** Feeds without a subscription tell trades a quarter of an hour late (SPEC). */
  private static final Duration DELAYED = Duration.ofMinutes(15).plus(LATE_TRADES);

  private final AlpacaSettings settings;
  private final BarPages pages;

  AlpacaMinuteBars(AlpacaHttp http, AlpacaSettings settings) {
    this.settings = settings;
    pages = new BarPages(http, settings, "1Min", BARS_A_PAGE, MOST_PAGES);
  }

  @Override
  public Duration settledAfter(Instrument instrument) {
    String feed =
        switch (instrument) {
          case Stock stock -> settings.stockFeed();
          case OptionContract contract -> settings.optionFeed();
        };
    return switch (feed) {
      case "indicative", "delayed_sip", "overnight" -> DELAYED;
      default -> LATE_TRADES;
    };
  }

  @Override
  public Map<Instrument, List<MinuteBar>> read(
      Set<Instrument> instruments, Instant fromInclusive, Instant toExclusive) {
    Reading reading = new Reading(fromInclusive, toExclusive.minus(MinuteBar.LENGTH));
    AlpacaMarketData.requests(instruments).forEach(reading::ask);
    return reading.found;
  }

  /** One read with its answers so far. */
  private final class Reading {
    private final Instant first;
    private final Instant last;
    private final Map<Instrument, List<MinuteBar>> found = new HashMap<>();
    private int refusedRequests;

    Reading(Instant first, Instant last) {
      this.first = first;
      this.last = last;
    }

    private void ask(List<Instrument> part) {
      Map<Instrument, List<MinuteBar>> bars = new HashMap<>();
      part.forEach(one -> bars.put(one, new ArrayList<>()));
      try {
        pages.read(part, first, last, (one, bar) -> bars.get(one).add(bar(bar)));
      } catch (BrokerException e) {
        if (e.kind() != BrokerException.Kind.REFUSED || ++refusedRequests > MOST_REFUSED_REQUESTS) {
          throw e;
        }
        askWithout(part, e);
        return;
      }
      bars.values().forEach(own -> own.sort(Comparator.comparing(MinuteBar::start)));
      found.putAll(bars);
    }

    private void askWithout(List<Instrument> part, BrokerException refusal) {
      if (part.size() == 1) {
        log.debug("left out: {}", refusal.getMessage());
      } else {
        ask(part.subList(0, part.size() / 2));
        ask(part.subList(part.size() / 2, part.size()));
      }
    }
  }

  private static MinuteBar bar(JsonNode node) {
    return new MinuteBar(
        AlpacaJson.instant(AlpacaJson.text(node, "t")),
        new Price(AlpacaJson.decimal(node, "h")),
        new Price(AlpacaJson.decimal(node, "l")),
        AlpacaJson.decimal(node, "n").intValue());
  }
}
