package org.positionmanager.benchmarks.system;

import org.positionmanager.starter.PmCommand;

/** Brings {@code pm bench} into the command line. */
public final class BenchInPm implements PmCommand {
  @Override
  public Object command() {
    return new BenchCommand();
  }
}
