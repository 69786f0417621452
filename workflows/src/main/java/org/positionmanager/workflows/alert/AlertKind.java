package org.positionmanager.workflows.alert;

import java.util.Arrays;
import java.util.Locale;
import org.positionmanager.workflows.activity.LedgerActivities.Alert.Severity;
import org.positionmanager.workflows.identity.PositionId;

/**
 * What an alert is about. Each kind says when it is raised, when it ends by itself and how urgent
 * it is unless who raises it knows better; {@code docs/alerts.md} has the same as a table. The
 * first part of an alert's key is its kind's {@link #prefix()}, so that kinds are told of rows and
 * of recorded activity inputs that carry a key only.
 */
public enum AlertKind {
  RAPID_CREATION(
      Severity.WARNING,
      "that many positions were recorded in one account within the window",
      "the window holds fewer",
      "5 within 5m"),
  POSITION_LIMIT(
      Severity.WARNING,
      "open positions, their notional at entry or their option contracts, all of the account"
          + " together, are above the account's limit, or rows wait at it as a gate",
      "they are within the limit, and no row waits",
      "none"),
  DAILY_LOSS(
      Severity.CRITICAL,
      "what the account has lost today, by real fills, reached its limit; the exchange's day",
      "the loss is smaller, or the next day begins",
      "none"),
  KILL_SWITCH(
      Severity.CRITICAL,
      "what the account has lost today, by real fills or by its equity, reached its kill switch: its"
          + " intake is halted and everything is closed, once a day",
      "the loss is smaller, or the next day begins",
      "off"),
  LOSING_STREAK(
      Severity.WARNING,
      "the last positions that the account closed all lost",
      "a position closes without a loss",
      "3"),
  UNEXPECTED_SHORT(
      Severity.CRITICAL,
      "the broker holds a short position that nobody opened",
      "the position that took it over ends",
      "none"),
  MISMATCH(
      Severity.WARNING,
      "broker, ledger and workflows do not say the same",
      "they do, or the position ends; what flipped, was assigned or was closed beyond what was"
          + " held stays open",
      "none"),
  STUCK_EXIT(
      Severity.CRITICAL,
      "a position is EXITING for so long while the market is open",
      "the exit ends, or the market closes",
      "2m"),
  STALE_DATA(
      Severity.WARNING,
      "a position's last evaluation is so old while the market is open, and its watch does not"
          + " vouch for its price",
      "it is evaluated again, or the market closes",
      "2m"),
  SILENT_WATCH(
      Severity.WARNING,
      "an account with open positions has a watch that has not been heard of for so long, or none",
      "its watch is heard of, or nothing is open",
      "15s"),
  NO_LIVE_WORKER(
      Severity.CRITICAL,
      "another process sees that an account with open positions or rows has had no live watch for"
          + " so long",
      "its watch is heard of, or nothing is open or waiting",
      "30s"),
  LATE_SYNC(
      Severity.WARNING,
      "no sync of the account was completed for that many of its intervals",
      "a sync is completed",
      "3 intervals"),
  FAILED_ROWS(
      Severity.WARNING,
      "a dispatcher's row is quarantined, or could not be taken in that often",
      "the row is taken in",
      "5 attempts"),
  ENTRY(Severity.CRITICAL, "which order opened a position cannot be told"),
  ENTRY_IN_PART(Severity.WARNING, "an entry ended filled in part"),
  NEVER_OPENED(
      Severity.WARNING,
      "an execution whose entry never filled: somebody said that it had opened",
      "a person acknowledges it; it stays open"),
  PLAN(
      Severity.WARNING,
      "a position's plan could not be had: built-in rules protect it until it can be; or a price"
          + " level lies on the wrong side of the fill and was left out"),
  BLIND(
      Severity.CRITICAL,
      "a position has no usable quote, or a rule that guards it has no answer, for longer than its"
          + " plan bears"),
  PROPOSAL(Severity.INFO, "a rule proposes what it may not do by itself"),
  EXIT_REFUSED(Severity.CRITICAL, "an exit was refused and a retry will not mend it"),
  EXIT_REJECTED(Severity.CRITICAL, "the exchange rejected an exit order"),
  HOLDING_MISSING(Severity.CRITICAL, "a holding is gone and no fill explains it"),
  STUCK(Severity.CRITICAL, "a position's workflow cannot go on and tries again"),
  STUCK_FLATTEN(
      Severity.CRITICAL,
      "a flatten cannot go on: its account cannot be read, or nobody is there to close a position",
      "it goes on"),
  LEDGER_REFUSED(
      Severity.CRITICAL,
      "the ledger refuses a position's records, which a person has to mend",
      "a later record of it is written"),
  WRONG_ACCOUNT(
      Severity.CRITICAL,
      "a task of another account came to an account's worker, which refused it",
      "a person acknowledges it; it stays open"),
  KEY_REFUSED(
      Severity.CRITICAL,
      "the broker refuses the key of an account that is served, or the key opens another broker"
          + " account than its own, by two answers: it is not served until it opens its own again",
      "the key opens the account again"),
  OTHER(Severity.WARNING, "something that this build knows no kind for");

  private final Severity severity;
  private final String raisedWhen;
  private final String endsWhen;
  private final String bound;

  AlertKind(Severity severity, String raisedWhen) {
    this(severity, raisedWhen, "the position ends");
  }

  AlertKind(Severity severity, String raisedWhen, String endsWhen) {
    this(severity, raisedWhen, endsWhen, "none");
  }

  AlertKind(Severity severity, String raisedWhen, String endsWhen, String bound) {
    this.severity = severity;
    this.raisedWhen = raisedWhen;
    this.endsWhen = endsWhen;
    this.bound = bound;
  }

  /** The first part of an alert's key: the name in lower case, with hyphens. */
  public String prefix() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The key of an account's only alert of this kind. */
  public String key() {
    return prefix();
  }

  /** The key of an alert of this kind about one of an account's matters. */
  public String key(String about) {
    return prefix() + "/" + about;
  }

  /** The key of a position's alert of this kind. */
  public String key(PositionId position) {
    return key(position.toString());
  }

  /** The kind that a key begins with; {@link #OTHER} where this build knows none. */
  public static AlertKind ofKey(String key) {
    int end = key.indexOf('/');
    String first = end < 0 ? key : key.substring(0, end);
    return Arrays.stream(values())
        .filter(kind -> kind.prefix().equals(first))
        .findFirst()
        .orElse(OTHER);
  }

  /** How urgent it is by default. */
  public Severity severity() {
    return severity;
  }

  /** In words for people, to follow "raised when". */
  public String raisedWhen() {
    return raisedWhen;
  }

  /** In words for people, to follow "ends when". */
  public String endsWhen() {
    return endsWhen;
  }

  /** The default bound with its unit; {@code none} where there is none. */
  public String bound() {
    return bound;
  }
}
