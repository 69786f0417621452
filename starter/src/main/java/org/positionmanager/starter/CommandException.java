package org.positionmanager.starter;

/** A command that cannot do what it was asked: one line for people, and the exit code. */
public final class CommandException extends RuntimeException {
  /** Understood and refused, or failed. */
  public static final int REFUSED = 1;

  /** What was typed or configured cannot be meant. */
  public static final int BAD_INPUT = 2;

  /** Engine or ledger does not answer. */
  public static final int UNREACHABLE = 3;

  private final int exitCode;

  private CommandException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Names the field and the fix. */
  public static CommandException badInput(String message) {
    return new CommandException(BAD_INPUT, message, null);
  }

  /** Says what refused it and why. */
  public static CommandException refused(String message, Throwable cause) {
    return new CommandException(REFUSED, message, cause);
  }

  /** Says what does not answer and where it was looked for. */
  public static CommandException unreachable(String message, Throwable cause) {
    return new CommandException(UNREACHABLE, message, cause);
  }

  public int exitCode() {
    return exitCode;
  }
}
