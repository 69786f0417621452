package org.positionmanager.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** When the exchange is open. */
public enum MarketHours {
  /** Regular sessions of the New York Stock Exchange. */
  @JsonProperty("nyse")
  NYSE {
    @Override
    Optional<NyseCalendar.Session> on(LocalDate date) {
      return NyseCalendar.on(date);
    }

    @Override
    NyseCalendar.Session next(Instant after) {
      return NyseCalendar.next(after);
    }
  },

  /** At any time: a session ends at midnight in New York, and the next begins. */
  @JsonProperty("always-open")
  ALWAYS_OPEN {
    @Override
    Optional<NyseCalendar.Session> on(LocalDate date) {
      ZoneId zone = NyseCalendar.ZONE;
      return Optional.of(
          new NyseCalendar.Session(
              date,
              date.atStartOfDay(zone).toInstant(),
              date.plusDays(1).atStartOfDay(zone).toInstant()));
    }

    @Override
    NyseCalendar.Session next(Instant after) {
      return on(after.atZone(NyseCalendar.ZONE).toLocalDate().plusDays(1)).orElseThrow();
    }
  };

  /** The session of a date in New York; empty where there is none. */
  abstract Optional<NyseCalendar.Session> on(LocalDate date);

  /** The first session that opens after a moment. */
  abstract NyseCalendar.Session next(Instant after);

  /** The session running at a moment; empty while the exchange is closed. */
  Optional<NyseCalendar.Session> at(Instant moment) {
    return on(moment.atZone(NyseCalendar.ZONE).toLocalDate())
        .filter(session -> session.contains(moment));
  }
}
