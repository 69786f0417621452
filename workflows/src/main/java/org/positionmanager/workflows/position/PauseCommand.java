package org.positionmanager.workflows.position;

/** A person's order to keep rules from acting; closing by hand still works. */
public record PauseCommand(String commandId, String by, String reason) {}
