package org.positionmanager.starter.command;

import picocli.CommandLine.Option;

/** Who asks for something, by name, for timelines and other people. */
final class Asker {
  @Option(
      names = "--by",
      defaultValue = "${sys:user.name}",
      description = "Who asks (default: ${DEFAULT-VALUE}).")
  private String by;

  /** As it was given. */
  String name() {
    return by;
  }

  /**
   * @throws org.positionmanager.starter.CommandException where it is blank
   */
  String requiredName() {
    Values.requireText("--by", by, "give the name of who asks");
    return by;
  }
}
