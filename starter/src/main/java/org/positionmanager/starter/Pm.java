package org.positionmanager.starter;

import java.util.ServiceLoader;
import org.positionmanager.starter.command.AccountsCommandLine;
import org.positionmanager.starter.command.AdjustCommandLine;
import org.positionmanager.starter.command.AlertsCommandLine;
import org.positionmanager.starter.command.CloseCommandLine;
import org.positionmanager.starter.command.CodecServerCommandLine;
import org.positionmanager.starter.command.CoverageCommandLine;
import org.positionmanager.starter.command.DatabaseCommandLine;
import org.positionmanager.starter.command.DoctorCommandLine;
import org.positionmanager.starter.command.FlattenCommandLine;
import org.positionmanager.starter.command.HaltCommandLine;
import org.positionmanager.starter.command.OpenCommandLine;
import org.positionmanager.starter.command.PauseCommandLine;
import org.positionmanager.starter.command.PlanCommandLine;
import org.positionmanager.starter.command.PositionCommandLine;
import org.positionmanager.starter.command.PositionsCommandLine;
import org.positionmanager.starter.command.RecoverCommandLine;
import org.positionmanager.starter.command.ResumeCommandLine;
import org.positionmanager.starter.command.ResumeIntakeCommandLine;
import org.positionmanager.starter.command.SyncCommandLine;
import org.positionmanager.starter.demo.DemoCommand;
import org.positionmanager.starter.intake.IntakeCommand;
import org.positionmanager.starter.migrate.MigrateFromCommandLine;
import org.positionmanager.starter.replay.ReplayCommandLine;
import org.positionmanager.starter.report.ReportCommandLine;
import org.positionmanager.worker.BuildId;
import org.positionmanager.worker.WorkerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the position manager. */
@Command(
    name = "pm",
    mixinStandardHelpOptions = true,
    versionProvider = Pm.Version.class,
    description = "Watches open positions in Alpaca accounts and closes them by their rules.",
    subcommands = {
      DemoCommand.class,
      WorkerCommand.class,
      IntakeCommand.class,
      PositionsCommandLine.class,
      PositionCommandLine.class,
      OpenCommandLine.class,
      CloseCommandLine.class,
      AdjustCommandLine.class,
      PauseCommandLine.class,
      ResumeCommandLine.class,
      ReplayCommandLine.class,
      PlanCommandLine.class,
      HaltCommandLine.class,
      ResumeIntakeCommandLine.class,
      FlattenCommandLine.class,
      AccountsCommandLine.class,
      DatabaseCommandLine.class,
      AlertsCommandLine.class,
      RecoverCommandLine.class,
      SyncCommandLine.class,
      CoverageCommandLine.class,
      ReportCommandLine.class,
      MigrateFromCommandLine.class,
      DoctorCommandLine.class,
      CodecServerCommandLine.class
    },
    footer = {
      "",
      "Examples:",
      "  pm demo                 two accounts, a simulated day, everything set up by itself",
      "  pm positions            what is open",
      "  pm position 7f1c        one position's whole story",
      "  pm close 7f1c --note 'earnings tonight'",
      "  pm replay day.csv --instrument DE   what the default plan would have done",
      "",
      "Exit codes: 0 done; 1 refused or failed; 2 bad input; 3 engine or ledger does not answer."
    })
public final class Pm {
  private Pm() {}

  /** Tells version and commit. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"pm " + BuildId.current() + ", Java " + Runtime.version().feature()};
    }
  }

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** One line and where to read on, instead of a screen of usage. */
  private static int misused(CommandLine.ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    command
        .getErr()
        .println(
            "%s: %s; see `%s --help`"
                .formatted(
                    command.getCommandSpec().qualifiedName(),
                    message,
                    command.getCommandSpec().qualifiedName()));
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, command.getErr());
    return CommandException.BAD_INPUT;
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Pm());
    ServiceLoader.load(PmCommand.class).forEach(it -> line.addSubcommand(it.command()));
    line.setExecutionExceptionHandler(new Failures());
    line.setParameterExceptionHandler(Pm::misused);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }
}
