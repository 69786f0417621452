package org.positionmanager.activities.alert;

import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.value.Money;

/**
 * Flattens an account once on a day on which it lost too much: by real fills, as the alert {@link
 * AlertKind#DAILY_LOSS} counts it, or by its equity. {@link Rounds} repeats it; two at once do no
 * harm. A day that cannot be told trips nothing.
 */
public final class KillSwitch {
  /** How often it is looked at. */
  public static final Duration EVERY = Duration.ofSeconds(5);

  /** The same where the broker has to be asked: three requests each time. */
  public static final Duration EVERY_BY_EQUITY = Duration.ofSeconds(15);

  private final AccountName account;
  private final Money bound;
  private final Profit profit;
  private final Alerts alerts;
  private final Days days;
  private final Flattening flattening;
  private int foundInARow;
  private Optional<LocalDate> foundOn = Optional.empty();

  /** Remembers on which days it has tripped. */
  public interface Days {
    /**
     * Notes that it trips on this day, unless it has.
     *
     * @return whether the flatten of the day is still to be started
     */
    boolean trip(AccountName account, LocalDate day, Money lost, Money bound);

    /** Its flatten of the day was started: it trips no more on it. */
    void started(AccountName account, LocalDate day);
  }

  /** Has an account flattened. */
  public interface Flattening {
    /**
     * @param id the same for the same day, so that a repetition has no second effect
     */
    void flatten(AccountName account, String id, String reason);
  }

  /** What an account has earned on the exchange's day. */
  public interface Profit {
    /**
     * Below zero where it has lost.
     *
     * @param market where in the exchange's day we are; empty where that cannot be told
     * @return empty where it cannot be told
     */
    Optional<Money> today(Optional<MarketMoment> market);

    /** What is counted, in words to follow "lost"; empty for real fills alone. */
    String words();

    /**
     * How many looks in a row have to find the loss, on the same day of the exchange: more than one
     * where a single quote could make it up. A look that tells nothing begins anew.
     */
    int looks();
  }

  /** What counts as lost. */
  public enum Counting {
    /** By real fills: what open positions would lose is left to their stops. */
    REALISED,
    /** What the account's equity has lost since the previous close. */
    EQUITY
  }

  /**
   * @param bound above zero: a loss of the day that reaches it trips
   */
  public KillSwitch(
      AccountName account,
      Money bound,
      Profit profit,
      Alerts alerts,
      Days days,
      Flattening flattening) {
    this.account = account;
    this.bound = bound;
    this.profit = profit;
    this.alerts = alerts;
    this.days = days;
    this.flattening = flattening;
  }

  /** By real fills alone. */
  public static Profit realised(AccountName account, AlertInputs inputs) {
    return new Profit() {
      @Override
      public Optional<Money> today(Optional<MarketMoment> market) {
        return inputs.account(account, market).realisedToday();
      }

      @Override
      public String words() {
        return "";
      }

      @Override
      public int looks() {
        return 1;
      }
    };
  }

  /**
   * Looks once; by one thread only. What cannot be told trips nothing, and ends no alert.
   *
   * @param market where in the exchange's day we are; empty where that cannot be told
   */
  public void look(Optional<MarketMoment> market) {
    int before = foundInARow;
    // also where the look fails: the looks on both sides of it are not two in a row
    foundInARow = 0;
    Optional<Money> lost = profit.today(market).map(Money::negated);
    if (lost.isEmpty() || market.isEmpty()) {
      return;
    }
    if (lost.get().compareTo(bound) < 0) {
      tell(List.of());
      return;
    }
    Optional<LocalDate> today = Optional.of(ExchangeZone.dateOf(market.get()));
    foundInARow = today.equals(foundOn) ? before + 1 : 1;
    foundOn = today;
    if (foundInARow >= profit.looks()) {
      trip(lost.get(), market.get());
      foundInARow = 0;
    }
  }

  /** Closing comes first; people are told also where it could not be started. */
  private void trip(Money lost, MarketMoment market) {
    LocalDate day = ExchangeZone.dateOf(market);
    try {
      if (days.trip(account, day, lost, bound)) {
        flattening.flatten(
            account,
            "kill-switch-" + day,
            "%s lost%s on %s, the kill switch is at %s"
                .formatted(lost, profit.words(), day, bound));
        days.started(account, day);
      }
    } finally {
      tell(
          List.of(
              NewAlert.of(
                  AlertKind.KILL_SWITCH,
                  account,
                  "%s lost%s today, the kill switch is at %s: the intake is halted and everything is closed once; see `pm accounts`, and `pm resume-intake --account %s` to go on"
                      .formatted(lost, profit.words(), bound, account))));
    }
  }

  private void tell(List<NewAlert> now) {
    alerts.replace(account, EnumSet.of(AlertKind.KILL_SWITCH), now);
  }
}
