package org.positionmanager.starter.migrate;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.positionmanager.activities.broker.Fill;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.MigratedRow;
import org.positionmanager.activities.ledger.MigratedRows;
import org.positionmanager.worker.HeldAtBroker;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/** Rows of the replaced system as its tables have them, and what there is beside them. */
final class OldSystemRows {
  static final AccountName LARGE = new AccountName("large");
  static final AccountName TINY = new AccountName("tiny");
  static final Instant NOW = Instant.parse("2026-02-11T15:00:00Z");
  static final String QCOM = "QCOM260220P00145000";

  private final OldRowReader reader;
  private final List<OldRow> rows = new ArrayList<>();
  private final Map<AccountName, List<Holding>> held = new HashMap<>();
  private final Map<AccountName, String> unread = new HashMap<>();
  private final Map<AccountName, List<OrderView>> openOrders = new HashMap<>();
  private final Map<AccountName, List<Fill>> fills = new HashMap<>();
  private final Map<AccountName, List<Fill>> bought = new HashMap<>();
  private final List<MigratedRows.Position> positions = new ArrayList<>();
  private final Set<MigratedRow.Key> keptBefore = new HashSet<>();

  OldSystemRows() {
    this(Optional.empty());
  }

  OldSystemRows(Optional<String> accountOfUnnamed) {
    reader =
        new OldRowReader(
            "old",
            accountOfUnnamed,
            name ->
                switch (name) {
                  case "large", "large-100k" ->
                      Optional.of(new AccountRegistry.Found(LARGE, true, false));
                  case "tiny", "tiny-1k" ->
                      Optional.of(new AccountRegistry.Found(TINY, true, false));
                  default -> Optional.empty();
                });
    held.put(LARGE, new ArrayList<>());
    held.put(TINY, new ArrayList<>());
  }

  static UUID uuid(int number) {
    return new UUID(0, number);
  }

  static PositionId id(AccountName account, String symbol, int execution) {
    return new PositionId(account, Instrument.parse(symbol), uuid(execution));
  }

  static MigratedRow.Key execution(int number) {
    return new MigratedRow.Key("dispatch_executions", uuid(number).toString());
  }

  static MigratedRow.Key position(int number) {
    return new MigratedRow.Key("active_positions", "" + number);
  }

  static MigratedRow.Key history(int number) {
    return new MigratedRow.Key("position_history", "" + number);
  }

  /** A contract of an execution an hour ago. */
  OldSystemRows execution(int number, String account, String symbol, int quantity) {
    return execution(
        number, account, symbol, quantity, "ALPACA_PAPER", NOW.minusSeconds(3_600L - number));
  }

  OldSystemRows execution(
      int number, String account, String symbol, int quantity, String mode, Instant at) {
    return execution(number, account, symbol, quantity, mode, at, null);
  }

  /** With the broker's id of its order. */
  OldSystemRows execution(
      int number,
      String account,
      String symbol,
      int quantity,
      String mode,
      Instant at,
      String order) {
    return execution(number, account, symbol, quantity, mode, text(at.toString()), order);
  }

  /**
   * @param at as JSON
   */
  OldSystemRows execution(
      int number,
      String account,
      String symbol,
      int quantity,
      String mode,
      String at,
      String order) {
    rows.add(
        reader.execution(
            uuid(number).toString(),
            """
            {"execution_id": "%s", "account_name": %s, "execution_mode": "%s", %s, "contracts": %d,
             "qty": %d, "premium_paid": 5.2, "entry_price": 5.2, "stop_loss_price": 140,
             "take_profit_price": 160, "max_hold_minutes": 360, "simulated_ts": %s,
             "explain_json": {"alpaca_order_id": %s}}
            """
                .formatted(
                    uuid(number),
                    text(account),
                    mode,
                    what(symbol),
                    quantity,
                    quantity,
                    at,
                    text(order))));
    return this;
  }

  /** A row of an execution; 0 for none. */
  OldSystemRows position(
      int number, int execution, String account, String symbol, String quantity, String status) {
    return position(number, execution, account, symbol, quantity, status, "null");
  }

  OldSystemRows position(
      int number,
      int execution,
      String account,
      String symbol,
      String quantity,
      String status,
      String peak) {
    return position(
        number,
        execution,
        account,
        symbol,
        quantity,
        status,
        peak,
        Instant.parse("2026-02-11T14:10:00.25Z"),
        null);
  }

  /**
   * @param closedAt null for never
   */
  OldSystemRows position(
      int number,
      int execution,
      String account,
      String symbol,
      String quantity,
      String status,
      String peak,
      Instant enteredAt,
      Instant closedAt) {
    rows.add(
        reader.position(
            "" + number,
            """
            {"id": %d, "execution_id": %s, "account_name": %s, %s, "side": "put",
             "quantity": %s, "entry_price": 5.1, "entry_time": "%s", "closed_at": %s,
             "stop_loss": 3.9, "take_profit": 7.8, "max_hold_minutes": 360, "status": "%s",
             "peak_price": %s, "last_checked_at": "2026-02-11T14:%02d:00"}
            """
                .formatted(
                    number,
                    execution == 0 ? "null" : "\"" + uuid(execution) + "\"",
                    text(account),
                    what(symbol),
                    quantity,
                    withoutZone(enteredAt),
                    closedAt == null ? "null" : text(withoutZone(closedAt)),
                    status,
                    peak,
                    number % 60)));
    return this;
  }

  OldSystemRows history(int number, int execution, String symbol, int quantity, String exit) {
    return history(number, execution, symbol, quantity, exit, null);
  }

