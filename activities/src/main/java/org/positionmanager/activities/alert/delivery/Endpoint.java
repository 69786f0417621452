package org.positionmanager.activities.alert.delivery;

import java.util.Optional;
import java.util.Set;
import org.positionmanager.workflows.activity.LedgerActivities.Alert.Severity;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;

/**
 * Where alerts are delivered to. Processes that know an endpoint by the same name share its
 * deliveries.
 *
 * @param name unique; deliveries are kept by it
 * @param address scheme http or https; a secret, as Slack's addresses are
 * @param signedWith key of the HMAC-SHA256 of each body; empty for no signature
 * @param kinds empty for all
 * @param least severity, and whatever is more urgent
 * @param accounts empty for all, and for what concerns the whole desk
 * @param perMinute messages of one process at the most, from 1
 */
public record Endpoint(
    String name,
    Format format,
    SecretText address,
    Optional<SecretText> signedWith,
    Set<AlertKind> kinds,
    Severity least,
    Set<AccountName> accounts,
    int perMinute) {
  /** Messages a minute where the configuration says nothing. */
  public static final int PER_MINUTE = 10;

  /** What a message looks like. */
  public enum Format {
    /** A JSON object with all that is known of each alert. */
    WEBHOOK,
    /** {@code {"text": ...}}, as Slack and those compatible with it read it. */
    SLACK
  }

  /**
   * @throws IllegalArgumentException naming what is out of range
   */
  public Endpoint {
    kinds = Set.copyOf(kinds);
    accounts = Set.copyOf(accounts);
    if (perMinute < 1) {
      throw new IllegalArgumentException("perMinute must be at least 1, got: " + perMinute);
    }
  }
}
