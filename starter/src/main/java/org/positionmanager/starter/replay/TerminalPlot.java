package org.positionmanager.starter.replay;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.workflows.replay.ReplayExit;
import org.positionmanager.workflows.rules.RuleKind;

/**
 * The path in a terminal: the price as a line, entry and exits as labelled marks, and of a single
 * plan the levels as steps.
 */
final class TerminalPlot {
  private static final int ROWS = 18;
  private static final int LEAST_COLUMNS = 20;
  private static final int TICK_EVERY_ROWS = 4;
  private static final int TICK_EVERY_COLUMNS = 12;
  private static final int[] NEARBY = {0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5};

  private final ReplayReport report;
  private final boolean unicode;
  private final TradingTime time;
  private final PriceScale scale;
  private final PlotCanvas canvas;
  private final int axis;
  private final List<Track.Point> points;

  private TerminalPlot(ReplayReport report, int width, boolean unicode) {
    this.report = report;
    this.unicode = unicode;
    Track track = report.track();
    time = new TradingTime(track.first(), track.last(), track.sessions());
    points = track.points(width * 2);
    scale = PriceScale.of(report, points);
    axis =
        scale.ticks(ROWS / TICK_EVERY_ROWS).stream()
                .mapToInt(it -> it.toPlainString().length())
                .max()
                .orElse(0)
            + 2;
    canvas = new PlotCanvas(Math.max(LEAST_COLUMNS, width - axis), ROWS, unicode);
  }

  /**
   * Draws.
   *
   * @param width of the terminal in characters
   * @param unicode whether it shows braille and arrows
   */
  static String of(ReplayReport report, int width, boolean unicode) {
    return new TerminalPlot(report, width, unicode).text();
  }

  private String text() {
    path();
    marks();
    if (report.outcomes().size() == 1) {
      LevelLine.of(report.outcomes().getFirst().result()).forEach(this::level);
    }
    nights();
    return String.join("\n", withAxes());
  }

  private void path() {
    for (int i = 0; i < points.size(); i++) {
      Track.Point to = points.get(i);
      Track.Point from = to.afterGap() ? to : points.get(Math.max(0, i - 1));
      canvas.line(x(time.at(from.at())), y(from.mid()), x(time.at(to.at())), y(to.mid()));
    }
  }

  private int x(double at) {
    double share = (at - time.start()) / (time.end() - time.start());
    return (int) Math.round(share * (canvas.width() - 1));
  }

  private int y(double price) {
    double share = (scale.high() - price) / (scale.high() - scale.low());
    return (int) Math.round(share * (canvas.height() - 1));
  }

  private void marks() {
    for (PlotMark mark : PlotMark.of(report)) {
      mark(
          x(time.at(mark.at())),
          y(mark.price()),
          mark.closing() ? (unicode ? '●' : 'X') : (unicode ? '○' : 'o'),
          mark.label(),
          mark.outcomes().isEmpty() ? Tone.WARNING : Tone.of(mark.profit()));
    }
  }

  /** The label stands beside its mark, where it hides the least of the path and no other label. */
  private void mark(int x, int y, char sign, String label, Tone tone) {
    int column = canvas.columnOf(x);
    int row = canvas.rowOf(y);
    canvas.write(column, row, String.valueOf(sign), tone);
    int best = Integer.MAX_VALUE;
    int bestColumn = -1;
    int bestRow = -1;
    for (int near : NEARBY) {
      for (int from : new int[] {column + 2, column - 1 - label.length()}) {
        if (canvas.isFree(from, row + near, label.length())) {
          int cost = 2 * canvas.hidden(from, row + near, label.length()) + Math.abs(near);
          if (cost < best) {
            best = cost;
            bestColumn = from;
            bestRow = row + near;
          }
        }
      }
    }
    if (bestRow >= 0) {
      canvas.write(bestColumn, bestRow, label, tone);
    }
  }

