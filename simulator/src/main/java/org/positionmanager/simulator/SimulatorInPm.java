package org.positionmanager.simulator;

import org.positionmanager.starter.PmCommand;

/** Brings {@code pm simulator} into the command line; not needed where the simulator runs alone. */
public final class SimulatorInPm implements PmCommand {
  @Override
  public Object command() {
    return new SimulatorCommand();
  }
}
