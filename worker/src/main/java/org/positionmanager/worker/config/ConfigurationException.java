package org.positionmanager.worker.config;

import java.util.List;

/** A configuration that cannot be used: every fault on a line of its own, field and fix named. */
public final class ConfigurationException extends Exception {
  private final List<String> faults;

  ConfigurationException(List<String> faults) {
    super(String.join(System.lineSeparator(), faults));
    this.faults = List.copyOf(faults);
  }

  /** The faults, in the order of the file. */
  public List<String> faults() {
    return faults;
  }
}
