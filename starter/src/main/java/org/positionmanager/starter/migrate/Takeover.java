package org.positionmanager.starter.migrate;

import io.temporal.client.WorkflowClient;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.MigratedPosition;
import org.positionmanager.activities.ledger.MigratedRows;
import org.positionmanager.activities.ledger.RowMigration;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.intake.PositionStarter;
import org.positionmanager.worker.AccountRegistration;
import org.positionmanager.worker.HeldAtBroker;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.workflows.identity.AccountName;

/** Takes over from the replaced system: what is to be done, and the doing of it. */
final class Takeover {
  /** For so long orders and positions of the broker may disagree. */
  private static final Duration BROKERS_LAG = Duration.ofSeconds(10);

  private final OldDatabase old;
  private final Supplier<OldDatabase> again;
  private final LedgerDatabase ledger;
  private final LedgerDatabase.Address address;
  private final Configuration configuration;
  private final LongSupplier nanoClock;
  private final Progress progress;
  private final MigratedRows migrated;
  private final String source;
  private final OldRows rows;
  private final OldRowReader reader;

  /**
   * @param again opens the other system's database once more, as it is then
   * @param source names the other system
   * @param accountOfUnnamed whose rows without an account's name are
   * @param nanoClock real time
   */
  Takeover(
      OldDatabase old,
      Supplier<OldDatabase> again,
      LedgerDatabase ledger,
      LedgerDatabase.Address address,
      Configuration configuration,
      String source,
      Optional<String> accountOfUnnamed,
      LongSupplier nanoClock,
      Progress progress) {
    this.old = old;
    this.again = again;
    this.ledger = ledger;
    this.address = address;
    this.configuration = configuration;
    this.source = source;
    this.nanoClock = nanoClock;
    this.progress = progress;
    migrated = new MigratedRows(ledger);
    AccountRegistry registry = new AccountRegistry(ledger);
    Function<String, Optional<AccountRegistry.Found>> accounts =
        OldAccounts.of(
            configuration, migrated.isSetUp() ? registry::find : name -> Optional.empty());
    accountOfUnnamed.ifPresent(name -> requireKnown(name, accounts.apply(name).isPresent()));
    rows = new OldRows(old, accounts, progress);
    reader = new OldRowReader(source, accountOfUnnamed, accounts);
  }

  private static void requireKnown(String name, boolean isKnown) {
    if (!isKnown) {
      throw CommandException.badInput(
          "--account-of-unnamed: '%s' is no account of pm.yaml, nor an alias of one"
              .formatted(name));
    }
  }

  /**
   * What was decided, and by what.
   *
   * @param heldAt {@link System#nanoTime()} before the holdings were read
   */
  record Decided(
      MigrationPlan plan,
      MigratedRows.Known known,
      Map<AccountName, HeldAtBroker> held,
      long heldAt) {
    Set<AccountName> accountsThatHold() {
      return held.entrySet().stream()
          .filter(
              it -> it.getValue() instanceof HeldAtBroker.Told told && !told.holdings().isEmpty())
          .map(Map.Entry::getKey)
          .collect(Collectors.toSet());
    }
  }

  /** Reads everything and decides; changes nothing anywhere. */
  Decided decide() throws SQLException {
    long heldAt = nanoClock.getAsLong();
    Map<AccountName, HeldAtBroker> held = HeldAtBroker.ask(configuration);
    MigratedRows.Known known = migrated.known(source);
    List<OldRow> read = rows.read(reader);
    return new Decided(
        Planning.plan(read, new Planning.Around(old.now(), held, known)), known, held, heldAt);
  }

  /** Whether the intake reads the other system's executions: those of the ledger's database. */
  boolean doesTheIntakeReadIt() throws SQLException {
    return old.isThatOf(migrated);
  }

  /** What rows call their accounts. */
  List<OldAccounts.Line> accounts() {
    return rows.accounts();
  }

  /**
   * Does it in one transaction, and starts the workflows of what is open afterwards; those of an
   * earlier run too, should it have been stopped in between.
   *
   * @throws CommandException where the broker tells something else than before, or another run came
   *     first: nothing is changed; where the engine fails afterwards: all is recorded, and it says
   *     how many workflows were started
   */
  MigrationReport.Applied apply(Decided decided, WorkflowClient client)
      throws SQLException, InterruptedException {
    prepare(decided);
    requireTheSameHoldings(decided);
    requireTheSameExecutions();
    RowMigration.Written written = write(decided);
    return new WorkflowStarts(new PositionStarter(client)::start)
        .start(written, migrated.open(source));
  }

  /** The ledger has tables, and the accounts whose keys were checked. */
  private void prepare(Decided decided) {
    try {
      ledger.migrate();
      ledger.verify();
      for (Configuration.Account account : configuration.accounts()) {
        if (decided.held().get(account.name()) instanceof HeldAtBroker.Told) {
          AccountRegistration.register(address, account);
        }
      }
    } catch (IllegalStateException e) {
      throw CommandException.refused(e.getMessage(), e);
    }
  }

  /** Absence is believed after two reads that the broker's lag lies between. */
  private void requireTheSameHoldings(Decided decided) throws InterruptedException {
    Duration since = Duration.ofNanos(nanoClock.getAsLong() - decided.heldAt());
    if (since.compareTo(BROKERS_LAG) < 0) {
      Thread.sleep(BROKERS_LAG.minus(since));
    }
    Map<AccountName, HeldAtBroker> now = HeldAtBroker.ask(configuration);
    decided
        .held()
        .forEach(
            (account, before) -> {
              if (before instanceof HeldAtBroker.Told told && !isSame(told, now.get(account))) {
                throw CommandException.refused(
                    "what account %s holds has changed, or cannot be read any more: %s; nothing was changed, run it again"
                        .formatted(account, words(now.get(account))),
                    null);
              }
            });
  }

  /** What was announced meanwhile may hold what others would get. */
  private void requireTheSameExecutions() throws SQLException {
    try (OldDatabase now = again.get()) {
      if (now.count(OldTable.DISPATCH_EXECUTIONS) != old.count(OldTable.DISPATCH_EXECUTIONS)) {
        throw CommandException.refused(
            "a dispatcher has announced an execution meanwhile; nothing was changed, run it again",
            null);
      }
    }
  }

  private static boolean isSame(HeldAtBroker.Told before, HeldAtBroker now) {
    return now instanceof HeldAtBroker.Told told && told.holdsTheSameAs(before);
  }

  private static String words(HeldAtBroker held) {
    return switch (held) {
      case HeldAtBroker.Told told ->
          "now "
              + told.holdings().stream()
                  .map(it -> "%s %s %s".formatted(it.direction(), it.quantity(), it.instrument()))
                  .toList();
      case HeldAtBroker.Unread(String why) -> why;
    };
  }

  private RowMigration.Written write(Decided decided) throws SQLException {
    MigratedRows.Known now = migrated.known(source);
    try (RowMigration migration = migrated.begin(source, now)) {
      if (!now.tellsTheSameAs(decided.known())) {
        throw CommandException.refused(
            "the ledger has changed meanwhile; nothing was changed, run it again", null);
      }
      for (MigrationPlan.Opening opening : decided.plan().openings()) {
        migration.take(opening.position());
        progress.tell(() -> "recorded " + opening.position().id());
      }
      for (MigratedPosition.Closed closing : decided.plan().closings()) {
        migration.take(closing);
        progress.tell(() -> "recorded " + closing.id());
      }
      rows.keep(decided.plan(), migration);
      return migration.commit();
    } catch (IllegalStateException e) {
      throw CommandException.refused(e.getMessage(), e);
    }
  }
}
