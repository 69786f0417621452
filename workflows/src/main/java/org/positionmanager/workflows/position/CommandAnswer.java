package org.positionmanager.workflows.position;

/**
 * The answer to adjust, pause and resume.
 *
 * @param planVersion the plan in force after the command; 0 before the entry is filled
 */
public record CommandAnswer(Phase phase, int planVersion, boolean paused, String message) {}