  /** The line gives way to its own label, which stands beyond its end or over its beginning. */
  private void level(LevelLine line) {
    label(line);
    for (LevelLine.Step step : line.steps()) {
      if (scale.shows(step.level())) {
        int row = canvas.rowOf(y(step.level()));
        int last = canvas.columnOf(x(time.at(step.until())));
        for (int column = canvas.columnOf(x(time.at(step.from()))); column <= last; column++) {
          canvas.underlay(column, row, sign(line), Tone.FAINT);
        }
      }
    }
  }

  /** What closes nothing is dotted. */
  private char sign(LevelLine line) {
    boolean isProposal = line.rule().equals(RuleKind.ROLL_PROPOSAL.label());
    if (unicode) {
      return isProposal ? '·' : '╌';
    }
    return isProposal ? '.' : '-';
  }

  private void label(LevelLine line) {
    if (exits().anyMatch(exit -> exit.rule().equals(line.rule()))) {
      return; // the mark on the line says it
    }
    LevelLine.Step first = line.steps().getFirst();
    LevelLine.Step last = line.steps().getLast();
    if (!labelAt(last.level(), canvas.columnOf(x(time.at(last.until()))) + 2, line.rule())) {
      labelAt(first.level(), canvas.columnOf(x(time.at(first.from()))) + 2, line.rule());
    }
  }

  private boolean labelAt(double level, int column, String label) {
    if (!scale.shows(level)) {
      return false;
    }
    int row = canvas.rowOf(y(level));
    boolean free =
        canvas.isFree(column, row, label.length())
            && canvas.hidden(column, row, label.length()) == 0;
    if (free) {
      canvas.write(column, row, label, Tone.FAINT);
    }
    return free;
  }

  private Stream<ReplayExit> exits() {
    return report.outcomes().stream().flatMap(outcome -> outcome.result().exits().stream());
  }

  private void nights() {
    for (double night : time.nights()) {
      for (int row = 0; row < ROWS; row++) {
        canvas.underlay(canvas.columnOf(x(night)), row, unicode ? '┊' : ':', Tone.FAINT);
      }
    }
  }

  private List<String> withAxes() {
    String[] prices = new String[ROWS];
    for (BigDecimal tick : scale.ticks(ROWS / TICK_EVERY_ROWS)) {
      prices[canvas.rowOf(y(tick.doubleValue()))] = tick.toPlainString();
    }
    List<String> plot = canvas.lines();
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      String price = prices[row] == null ? "" : prices[row];
      String side = unicode ? (prices[row] == null ? "│" : "┤") : (prices[row] == null ? "|" : "+");
      lines.add(Tone.FAINT.of(("%" + (axis - 2) + "s ").formatted(price) + side) + plot.get(row));
    }
    lines.add(Tone.FAINT.of(" ".repeat(axis - 1) + (unicode ? "└" : "+") + bottom()));
    lines.add(Tone.FAINT.of(" ".repeat(axis) + times()));
    return lines;
  }

  private List<TradingTime.Tick> ticks() {
    return time.ticks(Math.max(2, canvas.columnOf(canvas.width()) / TICK_EVERY_COLUMNS));
  }

  private String bottom() {
    StringBuilder line =
        new StringBuilder((unicode ? "─" : "-").repeat(canvas.columnOf(canvas.width())));
    for (TradingTime.Tick tick : ticks()) {
      line.setCharAt(canvas.columnOf(x(tick.at())), unicode ? '┬' : '+');
    }
    return line.toString();
  }

  private String times() {
    StringBuilder line = new StringBuilder();
    for (TradingTime.Tick tick : ticks()) {
      int column =
          Math.min(
              Math.max(0, canvas.columnOf(x(tick.at())) - tick.label().length() / 2),
              canvas.columnOf(canvas.width()) - tick.label().length());
      if (line.isEmpty() || column > line.length()) {
        line.append(" ".repeat(column - line.length())).append(tick.label());
      }
    }
    return line.toString();
  }
}
