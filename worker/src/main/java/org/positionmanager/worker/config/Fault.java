package org.positionmanager.worker.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One thing that is wrong with a file.
 *
 * @param file as it was named
 * @param place where in the file; empty where it is the file as a whole, or not noted
 * @param field dotted; empty for the file as a whole
 * @param found what is there, with its verb: "is empty"
 * @param fix what to do
 */
public record Fault(Path file, Optional<Place> place, String field, String found, String fix) {
  /**
   * A place in a text.
   *
   * @param line from 1
   * @param column from 1
   */
  public record Place(int line, int column) {}

  /** One line for people: {@code plans.yaml:12: plans.a.rules is empty; give ...}. */
  @Override
  public String toString() {
    String line = place.map(it -> ":" + it.line()).orElse("");
    String where = field.isEmpty() ? "" : field + " ";
    return "%s%s: %s%s; %s".formatted(file, line, where, found, fix);
  }
}
