package org.positionmanager.worker.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.SequencedMap;

/**
 * One value as it was written: kept apart from what it should be, so that a fault can name both.
 */
sealed interface Value {
  /** The part of a long text that still tells which one it is. */
  int SHOWN = 40;

  /** What stands there, to follow "is": "the text abc", "a list", "empty". */
  String found();

  /** What kind of thing stands there, for where the value itself may be a secret. */
  default String kind() {
    return found();
  }

  /** Text, quoted or not; never blank. */
  record Text(String value) implements Value {
    @Override
    public String found() {
      return "the text " + shown(value);
    }

    @Override
    public String kind() {
      return "a text";
    }
  }

  /**
   * A number.
   *
   * @param written with the leading zeros and signs that the number itself no longer has
   */
  record Number(String written, BigDecimal value) implements Value {
    @Override
    public String found() {
      return "the number " + shown(written);
    }

    @Override
    public String kind() {
      return "a number";
    }
  }

  /** {@code true} or {@code false}. */
  record Flag(boolean value) implements Value {
    @Override
    public String found() {
      return Boolean.toString(value);
    }
  }

  /** A key without a value, {@code ~} or blank text. */
  record Empty() implements Value {
    @Override
    public String found() {
      return "empty";
    }
  }

  /** A reference to another part of the file. */
  record Reference(String anchor) implements Value {
    @Override
    public String found() {
      return "the reference *" + shown(anchor);
    }
  }

  /** A list. */
  record Items(List<Value> values) implements Value {
    @Override
    public String found() {
      return values.isEmpty() ? "an empty list" : "a list";
    }
  }

  /** A section: keys and their values. */
  record Fields(SequencedMap<String, Value> values) implements Value {
    @Override
    public String found() {
      return values.isEmpty() ? "an empty section" : "a section";
    }
  }

  /** On one line, shortened. */
  static String shown(String text) {
    String line = line(text);
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }

  /** On one line, without what a terminal would act on. */
  static String line(String text) {
    return text.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
  }
}
