package org.positionmanager.workflows.position;

/** Lets rules act again, and tries a hindered exit again at once. */
public record ResumeCommand(String commandId, String by) {}
