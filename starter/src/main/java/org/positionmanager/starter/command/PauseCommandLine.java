package org.positionmanager.starter.command;

import org.positionmanager.workflows.position.CommandAnswer;
import org.positionmanager.workflows.position.PauseCommand;
import org.positionmanager.workflows.position.PositionWorkflow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pm pause ID}. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = "Keeps a position's rules from acting; closing by hand still works.",
    footer = {"", "Example:", "  pm pause 7f1c --reason 'earnings tonight'"})
public final class PauseCommandLine extends PositionMessage {
  @Option(names = "--reason", required = true, description = "Why, for everyone who looks.")
  private String reason;

  @Override
  Object say(PositionWorkflow position, String commandId, String who) {
    return position.pause(new PauseCommand(commandId, who, reason));
  }

  @Override
  String line(Object answer) {
    return ((CommandAnswer) answer).message();
  }
}
