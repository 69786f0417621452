package org.positionmanager.workflows.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.UnderlyingPrice;

/**
 * A level or an observed value in a trace. It becomes text only when somebody reads it: nearly all
 * traces are never read. The text reads back as the same value.
 */
public sealed interface Reading {
  /** No value. */
  Reading NONE = new Words("");

  /** As people read it, and as it is written to JSON. */
  @JsonValue
  String text();

  /** A price of the instrument held, {@code 12.34}. */
  record OfPrice(Price price) implements Reading {
    @Override
    public String text() {
      return price.toString();
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /** A price of the underlying, {@code underlying 402.5}. */
  record OfUnderlying(UnderlyingPrice price) implements Reading {
    private static final String PREFIX = "underlying ";

    @Override
    public String text() {
      return PREFIX + price;
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /** A moment of exchange time, {@code 2026-02-11T20:55:00Z}. */
  record OfMoment(Instant moment) implements Reading {
    @Override
    public String text() {
      return moment.toString();
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /** A gain or loss, {@code -20%}. */
  record OfGain(Percent gain) implements Reading {
    @Override
    public String text() {
      return gain.toString();
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /** Anything else. */
  record Words(String text) implements Reading {
    @Override
    public String toString() {
      return text;
    }
  }

  /** Reads back what {@link #text} gave. */
  @JsonCreator
  static Reading parse(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    try {
      if (text.startsWith(OfUnderlying.PREFIX)) {
        return new OfUnderlying(
            UnderlyingPrice.parse(text.substring(OfUnderlying.PREFIX.length())));
      }
      if (text.endsWith("%")) {
        return new OfGain(Percent.parse(text));
      }
      if (text.endsWith("Z")) {
        return new OfMoment(Instant.parse(text));
      }
      return new OfPrice(Price.parse(text));
    } catch (IllegalArgumentException | DateTimeException words) {
      return new Words(text);
    }
  }
}