  /** With the broker's id of the order that closed it. */
  OldSystemRows history(
      int number, int execution, String symbol, int quantity, String exit, String order) {
    rows.add(
        reader.history(
            "" + number,
            """
            {"id": %d, "execution_id": %s, %s, "side": "long", "quantity": %d, "entry_price": 5.2,
             "exit_price": %s, "entry_time": "2026-02-11T14:00:00+00:00",
             "exit_time": "2026-02-11T14:%02d:30+00:00", "pnl_dollars": 2.6,
             "exit_reason": "take_profit", "exit_order_id": %s}
            """
                .formatted(
                    number,
                    execution == 0 ? "null" : "\"" + uuid(execution) + "\"",
                    what(symbol),
                    quantity,
                    exit,
                    number % 60,
                    text(order))));
    return this;
  }

  /** As columns without a time zone are written. */
  private static String withoutZone(Instant at) {
    return LocalDateTime.ofInstant(at, ZoneOffset.UTC).toString();
  }

  private static String what(String symbol) {
    Instrument instrument = Instrument.parse(symbol);
    boolean option = instrument.multiplier() > 1;
    return """
        "ticker": "%s", "instrument_type": "%s", "option_symbol": %s, "strategy_type": "%s"
        """
        .formatted(
            instrument.underlying(),
            option ? "PUT" : "STOCK",
            option ? text(symbol) : "null",
            option ? "swing_trade" : "stock")
        .strip();
  }

  private static String text(String value) {
    return value == null ? "null" : "\"" + value + "\"";
  }

  /** Bought an hour ago by an order that no row names, unless fills of it are given. */
  OldSystemRows held(AccountName account, String symbol, int quantity) {
    return held(account, symbol, quantity, "5.25");
  }

  OldSystemRows held(AccountName account, String symbol, int quantity, String entry) {
    bought
        .computeIfAbsent(account, it -> new ArrayList<>())
        .add(
            fill(
                "bought-" + symbol,
                symbol,
                "nobody's",
                Side.BUY,
                quantity,
                NOW.minusSeconds(3_600)));
    return heldForLong(account, symbol, quantity, entry);
  }

  /** Since before the first fill that the broker tells of, but for fills that are given. */
  OldSystemRows heldForLong(AccountName account, String symbol, int quantity) {
    return heldForLong(account, symbol, quantity, "5.25");
  }

  private OldSystemRows heldForLong(
      AccountName account, String symbol, int quantity, String entry) {
    Quantity all = Quantity.of(quantity);
    held.get(account)
        .add(new Holding(Instrument.parse(symbol), Direction.LONG, all, all, Price.parse(entry)));
    return this;
  }

  OldSystemRows unread(AccountName account, String why) {
    unread.put(account, why);
    return this;
  }

  OldSystemRows beingBought(AccountName account, String symbol) {
    return open(account, symbol, "somebody's", 0);
  }

  /** An order to buy ten that is open. */
  OldSystemRows open(AccountName account, String symbol, String order, int filled) {
    openOrders
        .computeIfAbsent(account, it -> new ArrayList<>())
        .add(
            new OrderView(
                new BrokerOrderId(order),
                "",
                Instrument.parse(symbol),
                Side.BUY,
                OrderStatus.WORKING,
                "new",
                Quantity.of(10),
                Quantity.of(filled),
                Optional.of(Price.parse("5.25")).filter(price -> filled > 0),
                NOW,
                NOW));
    return this;
  }

  /** What the broker tells of an order; oldest first. */
  OldSystemRows filled(
      AccountName account, String symbol, String order, Side side, int quantity, Instant at) {
    List<Fill> all = fills.computeIfAbsent(account, it -> new ArrayList<>());
    all.add(fill("fill-" + all.size(), symbol, order, side, quantity, at));
    return this;
  }

  private static Fill fill(
      String id, String symbol, String order, Side side, int quantity, Instant at) {
    return new Fill(
        id,
        new BrokerOrderId(order),
        Instrument.parse(symbol),
        side,
        Quantity.of(quantity),
        Price.parse("5.25"),
        at);
  }

  private List<Fill> fills(AccountName account) {
    List<Fill> given = fills.getOrDefault(account, List.of());
    return Stream.concat(
            bought.getOrDefault(account, List.of()).stream()
                .filter(
                    one ->
                        given.stream().noneMatch(it -> it.instrument().equals(one.instrument()))),
            given.stream())
        .toList();
  }

  OldSystemRows inLedger(PositionId id, Phase phase, int quantity) {
    positions.add(new MigratedRows.Position(id, phase, Direction.LONG, Quantity.of(quantity)));
    return this;
  }

  List<OldRow> rows() {
    return rows;
  }

  Planning.Around around() {
    Map<AccountName, HeldAtBroker> answers = new HashMap<>();
    held.forEach(
        (account, holdings) ->
            answers.put(
                account,
                new HeldAtBroker.Told(
                    NOW, holdings, openOrders.getOrDefault(account, List.of()), fills(account))));
    unread.forEach((account, why) -> answers.put(account, new HeldAtBroker.Unread(why)));
    return new Planning.Around(NOW, answers, new MigratedRows.Known(positions, keptBefore));
  }

  MigrationPlan plan() {
    return Planning.plan(rows, around());
  }

  /** The same after a plan was carried out. */
  OldSystemRows after(MigrationPlan plan) {
    plan.openings()
        .forEach(
            it ->
                inLedger(
                    it.position().id(),
                    Phase.PROTECTED,
                    it.position().quantity().value().intValueExact()));
    plan.closings().forEach(it -> inLedger(it.id(), Phase.CLOSED, 0));
    plan.verdicts()
        .forEach(
            (key, judged) -> {
              if (judged.verdict() instanceof Verdict.Settled settled
                  && !(settled instanceof Verdict.Unreadable)
                  && !(settled instanceof Verdict.AccountUnknown)) {
                keptBefore.add(key);
              }
            });
    return this;
  }
}
