package org.positionmanager.starter.text;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import com.github.freva.asciitable.Styler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A table for people: words to the left, numbers to the right, colours by what a row says.
 *
 * @param <T> what a row shows
 */
public final class Table<T> {
  private static final int WIDEST = 72;

  private final int widest;
  private final List<ColumnData<T>> columns = new ArrayList<>();
  private final List<Function<T, Tone>> tones = new ArrayList<>();

  public Table() {
    this(WIDEST);
  }

  /**
   * @param widest letters of a column; what is longer goes on in the next line
   */
  public Table(int widest) {
    this.widest = widest;
  }

  /** Words. */
  public Table<T> words(String header, Function<T, String> text) {
    return words(header, text, row -> Tone.PLAIN);
  }

  /** Words that stand out. */
  public Table<T> words(String header, Function<T, String> text, Function<T, Tone> tone) {
    return column(header, HorizontalAlign.LEFT, text, tone);
  }

  /** Numbers. */
  public Table<T> number(String header, Function<T, String> text) {
    return number(header, text, row -> Tone.PLAIN);
  }

  /** Numbers that stand out. */
  public Table<T> number(String header, Function<T, String> text, Function<T, Tone> tone) {
    return column(header, HorizontalAlign.RIGHT, text, tone);
  }

  private Table<T> column(
      String header, HorizontalAlign align, Function<T, String> text, Function<T, Tone> tone) {
    columns.add(
        new Column()
            .header(header)
            .headerAlign(align)
            .dataAlign(align)
            .maxWidth(widest, OverflowBehaviour.NEWLINE)
            .with(text));
    tones.add(tone);
    return this;
  }

  /** The rows as lines, without an empty line at the end. */
  public String of(List<T> rows) {
    String table =
        AsciiTable.builder()
            .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER)
            .data(rows, columns)
            .styler(new ByTone(rows))
            .asString();
    return String.join(System.lineSeparator(), table.lines().map(String::stripTrailing).toList());
  }

  private final class ByTone implements Styler {
    private final List<T> rows;

    private ByTone(List<T> rows) {
      this.rows = rows;
    }

    @Override
    public List<String> styleCell(Column column, int row, int number, List<String> lines) {
      Tone tone = tones.get(number).apply(rows.get(row));
      return lines.stream().map(tone::of).toList();
    }

    @Override
    public List<String> styleHeader(Column column, int number, List<String> lines) {
      return lines.stream().map(Tone.FAINT::of).toList();
    }
  }
}
