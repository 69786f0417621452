package org.positionmanager.starter.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.worker.config.ConfigurationException;
import org.positionmanager.worker.config.ConfigurationFile;
import org.positionmanager.worker.config.Fault;
import org.positionmanager.worker.config.PlanFile;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.plan.PlanBook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pm plan check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Reads a plan file as strictly as a worker does and lists all that is wrong.",
    footer = {
      "",
      "Examples:",
      "  pm plan check plans.yaml",
      "  pm plan check plans.yaml --config pm.yaml    also its account names",
      "  pm plan check plans.yaml --json",
      "",
      "Exit codes: 0 a worker would take it; 2 it would not."
    })
public final class PlanCheckCommandLine implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The plan file.")
  private Path file;

  @Option(
      names = "--config",
      defaultValue = "${env:PM_CONFIG:-pm.yaml}",
      description =
          "The workers' configuration; where it exists its accounts are the known ones (default:"
              + " ${DEFAULT-VALUE}).")
  private Path config;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  /** What is shown of a fault; 0 where it has no place. */
  record Problem(int line, int column, String field, String problem, String fix) {
    static Problem of(Fault fault) {
      return new Problem(
          fault.place().map(Fault.Place::line).orElse(0),
          fault.place().map(Fault.Place::column).orElse(0),
          fault.field(),
          fault.found(),
          fault.fix());
    }
  }

  /** What is found out about a file. */
  record Finding(String file, int plans, int choices, List<Problem> problems) {}

  @Override
  public Integer call() throws Exception {
    if (!Files.exists(file)) {
      throw CommandException.badInput("FILE: no such file: " + file);
    }
    Optional<Map<String, AccountName>> accounts =
        Files.exists(config)
            ? Optional.of(ConfigurationFile.accountNames(config, System.getenv()))
            : Optional.empty();
    Finding finding = finding(accounts);
    System.out.println(json ? Payloads.mapper().writeValueAsString(finding) : text(finding));
    return finding.problems().isEmpty() ? 0 : CommandException.BAD_INPUT;
  }

  private Finding finding(Optional<Map<String, AccountName>> accounts) {
    try {
      PlanBook book = PlanFile.read(file, accounts);
      return new Finding(
          file.toString(), book.templates().size(), book.choices().size(), List.of());
    } catch (ConfigurationException e) {
      return new Finding(file.toString(), 0, 0, e.all().stream().map(Problem::of).toList());
    }
  }

  private static String text(Finding finding) {
    if (finding.problems().isEmpty()) {
      return Tone.GOOD.of(
          "%s is fine: %d plans, %d choices"
              .formatted(finding.file(), finding.plans(), finding.choices()));
    }
    return new Table<Problem>()
        .number("line", it -> it.line() == 0 ? "-" : Integer.toString(it.line()))
        .words("field", Problem::field)
        .words("problem", Problem::problem, it -> Tone.BAD)
        .words("fix", Problem::fix)
        .of(finding.problems());
  }
}
