package org.positionmanager.starter.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pm plan}. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Checks and shows the plans that positions are judged by.",
    subcommands = {
      PlanCheckCommandLine.class,
      PlanShowCommandLine.class,
      PlanDefaultsCommandLine.class
    },
    footer = {
      "",
      "Examples:",
      "  pm plan defaults > plans.yaml         the shipped plans, to change them",
      "  pm plan check plans.yaml              is it as a worker would take it?",
      "  pm plan show tiny swing_trade         which plan it would be, and why"
    })
public final class PlanCommandLine implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Missing required subcommand: check, show or defaults");
  }
}
