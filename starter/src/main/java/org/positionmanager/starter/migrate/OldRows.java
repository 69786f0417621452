package org.positionmanager.starter.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.MigratedRow;
import org.positionmanager.activities.ledger.MigratedRow.Kind;
import org.positionmanager.activities.ledger.RowMigration;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;

/**
 * All rows of the replaced system: read once for the plan, and once more to be kept, since their
 * content would not fit into memory.
 */
final class OldRows {
  private final OldDatabase database;
  private final Function<String, Optional<AccountRegistry.Found>> accounts;
  private final Progress progress;
  private final List<OldRow> rows = new ArrayList<>();
  private final Map<String, OldAccounts.Line> lines = new TreeMap<>();
  private final ObjectMapper json = new ObjectMapper();

  OldRows(
      OldDatabase database,
      Function<String, Optional<AccountRegistry.Found>> accounts,
      Progress progress) {
    this.database = database;
    this.accounts = accounts;
    this.progress = progress;
  }

  /** Reads what positions are planned from. */
  List<OldRow> read(OldRowReader reader) throws SQLException {
    // executions first: the others go by their accounts
    read(OldTable.DISPATCH_EXECUTIONS, reader::execution);
    read(OldTable.ACTIVE_POSITIONS, reader::position);
    read(OldTable.POSITION_HISTORY, reader::history);
    return rows;
  }

  private interface Reading {
    OldRow of(String id, String content);
  }

  private void read(OldTable table, Reading reading) throws SQLException {
    database.read(
        table,
        (id, content) -> {
          OldRow row = reading.of(id, content);
          rows.add(row);
          count(table, content, row);
          progress.tell(() -> "read %d rows up to %s".formatted(rows.size(), row.key()));
        });
  }

  private void count(OldTable table, String content, OldRow row) {
    String name = database.has(table, "account_name") ? text(content, "account_name") : "";
    Optional<AccountName> account =
        switch (row) {
          case OldRow.Decided decided -> decided.account();
          case OldRow.Sound sound -> Optional.of(sound.id().account());
        };
    lines.merge(
        "%s/%s/%s".formatted(table.ordinal(), name, account),
        new OldAccounts.Line(name, account, table, 1),
        (one, other) ->
            new OldAccounts.Line(one.oldName(), one.account(), table, one.rows() + other.rows()));
  }

  /** What accounts are called in each table. */
  List<OldAccounts.Line> accounts() {
    return List.copyOf(lines.values());
  }

  /** Keeps every row that is settled, and what belongs to none: events and accounts. */
  void keep(MigrationPlan plan, RowMigration into) throws SQLException {
    for (OldTable table : OldTable.values()) {
      database.read(
          table,
          (id, content) -> {
            Optional<MigratedRow> row =
                switch (table) {
                  case DISPATCH_EXECUTIONS, ACTIVE_POSITIONS, POSITION_HISTORY ->
                      judged(plan, new MigratedRow.Key(table.table(), id), content);
                  case POSITION_EVENTS -> Optional.of(event(plan, id, content));
                  case ACCOUNT_METADATA -> Optional.of(account(id, content));
                };
            if (row.isPresent()) {
              into.keep(row.get());
            } else if (table == OldTable.DISPATCH_EXECUTIONS) {
              leave(plan.verdictOf(new MigratedRow.Key(table.table(), id)), id, into);
            }
            progress.tell(() -> "kept rows up to %s %s".formatted(table.table(), id));
          });
    }
  }

  private static Optional<MigratedRow> judged(
      MigrationPlan plan, MigratedRow.Key key, String content) {
    MigrationPlan.Judged judged = plan.verdicts().get(key);
    if (!(judged.verdict() instanceof Verdict.Settled verdict)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (judged.row()) {
          case OldRow.Decided row ->
              new MigratedRow(
                  key,
                  row.account(),
                  Optional.empty(),
                  row.execution(),
                  verdict.kind(),
                  verdict.cause(),
                  Optional.empty(),
                  content);
          case OldRow.Sound row ->
              new MigratedRow(
                  key,
                  Optional.of(row.id().account()),
                  Optional.of(row.id().instrument().symbol()),
                  Optional.of(row.id().execution()),
                  verdict.kind(),
                  verdict.cause(),
                  Optional.of(row.terms().announcedAt()),
                  content);
        });
  }

  /** The intake takes in what is left to it, and nothing of which it is not known what it is. */
  private static void leave(Verdict verdict, String execution, RowMigration into) {
    if (verdict instanceof Verdict.Unverified unverified) {
      into.holdBack(execution, unverified.cause());
    } else if (verdict instanceof Verdict.LeftToAnotherRun left) {
      into.holdBack(execution, left.cause());
    } else if (verdict instanceof Verdict.LeftToIntake) {
      into.letGo(execution);
    }
  }

  /** Kept as what belongs to the position that it happened to. */
  private MigratedRow event(MigrationPlan plan, String id, String content) {
    JsonNode event = parsed(content);
    Optional<OldRow> of =
        Optional.ofNullable(
                plan.verdicts()
                    .get(
                        new MigratedRow.Key(
                            OldTable.ACTIVE_POSITIONS.table(), event.path("position_id").asText())))
            .map(MigrationPlan.Judged::row);
    Optional<PositionId> position =
        of.filter(OldRow.Sound.class::isInstance)
            .map(OldRow.Sound.class::cast)
            .map(OldRow.Sound::id);
    Optional<OldRow.Decided> decided =
        of.filter(OldRow.Decided.class::isInstance).map(OldRow.Decided.class::cast);
    Optional<UUID> execution =
        position.map(PositionId::execution).or(() -> decided.flatMap(OldRow.Decided::execution));
    return new MigratedRow(
        new MigratedRow.Key(OldTable.POSITION_EVENTS.table(), id),
        position.map(PositionId::account).or(() -> decided.flatMap(OldRow.Decided::account)),
        position.map(it -> it.instrument().symbol()),
        execution,
        Kind.KEPT,
        event.path("event_type").asText("event"),
        OldFields.moment(event.path("created_at")),
        content);
  }

  private MigratedRow account(String id, String content) {
    return new MigratedRow(
        new MigratedRow.Key(OldTable.ACCOUNT_METADATA.table(), id),
        accounts.apply(id).map(AccountRegistry.Found::name),
        Optional.empty(),
        Optional.empty(),
        Kind.KEPT,
        "what the old system knew of the account",
        OldFields.moment(parsed(content).path("created_at")),
        content);
  }

  private String text(String content, String field) {
    JsonNode value = parsed(content).path(field);
    return value.isTextual() ? value.asText() : "";
  }

  private JsonNode parsed(String content) {
    try {
      return json.readTree(content);
    } catch (IOException e) {
      throw new IllegalStateException("the old database wrote JSON that cannot be read", e);
    }
  }
}
