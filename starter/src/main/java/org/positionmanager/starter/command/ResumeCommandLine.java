package org.positionmanager.starter.command;

import org.positionmanager.workflows.position.CommandAnswer;
import org.positionmanager.workflows.position.PositionWorkflow;
import org.positionmanager.workflows.position.ResumeCommand;
import picocli.CommandLine.Command;

/** {@code pm resume ID}. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Lets a paused position's rules act again, and tries a hindered exit at once.",
    footer = {"", "Example:", "  pm resume 7f1c"})
public final class ResumeCommandLine extends PositionMessage {
  @Override
  Object say(PositionWorkflow position, String commandId, String who) {
    return position.resume(new ResumeCommand(commandId, who));
  }

  @Override
  String line(Object answer) {
    return ((CommandAnswer) answer).message();
  }
}
