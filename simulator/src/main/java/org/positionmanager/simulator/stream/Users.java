package org.positionmanager.simulator.stream;

import java.util.Optional;

/** Who may listen. */
public interface Users {
  /** The account that a key and its secret belong to. */
  Optional<String> account(String key, String secret);

  /** Whether an account may use streams of market data at all. */
  boolean isEnabled(String account);

  /** Whether an account has subscribed to a feed that costs money. */
  boolean hasPaidFeeds(String account);
}
