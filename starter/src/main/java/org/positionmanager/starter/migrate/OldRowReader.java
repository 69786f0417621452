package org.positionmanager.starter.migrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.InboxRow;
import org.positionmanager.activities.ledger.MigratedRow;
import org.positionmanager.activities.ledger.RowReading;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * Reads single rows of the replaced system. Each goes through the reading of dispatchers' rows, in
 * whose form it is put first, so that both mean the same by the same words.
 */
final class OldRowReader {
  private static final Set<String> REAL = Set.of("ALPACA_PAPER", "LIVE");

  private final String source;
  private final Optional<String> accountOfUnnamed;
  private final Function<String, Optional<AccountRegistry.Found>> accounts;
  private final Map<UUID, String> namesOfExecutions = new HashMap<>();
  private final ObjectMapper json =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /**
   * @param source names the other system: ids of rows without an execution are made of it
   * @param accountOfUnnamed whose rows without an account's name are; empty where nobody said so
   * @param accounts what a name or alias leads to
   */
  OldRowReader(
      String source,
      Optional<String> accountOfUnnamed,
      Function<String, Optional<AccountRegistry.Found>> accounts) {
    this.source = source;
    this.accountOfUnnamed = accountOfUnnamed;
    Map<String, Optional<AccountRegistry.Found>> asked = new HashMap<>();
    this.accounts = name -> asked.computeIfAbsent(name, accounts);
  }

  /** A row of {@code dispatch_executions}. */
  OldRow execution(String id, String content) {
    MigratedRow.Key key = new MigratedRow.Key(OldTable.DISPATCH_EXECUTIONS.table(), id);
    ObjectNode row = parsed(content);
    String mode = row.path("execution_mode").asText("");
    String name = accountName(row, Optional.empty());
    Optional<AccountName> account = accounts.apply(name).map(AccountRegistry.Found::name);
    Optional<UUID> execution = OldFields.uuid(row.path("execution_id"));
    // of those too that come to nothing: what names them is of the same account
    execution.ifPresent(it -> namesOfExecutions.put(it, name));
    for (String moment : List.of("executed_at", "simulated_ts")) {
      OldFields.moment(row.path(moment)).ifPresent(at -> row.put(moment, at.toString()));
    }
    Optional<Instant> since =
        OldFields.moment(row.path("executed_at"))
            .or(() -> OldFields.moment(row.path("simulated_ts")));
    Decision decision = new Decision(key, account, execution, since, true);
    if (!REAL.contains(mode)) {
      return decision.by(new Verdict.Simulated(mode));
    }
    if (account.isEmpty()) {
      return decision.by(new Verdict.AccountUnknown(name));
    }
    row.put("account_name", name);
    row.set("option_symbol", OldFields.optionSymbol(row));
    row.put("side", OldFields.side(row));
    return switch (RowReading.read(row, "", accounts)) {
      case InboxRow.Execution good -> new OldRow.Execution(key, good.position(), good.terms());
      case InboxRow.Bad bad -> decision.by(unreadable(bad, Map.of()));
    };
  }

  /** A row of {@code active_positions}; after all executions, whose accounts it may need. */
  OldRow position(String id, String content) {
    MigratedRow.Key key = new MigratedRow.Key(OldTable.ACTIVE_POSITIONS.table(), id);
    ObjectNode row = parsed(content);
    Optional<UUID> execution = OldFields.execution(row);
    String name = accountName(row, execution);
    Optional<AccountRegistry.Found> account = accounts.apply(name);
    Optional<OldRow.Status> status = OldFields.status(row);
    Decision decision =
        decision(key, row, account, execution, !status.equals(Optional.of(OldRow.Status.CLOSED)));
    if (account.isEmpty()) {
      return decision.by(new Verdict.AccountUnknown(name));
    }
    if (status.isEmpty()) {
      return decision.by(
          new Verdict.Unreadable(
              "status",
              "'%s' is unknown".formatted(row.path("status").asText("")),
              "use open, closing or closed"));
    }
    if (OldFields.isNoNumber(row.path("peak_price"))) {
      return decision.by(
          new Verdict.Unreadable(
              "peak_price",
              "is '%s'".formatted(row.path("peak_price").asText()),
              "give a price, or none"));
    }
    InboxRow read = read(row, key, execution, name, account.get().live());
    return switch (read) {
      case InboxRow.Bad bad -> decision.by(unreadable(bad, OldFields.POSITION));
      case InboxRow.Execution good ->
          new OldRow.Position(
              key,
              good.position(),
              execution.isPresent(),
              good.terms(),
              status.get(),
              OldFields.positive(row.path("original_quantity"))
                  .map(Quantity::new)
                  .filter(original -> original.compareTo(good.terms().quantity()) > 0)
                  .orElse(good.terms().quantity()),
              OldFields.positive(row.path("peak_price")).map(Price::new),
              OldFields.moment(row.path("closed_at")),
              Stream.of("last_checked_at", "updated_at", "created_at")
                  .flatMap(column -> OldFields.moment(row.path(column)).stream())
                  .max(Instant::compareTo)
                  .orElse(good.terms().announcedAt()));
    };
  }

