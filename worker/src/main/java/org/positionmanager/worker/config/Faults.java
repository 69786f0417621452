package org.positionmanager.worker.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one file, collected so that all of it can be mended at once. */
final class Faults {
  private final Path file;
  private final List<String> lines = new ArrayList<>();

  Faults(Path file) {
    this.file = file;
  }

  /**
   * Adds a line.
   *
   * @param field dotted; empty for the file as a whole
   * @param found what is there, with its verb: "is empty"
   * @param fix what to do
   */
  void add(String field, String found, String fix) {
    lines.add(line(field, found, fix));
  }

  String line(String field, String found, String fix) {
    String where = field.isEmpty() ? "" : field + " ";
    return "%s: %s%s; %s".formatted(file, where, found, fix);
  }

  void addAll(List<String> others) {
    lines.addAll(others);
  }

  /** The number of faults so far: more of them later tell that a part has one of its own. */
  int count() {
    return lines.size();
  }

  ConfigurationException exception() {
    return new ConfigurationException(lines);
  }

  /** An end to reading, where nothing further can be made of the file. */
  ConfigurationException exception(String field, String found, String fix) {
    add(field, found, fix);
    return exception();
  }
}
