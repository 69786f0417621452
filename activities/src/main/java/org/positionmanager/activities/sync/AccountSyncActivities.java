package org.positionmanager.activities.sync;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.CancelResult;
import org.positionmanager.activities.broker.ExchangeClock;
import org.positionmanager.activities.ledger.SyncLedger;
import org.positionmanager.activities.trading.WrongAccount;
import org.positionmanager.workflows.activity.ArmingActivities;
import org.positionmanager.workflows.activity.LedgerActivities;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.sync.Adoption;
import org.positionmanager.workflows.sync.Comparison;
import org.positionmanager.workflows.sync.Finding;
import org.positionmanager.workflows.sync.Look;
import org.positionmanager.workflows.sync.SyncActivities;
import org.positionmanager.workflows.sync.SyncNotice;
import org.positionmanager.workflows.sync.SyncReport;
import org.positionmanager.workflows.sync.SyncRules;

/** One account's sync: looks, and carries remedies out. Sends no order, cancels orphans. */
public final class AccountSyncActivities implements SyncActivities {
  private static final String HELD_BEFORE = "it was held before the account's first good sync";

  private final AccountSides sides;
  private final Broker broker;
  private final ExchangeClock exchange;
  private final SyncLedger ledger;
  private final LedgerActivities alerts;
  private final ArmingActivities arming;
  private final SyncEngine engine;
  private final Restarts restarts;
  private final SyncRules rules;

  public AccountSyncActivities(
      AccountSides sides,
      Broker broker,
      ExchangeClock exchange,
      SyncLedger ledger,
      LedgerActivities alerts,
      ArmingActivities arming,
      SyncEngine engine,
      SyncRules rules) {
    this.sides = sides;
    this.broker = broker;
    this.exchange = exchange;
    this.ledger = ledger;
    this.alerts = alerts;
    this.arming = arming;
    this.engine = engine;
    restarts = new Restarts(ledger, engine);
    this.rules = rules;
  }

  @Override
  public Look look(AccountName account) {
    requireOurs(account);
    return Comparison.of(sides.read(), rules);
  }

  private void requireOurs(AccountName account) {
    WrongAccount.refuse("a sync of account " + account, account, broker.name());
  }

  @Override
  public void recordRun(SyncReport report) {
    requireOurs(report.account());
    ledger.record(report);
  }

  @Override
  public String putRight(AccountName account, Finding finding) {
    requireOurs(account);
    return switch (finding) {
      case Finding.Untracked it -> adopt(it, it.adoption(), Alert.Severity.WARNING);
      case Finding.QuantityGrown it -> adopt(it, it.adoption(), Alert.Severity.WARNING);
      case Finding.UnexpectedShort it -> adopt(it, it.adoption(), Alert.Severity.CRITICAL);
      case Finding.ClosedElsewhere it ->
          tell(it, closed(it, it.fills(), ExitReason.CLOSED_ELSEWHERE));
      case Finding.Flipped it -> {
        alert(it, mismatch("flipped", it), Alert.Severity.CRITICAL);
        yield tell(it, closed(it, it.fills(), ExitReason.CLOSED_ELSEWHERE));
      }
      case Finding.Assigned it -> {
        alert(it, mismatch("assigned", it), Alert.Severity.WARNING);
        yield tell(it, closed(it, it.fills(), ExitReason.ASSIGNED));
      }
      case Finding.Exercised it -> tell(it, closed(it, it.fills(), ExitReason.EXERCISED));
      case Finding.ExpiredWorthless it -> tell(it, closed(it, it.fills(), ExitReason.EXPIRED));
      case Finding.QuantityShrunk it -> {
        String key = mismatch("quantity-shrunk", it);
        if (!ledger.isOpen(key)) {
          // who was told once goes on looking by itself
          it.sharing().forEach(id -> engine.tell(id, new SyncNotice.LookNow(it.evidence())));
        }
        alert(it, key, Alert.Severity.CRITICAL);
        yield it.remedy().words();
      }
      case Finding.SharesSplit it ->
          tell(it, new SyncNotice.Split(it.activity(), it.before(), it.after(), it.evidence()));
      case Finding.SymbolChanged it -> move(it);
      case Finding.WorkflowLost it -> restart(it, SyncEngine.Before.BROKEN);
      case Finding.LedgerRowStuck it -> restart(it, SyncEngine.Before.ENDED);
      case Finding.Duplicate it ->
          tell(it, new SyncNotice.GiveWay(it.stays(), it.surplus(), it.evidence()));
      case Finding.OrphanOrder it -> cancel(it);
      case Finding.StaleArmedExit it -> {
        arming.disarm(it.position(), it.arming() + 1, "the position is over", Duration.ZERO);
        yield it.remedy().words();
      }
    };
  }