  /** What is said of a row of a position or of its end, before it is known what it is. */
  private static Decision decision(
      MigratedRow.Key key,
      ObjectNode row,
      Optional<AccountRegistry.Found> account,
      Optional<UUID> execution,
      boolean maySpeakForHeld) {
    return new Decision(
        key,
        account.map(AccountRegistry.Found::name),
        execution,
        OldFields.moment(row.path("entry_time")),
        maySpeakForHeld);
  }

  /** A row of {@code position_history}; after all executions, whose accounts it has. */
  OldRow history(String id, String content) {
    MigratedRow.Key key = new MigratedRow.Key(OldTable.POSITION_HISTORY.table(), id);
    ObjectNode row = parsed(content);
    Optional<UUID> execution = OldFields.execution(row);
    String name = accountName(row, execution);
    Optional<AccountRegistry.Found> account = accounts.apply(name);
    Decision decision = decision(key, row, account, execution, false);
    if (account.isEmpty()) {
      return decision.by(
          name.isEmpty()
              ? new Verdict.Kept("of no execution that is known, so of no account")
              : new Verdict.AccountUnknown(name));
    }
    Optional<Verdict.Settled> fault = OldFields.faultOfExit(row);
    if (fault.isPresent()) {
      return decision.by(fault.get());
    }
    return switch (read(row, key, execution, name, account.get().live())) {
      case InboxRow.Bad bad -> decision.by(unreadable(bad, OldFields.POSITION));
      case InboxRow.Execution good -> history(row, execution.isPresent(), good, decision);
    };
  }

  private static OldRow history(
      JsonNode row, boolean announced, InboxRow.Execution good, Decision decision) {
    Instant closedAt = OldFields.moment(row.path("exit_time")).orElseThrow();
    if (closedAt.isBefore(good.terms().announcedAt())) {
      return decision.by(
          new Verdict.Unreadable(
              "exit_time", "is before entry_time", "compare both with the broker's fills"));
    }
    if (good.terms().expectedPrice().isEmpty()) {
      return decision.by(
          new Verdict.Unreadable(
              "entry_price", "is missing", "give the price at which it was entered"));
    }
    return new OldRow.History(
        decision.key(),
        good.position(),
        announced,
        good.terms(),
        new Price(row.path("exit_price").decimalValue()),
        closedAt,
        OldReasons.of(row),
        Optional.of(row.path("exit_order_id"))
            .filter(JsonNode::isTextual)
            .map(JsonNode::asText)
            .filter(order -> !order.isBlank())
            .map(BrokerOrderId::new),
        Optional.of(row.path("pnl_dollars"))
            .filter(JsonNode::isNumber)
            .map(profit -> new Money(profit.decimalValue())));
  }

  /** Read as if a dispatcher had written it. */
  private InboxRow read(
      ObjectNode row, MigratedRow.Key key, Optional<UUID> execution, String account, boolean live) {
    ObjectNode as = json.createObjectNode();
    as.put("execution_id", execution.orElseGet(() -> idOf(key)).toString());
    as.put("account_name", account);
    as.put("execution_mode", live ? "LIVE" : "ALPACA_PAPER");
    for (String same :
        new String[] {
          "ticker",
          "instrument_type",
          "strategy_type",
          "strike_price",
          "expiration_date",
          "max_hold_minutes",
          "entry_price"
        }) {
      if (!row.path(same).isMissingNode() && !row.path(same).isNull()) {
        as.set(same, row.path(same));
      }
    }
    as.set("option_symbol", OldFields.optionSymbol(row));
    as.put("side", OldFields.side(row));
    as.set("qty", row.path("quantity"));
    as.set("contracts", row.path("quantity"));
    as.set("stop_loss_price", row.path("stop_loss"));
    as.set("take_profit_price", row.path("take_profit"));
    OldFields.moment(row.path("entry_time")).ifPresent(at -> as.put("executed_at", at.toString()));
    return RowReading.read(as, "", accounts);
  }

  /** The same for the same row, whenever and wherever it is read. */
  private UUID idOf(MigratedRow.Key key) {
    return UUID.nameUUIDFromBytes(
        "migrated/%s/%s/%s"
            .formatted(source, key.table(), key.id())
            .getBytes(StandardCharsets.UTF_8));
  }

  /** Its own, else its execution's, else that of all rows that name none. */
  private String accountName(JsonNode row, Optional<UUID> execution) {
    JsonNode own = row.path("account_name");
    return Optional.of(own)
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(name -> !name.isBlank())
        .or(() -> execution.map(namesOfExecutions::get).filter(name -> !name.isEmpty()))
        .or(() -> accountOfUnnamed)
        .orElse("");
  }

  private static Verdict.Settled unreadable(InboxRow.Bad bad, Map<String, String> columns) {
    return new Verdict.Unreadable(
        OldFields.named(bad.field(), columns),
        OldFields.named(bad.problem(), columns),
        OldFields.named(bad.fix(), columns));
  }

  /** What is known of a row before it is known whether it can be meant. */
  private record Decision(
      MigratedRow.Key key,
      Optional<AccountName> account,
      Optional<UUID> execution,
      Optional<Instant> since,
      boolean saysOpen) {
    private OldRow by(Verdict.Settled verdict) {
      return new OldRow.Decided(key, account, execution, since, saysOpen, verdict);
    }
  }

  private ObjectNode parsed(String content) {
    try {
      return (ObjectNode) json.readTree(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the old database wrote JSON that cannot be read", e);
    }
  }
}
