package org.positionmanager.activities.alert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.market.MarketMoment;

/**
 * Looks once at what the ledger knows and brings the open alerts in line with it. It reads and
 * writes the ledger only, on a thread and connections of its own, so nothing waits for it; two at
 * once do no harm. {@link Rounds} repeats it.
 */
public final class AlertSweep {
  /** How often it is repeated. */
  public static final Duration EVERY = Duration.ofSeconds(15);

  private final AlertInputs inputs;
  private final Alerts alerts;

  public AlertSweep(AlertInputs inputs, Alerts alerts) {
    this.inputs = inputs;
    this.alerts = alerts;
  }

  /**
   * What an account's own worker sees.
   *
   * @param market where in the exchange's day we are; empty leaves alerts that depend on it as they
   *     are
   */
  public void account(
      AccountName account, AlertRules rules, Supplier<Optional<MarketMoment>> market) {
    apply(account, rules.of(inputs.account(account, market.get())));
  }

  /**
   * What the worker of an account sees whose positions are left to their reviews: that it is served
   * is noted, as no watch tells it.
   *
   * @param holder who serves it, for people
   */
  public void unwatched(
      AccountName account,
      AlertRules rules,
      Supplier<Optional<MarketMoment>> market,
      String holder) {
    inputs.served(account, holder);
    apply(account, rules.withoutWatch(inputs.account(account, market.get())));
  }

  /** What any process sees: accounts that trade and that nobody watches. */
  public void liveness(AlertRules rules) {
    for (AccountLiveness seen : inputs.liveness()) {
      apply(seen.account(), List.of(rules.noLiveWorker(seen)));
    }
  }

  private void apply(AccountName account, List<Ruling> rulings) {
    Set<AlertKind> judged = EnumSet.noneOf(AlertKind.class);
    List<NewAlert> now = new ArrayList<>();
    for (Ruling ruling : rulings) {
      switch (ruling) {
        case Ruling.Judged(AlertKind kind, List<NewAlert> found) -> {
          judged.add(kind);
          now.addAll(found);
        }
        case Ruling.CannotTell unknown -> {}
      }
    }
    alerts.replace(account, judged, now);
  }
}
