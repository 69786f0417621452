package org.positionmanager.starter.command;

import org.positionmanager.worker.config.PlanFile;
import picocli.CommandLine.Command;

/** {@code pm plan defaults}. */
@Command(
    name = "defaults",
    mixinStandardHelpOptions = true,
    description = "Prints the shipped plans as the file that they are.",
    footer = {"", "Example:", "  pm plan defaults > plans.yaml"})
public final class PlanDefaultsCommandLine implements Runnable {
  @Override
  public void run() {
    System.out.print(PlanFile.shippedText());
  }
}
