package org.positionmanager.workflows.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/** Values as tests write them. */
final class Words {
  private Words() {}

  static Percent percent(String text) {
    return Percent.parse(text);
  }

  static Level gain(String percent) {
    return new Level.AtGain(Percent.parse(percent));
  }

  static Level price(String price) {
    return new Level.AtPrice(Price.parse(price));
  }

  /** So many minutes after the open. */
  static Instant minute(int minutes) {
    return Scene.OPEN.plus(Duration.ofMinutes(minutes));
  }

  /** A time of day in New York. */
  static Instant newYork(String date, String time) {
    return LocalDate.parse(date)
        .atTime(LocalTime.parse(time))
        .atZone(ExchangeZone.NEW_YORK)
        .toInstant();
  }
}
