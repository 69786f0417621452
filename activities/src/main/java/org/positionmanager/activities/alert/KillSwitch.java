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
 * Flattens an account once on a day on which it lost too much, by the rule of the alert {@link
 * AlertKind#DAILY_LOSS}. {@link Rounds} repeats it; two at once do no harm. A day that cannot be
 * told trips nothing.
 */
public final class KillSwitch {
  /** How often it is looked at. */
  public static final Duration EVERY = Duration.ofSeconds(5);

  private final AccountName account;
  private final Money bound;
  private final AlertRules rules;
  private final AlertInputs inputs;
  private final Alerts alerts;
  private final Days days;
  private final Flattening flattening;

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

  /**
   * @param bound above zero: a loss of the day that reaches it trips
   */
  public KillSwitch(
      AccountName account,
      Money bound,
      AlertInputs inputs,
      Alerts alerts,
      Days days,
      Flattening flattening) {
    this.account = account;
    this.bound = bound;
    this.inputs = inputs;
    this.alerts = alerts;
    this.days = days;
    this.flattening = flattening;
    rules =
        new AlertRules(
            AlertBounds.DEFAULT,
            new AccountLimits(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(bound)));
  }

  /**
   * Looks once.
   *
   * @param market where in the exchange's day we are; empty where that cannot be told
   */
  public void look(Optional<MarketMoment> market) {
    AccountSnapshot seen = inputs.account(account, market);
    switch (rules.dailyLoss(seen)) {
      case Ruling.CannotTell unknown -> {}
      case Ruling.Judged(AlertKind kind, List<NewAlert> found) when found.isEmpty() ->
          tell(List.of());
      case Ruling.Judged(AlertKind kind, List<NewAlert> found) ->
          trip(seen.realisedToday().orElseThrow().negated(), market.orElseThrow());
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
            "%s lost on %s, the kill switch is at %s".formatted(lost, day, bound));
        days.started(account, day);
      }
    } finally {
      tell(
          List.of(
              NewAlert.of(
                  AlertKind.KILL_SWITCH,
                  account,
                  "%s lost today, the kill switch is at %s: the intake is halted and everything is closed once; see `pm accounts`, and `pm resume-intake --account %s` to go on"
                      .formatted(lost, bound, account))));
    }
  }

  private void tell(List<NewAlert> now) {
    alerts.replace(account, EnumSet.of(AlertKind.KILL_SWITCH), now);
  }
}
