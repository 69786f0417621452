package org.positionmanager.worker.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong with one file, collected so that all of it can be mended at once. */
final class Faults {
  private final Path file;
  private final boolean tellsPlaces;
  private final Map<String, Fault.Place> places = new HashMap<>();
  private final List<Fault> all = new ArrayList<>();

  private Faults(Path file, boolean tellsPlaces) {
    this.file = file;
    this.tellsPlaces = tellsPlaces;
  }

  /** Faults that name their fields. */
  static Faults of(Path file) {
    return new Faults(file, false);
  }

  /** Faults that name the line of their fields, too. */
  static Faults withPlaces(Path file) {
    return new Faults(file, true);
  }

  /** Notes where a field stands; the first word on it holds. */
  void note(String field, Fault.Place place) {
    if (tellsPlaces) {
      places.putIfAbsent(field, place);
    }
  }

  /** Where a field stands, or what it would stand in; empty where nothing of it was noted. */
  Optional<Fault.Place> placeOf(String field) {
    for (String at = field; !at.isEmpty(); at = parent(at)) {
      if (places.containsKey(at)) {
        return Optional.of(places.get(at));
      }
    }
    return Optional.empty();
  }

  private static String parent(String field) {
    int end = Math.max(field.lastIndexOf('.'), field.lastIndexOf('['));
    return field.substring(0, Math.max(0, end));
  }

  /**
   * Adds one.
   *
   * @param field dotted; empty for the file as a whole
   * @param found what is there, with its verb: "is empty"
   * @param fix what to do
   */
  void add(String field, String found, String fix) {
    all.add(fault(field, found, fix));
  }

  /** Adds one at a place that is not the first at which its field stands. */
  void addAt(Fault.Place place, String field, String found, String fix) {
    all.add(new Fault(file, Optional.of(place).filter(it -> tellsPlaces), field, found, fix));
  }

  /** One that is not added. */
  Fault fault(String field, String found, String fix) {
    return new Fault(file, placeOf(field), field, found, fix);
  }

  void addAll(List<Fault> others) {
    all.addAll(others);
  }

  /** The number of faults so far: more of them later tell that a part has one of its own. */
  int count() {
    return all.size();
  }

  /** In the order of the file, as far as places are noted. */
  ConfigurationException exception() {
    return new ConfigurationException(
        all.stream()
            .sorted(Comparator.comparingInt(it -> it.place().map(Fault.Place::line).orElse(0)))
            .toList());
  }

  /** An end to reading at a place that has no field. */
  ConfigurationException exceptionAt(Fault.Place place, String found, String fix) {
    addAt(place, tellsPlaces ? "" : "line " + place.line(), found, fix);
    return exception();
  }

  /** An end to reading, where nothing further can be made of the file. */
  ConfigurationException exception(String field, String found, String fix) {
    add(field, found, fix);
    return exception();
  }
}
