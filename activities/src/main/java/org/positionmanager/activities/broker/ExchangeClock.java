package org.positionmanager.activities.broker;

import java.time.Instant;

/** The exchange's time. */
public interface ExchangeClock {
  Instant now();

  /** Exchange seconds in one real second: 1, but for simulated days. */
  double speed();
}
