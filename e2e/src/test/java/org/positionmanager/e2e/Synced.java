package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowOptions;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.starter.intake.PositionStarter;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.sync.AccountSyncWorkflow;
import org.positionmanager.workflows.sync.Adoption;
import org.positionmanager.workflows.sync.SyncNotice;
import org.positionmanager.workflows.sync.SyncReport;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** A desk whose accounts are compared when a test wants it. */
final class Synced {
  private final Desk desk;

  Synced(Desk desk) {
    this.desk = desk;
  }

  /** Compares an account now, and puts right what differs. */
  SyncReport sync(AccountName account) {
    return desk.client()
        .newWorkflowStub(
            AccountSyncWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId("test-sync/" + UUID.randomUUID())
                .setTaskQueue(account.taskQueue())
                .build())
        .sync(account);
  }

  /** What a good run put right. */
  static Map<String, SyncReport.Result> byKindAndSymbol(SyncReport report) {
    assertThat(report.isGood()).as("%s", report).isTrue();
    return report.results().stream()
        .collect(
            Collectors.toMap(
                it ->
                    it.finding().getClass().getSimpleName()
                        + " "
                        + it.finding().position().instrument().symbol(),
                it -> it,
                (one, other) -> other));
  }

  /** Opened by an order and protected, and no rule acts. */
  PositionId openedPaused(String account, String symbol, String side, int quantity)
      throws Exception {
    Direction direction = side.equals("buy") ? Direction.LONG : Direction.SHORT;
    String order =
        side.equals("buy")
            ? desk.broker().buys(account, symbol, quantity)
            : desk.broker().sells(account, symbol, quantity);
    PositionId id =
        new PositionId(new AccountName(account), Instrument.parse(symbol), UUID.randomUUID());
    EntryTerms base =
        new Adoption(direction, Quantity.of(quantity), Price.parse("1"), order)
            .terms(Strategy.SWING_TRADE, desk.broker().now());
    EntryTerms terms =
        new EntryTerms(
            base.strategy(),
            direction,
            base.quantity(),
            base.announcedAt(),
            Optional.of(new BrokerOrderId(order)),
            Optional.empty(),
            base.stop(),
            base.target(),
            base.underlyingStop(),
            base.underlyingTarget(),
            base.maxHold(),
            false);
    new PositionStarter(desk.client()).start(PositionState.announcedPaused(id, terms, "a test"));
    desk.awaitPhase(id, Phase.PROTECTED);
    return id;
  }

  LedgerReader.Row row(PositionId id) {
    return desk.reader().positions(true).stream()
        .filter(it -> it.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  void awaitHeld(PositionId id, String held) {
    desk.await(id + " to hold " + held, () -> row(id).held().toString(), held::equals);
  }

  /**
   * Opened, and reviewed beside a fresh watch: the next review is ten minutes away, so that a sync
   * finds first what changes now.
   */
  PositionId openedAndReviewed(String account, String symbol, int quantity) throws Exception {
    PositionId id = desk.opens(account, symbol, quantity);
    desk.awaitPhase(id, Phase.PROTECTED);
    desk.await(
        "a review of " + id + " beside a fresh watch",
        () -> {
          desk.position(id).synced(new SyncNotice.LookNow("a test"));
          return desk.position(id).state();
        },
        Synced::isLeftToTheWatch);
    return id;
  }

  private static boolean isLeftToTheWatch(PositionState state) {
    return state
        .lastSeen()
        .flatMap(seen -> seen.watch())
        .filter(sight -> sight.fresh())
        .flatMap(sight -> state.arming().filter(told -> told.number() == sight.arming()))
        .isPresent();
  }
}
