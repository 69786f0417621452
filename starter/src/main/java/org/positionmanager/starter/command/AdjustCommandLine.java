package org.positionmanager.starter.command;

import java.time.Duration;
import java.util.Optional;
import org.positionmanager.starter.CommandException;
import org.positionmanager.workflows.plan.PlanChange;
import org.positionmanager.workflows.position.AdjustCommand;
import org.positionmanager.workflows.position.CommandAnswer;
import org.positionmanager.workflows.position.PositionWorkflow;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pm adjust ID}. */
@Command(
    name = "adjust",
    mixinStandardHelpOptions = true,
    description = "Changes the plan of an open position; what is not named stays as it is.",
    footer = {
      "",
      "Prices are those of the instrument held: for an option its premium, never its underlying.",
      "",
      "Examples:",
      "  pm adjust 7f1c --stop 3.60 --target 7.20",
      "  pm adjust 7f1c --keep 85 --max-hold PT6H",
      "",
      "Exit codes: 0 changed; 1 refused by the position; 2 bad input; 3 engine does not answer."
    })
public final class AdjustCommandLine extends PositionMessage {
  @Option(names = "--stop", description = "New stop price.")
  private String stop;

  @Option(names = "--target", description = "New target price.")
  private String target;

  @Option(names = "--keep", description = "Percent of the peak gain that a trailing stop keeps.")
  private String keep;

  @Option(
      names = "--max-hold",
      description = "Longest time to hold, from the fill, such as PT6H or PT90M.")
  private Duration maxHold;

  @Override
  Object say(PositionWorkflow position, String commandId, String who) {
    PlanChange change =
        new PlanChange(
            Optional.ofNullable(stop).map(it -> Values.read("--stop", it, Price::parse)),
            Optional.ofNullable(target).map(it -> Values.read("--target", it, Price::parse)),
            Optional.ofNullable(keep).map(it -> Values.read("--keep", it, Percent::parse)),
            Optional.ofNullable(maxHold));
    if (change.isEmpty()) {
      throw CommandException.badInput("give at least one of --stop, --target, --keep, --max-hold");
    }
    return position.adjust(new AdjustCommand(commandId, change, who));
  }

  @Override
  String line(Object answer) {
    return ((CommandAnswer) answer).message();
  }
}
