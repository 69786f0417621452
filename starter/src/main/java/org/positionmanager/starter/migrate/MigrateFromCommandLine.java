package org.positionmanager.starter.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.worker.config.ConfigurationFile;
import org.positionmanager.workflows.json.Payloads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pm migrate-from --url jdbc:postgresql://...}. */
@Command(
    name = "migrate-from",
    mixinStandardHelpOptions = true,
    description = {
      "Takes over from the position managers that this system replaces: says what",
      "it would do, and with --apply does it. What the broker really holds becomes",
      "workflows; everything else is kept as history. The old tables are only read."
    },
    footer = {
      "",
      "The old database's password comes from PM_MIGRATE_PASSWORD or --password-file,",
      "the accounts' names, aliases and keys from pm.yaml. Run twice, the second run",
      "changes nothing.",
      "",
      "Examples:",
      "  pm migrate-from --url jdbc:postgresql://db:5432/trading --user reader",
      "  pm migrate-from --url jdbc:postgresql://db:5432/trading --user reader --apply",
      "  pm migrate-from --url jdbc:postgresql://db/old --account-of-unnamed large",
      "",
      "Exit codes: 0 done; 1 refused, or an account could not be verified, or rows that",
      "may speak for what is held have to be mended, or rows wait for another run; 2 bad",
      "input; 3 old database, engine or ledger does not answer."
    })
public final class MigrateFromCommandLine implements Callable<Integer> {
  private static final String PASSWORD = "PM_MIGRATE_PASSWORD";
  private static final String URL_FORM = "jdbc:postgresql://host:5432/database";

  @Mixin private Connections connections;

  @Option(
      names = "--url",
      required = true,
      description = "The old database, such as " + URL_FORM + "; without a password.")
  private String url;

  @Option(
      names = "--user",
      defaultValue = "${sys:user.name}",
      description = "Who may read it (default: ${DEFAULT-VALUE}).")
  private String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Holds the password alone (default: the variable " + PASSWORD + ").")
  private Path passwordFile;

  @Option(
      names = "--account-of-unnamed",
      paramLabel = "NAME",
      description = "Whose rows without an account's name are: older layouts have no account_name.")
  private String accountOfUnnamed;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "What to call the old database in the records (default: its own identity).")
  private String source;

  @Option(names = "--apply", description = "Does it; without it nothing is written anywhere.")
  private boolean apply;

  @Option(names = "--force", description = "Although the old system seems to run still.")
  private boolean force;

  @Option(
      names = "--config",
      defaultValue = "${env:PM_CONFIG:-pm.yaml}",
      description = "The accounts with their keys (default: ${DEFAULT-VALUE}).")
  private Path config;

  @Option(names = "--json", description = "For machines: the whole report as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    requirePlainUrl();
    String password = password();
    Configuration configuration = ConfigurationFile.read(config, System.getenv());
    try (OldDatabase old = OldDatabase.open(url, user, password)) {
      List<String> signs = OldSystem.signsOfLife(old);
      if (apply && !force && !signs.isEmpty()) {
        throw CommandException.refused(
            "the old system still runs, and two would close positions twice; stop it, or use --force. Nothing was changed:\n- "
                + String.join("\n- ", signs),
            null);
      }
      requireNames(old);
      try (LedgerDatabase ledger = connections.ledger()) {
        return takeOver(
            old, () -> OldDatabase.open(url, user, password), ledger, configuration, signs);
      }
    }
  }

  private int takeOver(
      OldDatabase old,
      Supplier<OldDatabase> again,
      LedgerDatabase ledger,
      Configuration configuration,
      List<String> signs)
      throws Exception {
    String name = source == null ? old.identity() : source;
    Takeover takeover =
        new Takeover(
            old,
            again,
            ledger,
            connections.ledgerAddress(),
            configuration,
            name,
            Optional.ofNullable(accountOfUnnamed),
            System::nanoTime,
            new Progress(System::nanoTime, line -> System.err.println("migrate-from: " + line)));
    Optional<Connections.Temporal> engine =
        apply ? Optional.of(connections.temporal()) : Optional.empty();
    try {
      Takeover.Decided decided = takeover.decide();
      MigrationReport report =
          MigrationReport.of(
              name,
              signs,
              takeover.accounts(),
              decided.accountsThatHold(),
              decided.plan(),
              takeover.doesTheIntakeReadIt());
      if (engine.isPresent()) {
        report = report.with(takeover.apply(decided, engine.get().client()));
      }
      System.out.println(
          json ? Payloads.mapper().writeValueAsString(report) : MigrationText.of(report));
      return report.isIncomplete() ? CommandException.REFUSED : 0;
    } finally {
      engine.ifPresent(Connections.Temporal::close);
    }
  }

  private void requirePlainUrl() {
    if (!url.startsWith("jdbc:postgresql://")) {
      throw CommandException.badInput("--url: must look like " + URL_FORM);
    }
    String authority = url.substring("jdbc:postgresql://".length());
    if (authority.contains("@") || authority.toLowerCase().matches(".*[?&](password|user)=.*")) {
      throw CommandException.badInput(
          "--url: has a user or a password, which others could see; use --user, and %s or --password-file"
              .formatted(PASSWORD));
    }
  }

  private String password() throws IOException {
    if (passwordFile == null) {
      return Optional.ofNullable(System.getenv(PASSWORD)).orElse("");
    }
    try {
      return Files.readString(passwordFile).strip();
    } catch (IOException e) {
      throw CommandException.badInput(
          "--password-file: %s cannot be read; give a file that holds the password alone"
              .formatted(passwordFile));
    }
  }

  private void requireNames(OldDatabase old) {
    if (accountOfUnnamed == null && !old.has(OldTable.DISPATCH_EXECUTIONS, "account_name")) {
      throw CommandException.badInput(
          "--account-of-unnamed: is missing; dispatch_executions of this database has no account_name, so say whose rows they all are");
    }
  }
}
