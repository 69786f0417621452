package org.positionmanager.starter;

/** A subcommand that another module brings; found by {@link java.util.ServiceLoader}. */
public interface PmCommand {
  /** A picocli command object. */
  Object command();
}
