package org.positionmanager.starter.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.positionmanager.starter.text.Tone;

/**
 * A table of a report, as text and page show it.
 *
 * @param none what is said in its place where it has no rows
 */
record Section(String title, String none, List<Head> heads, List<List<Cell>> rows) {
  /**
   * A column's head.
   *
   * @param isOnPageOnly whether a terminal is too narrow for it
   */
  record Head(String text, boolean isNumber, boolean isOnPageOnly) {}

  /** What a cell says, and how it is meant. */
  record Cell(String text, Tone tone) {}

  static <T> Builder<T> of(String title, String none, List<T> rows) {
    return new Builder<>(title, none, rows);
  }

  /**
   * Adds columns, left to right.
   *
   * @param <T> what a row is about
   */
  static final class Builder<T> {
    private final String title;
    private final String none;
    private final List<T> rows;
    private final List<Head> heads = new ArrayList<>();
    private final List<Function<T, Cell>> cells = new ArrayList<>();

    private Builder(String title, String none, List<T> rows) {
      this.title = title;
      this.none = none;
      this.rows = rows;
    }

    Builder<T> words(String head, Function<T, String> text) {
      return column(new Head(head, false, false), text, row -> Tone.PLAIN);
    }

    Builder<T> words(String head, Function<T, String> text, Function<T, Tone> tone) {
      return column(new Head(head, false, false), text, tone);
    }

    Builder<T> number(String head, Function<T, String> text) {
      return column(new Head(head, true, false), text, row -> Tone.PLAIN);
    }

    Builder<T> number(String head, Function<T, String> text, Function<T, Tone> tone) {
      return column(new Head(head, true, false), text, tone);
    }

    /** Words for which a terminal has no room. */
    Builder<T> pageWords(String head, Function<T, String> text) {
      return column(new Head(head, false, true), text, row -> Tone.PLAIN);
    }

    /** Numbers for which a terminal has no room. */
    Builder<T> pageNumber(String head, Function<T, String> text) {
      return column(new Head(head, true, true), text, row -> Tone.PLAIN);
    }

    private Builder<T> column(Head head, Function<T, String> text, Function<T, Tone> tone) {
      heads.add(head);
      cells.add(row -> new Cell(text.apply(row), tone.apply(row)));
      return this;
    }

    Section build() {
      return new Section(
          title,
          none,
          List.copyOf(heads),
          rows.stream().map(row -> cells.stream().map(cell -> cell.apply(row)).toList()).toList());
    }
  }
}
