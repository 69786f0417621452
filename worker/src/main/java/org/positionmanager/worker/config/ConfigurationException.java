package org.positionmanager.worker.config;

import java.util.List;

/** A configuration that cannot be used: every fault on a line of its own, field and fix named. */
public final class ConfigurationException extends Exception {
  private final transient List<Fault> all;

  ConfigurationException(List<Fault> faults) {
    super(String.join(System.lineSeparator(), lines(faults)));
    this.all = List.copyOf(faults);
  }

  private static List<String> lines(List<Fault> faults) {
    return faults.stream().map(Fault::toString).toList();
  }

  /** The faults, in the order of the file. */
  public List<String> faults() {
    return lines(all);
  }

  /** The faults with their parts. */
  public List<Fault> all() {
    return all;
  }
}
