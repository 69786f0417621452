package org.positionmanager.starter.command;

import java.util.Optional;
import org.positionmanager.starter.CommandException;
import org.positionmanager.workflows.position.CloseAnswer;
import org.positionmanager.workflows.position.CloseCommand;
import org.positionmanager.workflows.position.PositionWorkflow;
import org.positionmanager.workflows.value.Quantity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pm close ID}. */
@Command(
    name = "close",
    mixinStandardHelpOptions = true,
    description = "Closes a position by hand and tells what became of it.",
    footer = {
      "",
      "Examples:",
      "  pm close 7f1c",
      "  pm close 7f1c --qty 4 --note 'less risk'",
      "",
      "Exit codes: 0 closed; 1 refused, or not closed yet and going on; 2 bad input;",
      "3 the engine does not answer."
    })
public final class CloseCommandLine extends PositionMessage {
  @Option(names = "--qty", description = "How much; all of it where not given.")
  private String quantity;

  @Option(names = "--note", description = "Why, for the timeline.")
  private String note;

  @Override
  Object say(PositionWorkflow position, String commandId, String who) {
    return position.close(
        new CloseCommand(
            commandId,
            Optional.ofNullable(quantity).map(it -> Values.read("--qty", it, Quantity::parse)),
            who,
            Optional.ofNullable(note)));
  }

  @Override
  int exitCode(Object answer) {
    return ((CloseAnswer) answer).done() ? 0 : CommandException.REFUSED;
  }

  @Override
  String line(Object answer) {
    return ((CloseAnswer) answer).message();
  }
}
