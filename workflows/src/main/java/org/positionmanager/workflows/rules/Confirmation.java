package org.positionmanager.workflows.rules;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;

/** What it takes to believe a rule that fires. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Confirmation.Quotes.class, name = "quotes"),
  @JsonSubTypes.Type(value = Confirmation.Lasting.class, name = "lasting")
})
public sealed interface Confirmation {
  /** Whether a streak is enough at a moment. */
  boolean isEnough(Streak streak, Instant now);

  /**
   * So many different quotes one after the other, by their exchange stamps: the same quote seen
   * twice counts once.
   *
   * @param count 2 or more
   */
  record Quotes(int count) implements Confirmation {
    public Quotes {
      if (count < 2) {
        throw new IllegalArgumentException("count must be 2 or more, got: " + count);
      }
    }

    @Override
    public boolean isEnough(Streak streak, Instant now) {
      return streak.quotes() >= count;
    }
  }

  /**
   * For so long without a break, exchange time since the first quote at which it fired.
   *
   * @param time above zero
   */
  record Lasting(Duration time) implements Confirmation {
    public Lasting {
      Checks.requireAboveZero("time", time);
    }

    @Override
    public boolean isEnough(Streak streak, Instant now) {
      return !now.isBefore(streak.since().plus(time));
    }
  }
}
