package org.positionmanager.starter.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.AccountRecords;
import org.positionmanager.activities.ledger.AccountRecordsReader;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.standing.AccountStanding;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.starter.command.AccountChoice;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.json.Payloads;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pm report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Tells what the accounts did on an exchange day: performance, risk, alerts.",
    footer = {
      "",
      "Days are New York's trading days; what happens on a day without a session belongs to the",
      "next one. What is not known is told as unknown, never as zero.",
      "",
      "Examples:",
      "  pm report",
      "  pm report --account large --date 2026-02-11",
      "  pm report --from 2026-02-02 --to 2026-02-13 --html february.html",
      "  pm report --json",
      "",
      "Exit codes: 0 done; 1 the page cannot be drawn or written; 2 bad input;",
      "3 the ledger does not answer."
    })
public final class ReportCommandLine implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private Connections connections;

  @Option(names = "--account", description = "Of one account only, by its name or an alias.")
  private String account;

  @Option(
      names = "--date",
      paramLabel = "DATE",
      description = "A day such as 2026-02-11 (default: the last trading day).")
  private String date;

  @Option(names = "--from", paramLabel = "DATE", description = "The first of several days.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "The last of several days (default: the last trading day).")
  private String to;

  @ArgGroup private Form form;

  /** How it is told; a terminal's tables where nothing is said. */
  private static final class Form {
    @Option(names = "--json", description = "One document for machines.")
    private boolean json;

    @Option(
        names = "--html",
        paramLabel = "FILE",
        description = "One page with charts, which needs nothing else.")
    private Path html;
  }

  @Override
  public Integer call() throws Exception {
    if (date != null && (from != null || to != null)) {
      throw CommandException.badInput(
          "--date is one day, --from and --to are several; give either");
    }
    if (to != null && from == null) {
      throw CommandException.badInput("--from is missing beside --to; give the first day");
    }
    Optional<LocalDate> one = day("--date", date).or(() -> day("--from", from));
    Optional<LocalDate> last = day("--date", date).or(() -> day("--to", to));
    try (LedgerDatabase ledger = connections.ledger()) {
      show(report(ledger, one, last, InstantSource.system().instant()));
    }
    return 0;
  }

  private DayReport report(
      LedgerDatabase ledger, Optional<LocalDate> first, Optional<LocalDate> last, Instant realNow) {
    List<AccountName> accounts =
        AccountChoice.of(ledger, Optional.ofNullable(account), "--account");
    AccountRecordsReader reader = new AccountRecordsReader(ledger);
    DeskClock clock = DeskClock.of(newest(reader, accounts), realNow);
    LocalDate today = ReportPeriod.tradingDay(clock.now());
    ReportPeriod period = new ReportPeriod(first.orElse(today), last.orElse(today));
    return new DayReport(
        period,
        clock.now(),
        accounts.stream()
            .map(
                name -> AccountReport.of(records(reader, name, period, clock), period, clock.now()))
            .toList());
  }

  private static Optional<AccountStanding> newest(
      AccountRecordsReader reader, List<AccountName> accounts) {
    return accounts.stream()
        .map(reader::newest)
        .flatMap(Optional::stream)
        .max(Comparator.comparing(AccountStanding::recordedAt));
  }

  private static Optional<LocalDate> day(String option, String text) {
    try {
      return Optional.ofNullable(text).map(LocalDate::parse);
    } catch (DateTimeParseException e) {
      throw CommandException.badInput(
          "%s: '%s' is no date; write it as 2026-02-11".formatted(option, text));
    }
  }

  /** Alerts are told in real time, which on a simulated exchange is another than the day's. */
  private static AccountRecords records(
      AccountRecordsReader reader, AccountName name, ReportPeriod period, DeskClock clock) {
    Instant alertsFrom = period.begin();
    Instant alertsTo = period.end();
    if (!clock.isReal()) {
      List<AccountStanding> taken = reader.standings(name, alertsFrom, alertsTo);
      if (!taken.isEmpty()) {
        alertsFrom = taken.getFirst().recordedAt();
        alertsTo = taken.getLast().recordedAt();
      }
    }
    return reader.read(
        name,
        new AccountRecordsReader.Span(
            period.begin(), period.end(), period.nights(clock.now()), alertsFrom, alertsTo));
  }

  private void show(DayReport report) throws IOException {
    if (form != null && form.html != null) {
      write(report, form.html);
      spec.commandLine()
          .getOut()
          .println("report of %s written to %s".formatted(report.period(), form.html));
    } else {
      spec.commandLine()
          .getOut()
          .println(form != null && form.json ? json(report) : ReportText.of(report));
    }
  }

  private static String json(DayReport report) throws JsonProcessingException {
    return Payloads.mapper().writeValueAsString(report);
  }

  private static void write(DayReport report, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw CommandException.badInput("--html: there is no folder " + folder);
    }
    Files.writeString(file, ReportPage.of(report));
  }
}
