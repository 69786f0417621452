package org.positionmanager.starter.replay;

import java.util.ArrayList;
import java.util.List;
import org.positionmanager.starter.text.Tone;

/**
 * A rectangle of character cells: text, and below it dots, 2 across and 4 down in each cell where
 * braille can be shown, else one.
 */
final class PlotCanvas {
  private static final int BRAILLE = 0x2800;

  /** Unicode's dot numbers by column and row of the cell (The Unicode Standard, ch. 21.1). */
  private static final int[][] DOTS = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};

  private final int columns;
  private final int rows;
  private final boolean braille;
  private final int[][] dots;
  private final char[][] text;
  private final Tone[][] tones;

  PlotCanvas(int columns, int rows, boolean braille) {
    this.columns = columns;
    this.rows = rows;
    this.braille = braille;
    dots = new int[rows][columns];
    text = new char[rows][columns];
    tones = new Tone[rows][columns];
  }

  /** Dots from left to right. */
  int width() {
    return columns * (braille ? 2 : 1);
  }

  /** Dots from top to bottom. */
  int height() {
    return rows * (braille ? 4 : 1);
  }

  /** Row of cells in which a dot lies. */
  int rowOf(int y) {
    return y / (braille ? 4 : 1);
  }

  /** Column of cells in which a dot lies. */
  int columnOf(int x) {
    return x / (braille ? 2 : 1);
  }

  /** A straight line between two dots (Bresenham); what lies outside is left out. */
  void line(int fromX, int fromY, int toX, int toY) {
    int across = Math.abs(toX - fromX);
    int down = -Math.abs(toY - fromY);
    int stepX = Integer.compare(toX, fromX);
    int stepY = Integer.compare(toY, fromY);
    int error = across + down;
    int x = fromX;
    int y = fromY;
    dot(x, y);
    while (x != toX || y != toY) {
      int twice = 2 * error;
      if (twice >= down) {
        error += down;
        x += stepX;
      }
      if (twice <= across) {
        error += across;
        y += stepY;
      }
      dot(x, y);
    }
  }

  private void dot(int x, int y) {
    if (x < 0 || y < 0 || x >= width() || y >= height()) {
      return;
    }
    dots[rowOf(y)][columnOf(x)] |= braille ? DOTS[x % 2][y % 4] : 1;
  }

  /** Whether a text would lie on no other and inside. */
  boolean isFree(int column, int row, int length) {
    if (row < 0 || row >= rows || column < 0 || column + length > columns) {
      return false;
    }
    for (int i = column; i < column + length; i++) {
      if (text[row][i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** How many cells of a text would hide dots. */
  int hidden(int column, int row, int length) {
    int hidden = 0;
    for (int i = column; i < column + length; i++) {
      hidden += dots[row][i] == 0 ? 0 : 1;
    }
    return hidden;
  }

  /** Writes over whatever is there. */
  void write(int column, int row, String words, Tone tone) {
    for (int i = 0; i < words.length(); i++) {
      text[row][column + i] = words.charAt(i);
      tones[row][column + i] = tone;
    }
  }

  /** A mark that gives way to dots and to text. */
  void underlay(int column, int row, char mark, Tone tone) {
    if (dots[row][column] == 0 && text[row][column] == 0) {
      write(column, row, String.valueOf(mark), tone);
    }
  }

  /** Row by row; trailing blanks are left out. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      lines.add(line(row));
    }
    return lines;
  }

  private String line(int row) {
    int end = columns;
    while (end > 0 && text[row][end - 1] == 0 && dots[row][end - 1] == 0) {
      end--;
    }
    StringBuilder line = new StringBuilder();
    for (int from = 0; from < end; ) {
      Tone tone = tone(row, from);
      StringBuilder run = new StringBuilder();
      int at = from;
      while (at < end && tone(row, at) == tone) {
        run.append(character(row, at++));
      }
      line.append(tone.of(run.toString()));
      from = at;
    }
    return line.toString();
  }

  private Tone tone(int row, int column) {
    return tones[row][column] == null ? Tone.PLAIN : tones[row][column];
  }

  private char character(int row, int column) {
    if (text[row][column] != 0) {
      return text[row][column];
    }
    if (dots[row][column] == 0) {
      return ' ';
    }
    return braille ? (char) (BRAILLE + dots[row][column]) : '*';
  }
}
