package org.positionmanager.workflows.rules;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.positionmanager.workflows.value.Percent;

/** Checks of the values that rules are made of; each names the field and what it should be. */
final class Checks {
  private Checks() {}

  /** Refuses what is not there. */
  static <T> T requireGiven(String field, T value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " must be given");
    }
    return value;
  }

  /** A copy of a table whose rows have each a larger key than the one before. */
  static <T, K extends Comparable<K>> List<T> growing(
      String table, List<T> rows, String field, Function<T, K> key) {
    requireRows(table, rows);
    requireOrder(table, rows, field + " must grow", key, order -> order > 0);
    return List.copyOf(rows);
  }

  /** A copy of a table whose rows have each a smaller key than the one before. */
  static <T, K extends Comparable<K>> List<T> falling(
      String table, List<T> rows, String field, Function<T, K> key) {
    requireRows(table, rows);
    requireOrder(table, rows, field + " must fall", key, order -> order < 0);
    return List.copyOf(rows);
  }

  private static void requireRows(String table, List<?> rows) {
    if (requireGiven(table, rows).isEmpty()) {
      throw new IllegalArgumentException(table + " must not be empty");
    }
  }

  /** Refuses a table in which a value falls from one row to the next. */
  static <T, K extends Comparable<K>> void requireNotFalling(
      String table, List<T> rows, String field, Function<T, K> value) {
    requireOrder(table, rows, field + " must not fall", value, order -> order >= 0);
  }

  /** Refuses a table in which a value grows from one row to the next. */
  static <T, K extends Comparable<K>> void requireNotGrowing(
      String table, List<T> rows, String field, Function<T, K> value) {
    requireOrder(table, rows, field + " must not grow", value, order -> order <= 0);
  }

  private static <T, K extends Comparable<K>> void requireOrder(
      String table, List<T> rows, String demand, Function<T, K> value, IntPredicate isFine) {
    for (int i = 1; i < rows.size(); i++) {
      K earlier = value.apply(rows.get(i - 1));
      K later = value.apply(rows.get(i));
      if (!isFine.test(later.compareTo(earlier))) {
        throw new IllegalArgumentException(
            "%s: %s from row to row, got %s after %s".formatted(table, demand, later, earlier));
      }
    }
  }

  /** Refuses what is not above 0% and at most 100%. */
  static void requireShare(String field, Percent value) {
    if (requireGiven(field, value).points().signum() <= 0 || value.compareTo(Percent.of(100)) > 0) {
      throw new IllegalArgumentException(
          field + " must be above 0% and at most 100%, got: " + value);
    }
  }

  static void requireAboveZero(String field, Duration value) {
    if (!requireGiven(field, value).isPositive()) {
      throw new IllegalArgumentException(field + " must be above zero, got: " + value);
    }
  }

  static void requireNotNegative(String field, Duration value) {
    if (requireGiven(field, value).isNegative()) {
      throw new IllegalArgumentException(field + " must not be negative, got: " + value);
    }
  }

  static void requireNotNegative(String field, Percent value) {
    if (requireGiven(field, value).points().signum() < 0) {
      throw new IllegalArgumentException(field + " must not be negative, got: " + value);
    }
  }

  static void requireNotNegative(String field, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(field + " must not be negative, got: " + value);
    }
  }
}