  private String adopt(Finding finding, Adoption adoption, Alert.Severity severity) {
    return switch (rules.adopting()) {
      case WATCH -> adopt(finding, adoption, severity, Optional.empty());
      case PAUSED ->
          adopt(
              finding,
              adoption,
              severity,
              ledger.hasGoodRun() ? Optional.empty() : Optional.of(HELD_BEFORE));
      case OFF -> {
        alert(finding, mismatch("untracked", finding), severity, SyncLedger.LEFT_ALONE);
        yield SyncLedger.LEFT_ALONE;
      }
    };
  }

  private String adopt(
      Finding finding, Adoption adoption, Alert.Severity severity, Optional<String> paused) {
    PositionId position = finding.position();
    EntryTerms terms = adoption.terms(Strategy.SWING_TRADE, exchange.now());
    PositionState state =
        paused
            .map(because -> PositionState.announcedPaused(position, terms, because))
            .orElseGet(() -> PositionState.announced(position, terms));
    String done =
        paused
            .map(
                because ->
                    "adopted paused, because " + because + ": no rule acts before `pm resume`")
            .orElseGet(() -> finding.remedy().words());
    // told first: once it runs it is found no more, and who is lost in between could not tell it
    alert(
        finding,
        severity == Alert.Severity.CRITICAL
            ? AlertKind.UNEXPECTED_SHORT.key(position)
            : mismatch("adopted", finding),
        severity,
        done);
    return engine.start(state, SyncEngine.Before.NEVER) ? done : "adopted before";
  }

  private static SyncNotice.Closed closed(
      Finding finding, List<ClosingFill> fills, ExitReason reason) {
    return new SyncNotice.Closed(fills, reason, finding.evidence());
  }

  private String tell(Finding finding, SyncNotice notice) {
    return engine.tell(finding.position(), notice)
        ? finding.remedy().words()
        : "its workflow does not run: told once it does";
  }

  private String move(Finding.SymbolChanged it) {
    Optional<PositionState> state = engine.state(it.position());
    if (state.isEmpty()) {
      return "its workflow does not run: moved once it does";
    }
    if (!state.get().held().isZero()) {
      engine.start(
          state.get().movedTo(it.to(), exchange.now(), it.evidence()), SyncEngine.Before.NEVER);
    }
    return tell(it, new SyncNotice.Moved(it.activity(), it.to().instrument(), it.evidence()));
  }

  private String restart(Finding finding, SyncEngine.Before before) {
    return switch (restarts.restart(finding.position(), before)) {
      case STARTED -> finding.remedy().words();
      case RUNNING -> "it runs already";
      case OVER -> "it is over";
    };
  }

  private String cancel(Finding.OrphanOrder it) {
    CancelResult result = broker.cancel(it.order());
    return switch (result) {
      case CancelResult.Requested() -> it.remedy().words();
      case CancelResult.TooLate(String why) -> "it is over already: " + why;
      case CancelResult.NotFound() -> "the broker knows it no more";
    };
  }

  private static String mismatch(String what, Finding finding) {
    return AlertKind.MISMATCH.key(what + "/" + finding.position());
  }

  private void alert(Finding finding, String key, Alert.Severity severity) {
    alert(finding, key, severity, finding.remedy().words());
  }

  private void alert(Finding finding, String key, Alert.Severity severity, String done) {
    alerts.raise(
        new Alert(
            finding.position(), key, severity, finding.evidence() + "; " + done, exchange.now()));
  }
}
