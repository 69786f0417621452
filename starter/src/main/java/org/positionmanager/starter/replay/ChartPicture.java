package org.positionmanager.starter.replay;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.chart.ChartStyle;
import org.positionmanager.starter.replay.ReplayReport.Outcome;

/** The path as a picture: price, each plan's levels as steps, entry and exits labelled. */
final class ChartPicture {
  static final int WIDTH = 1280;
  static final int HEIGHT = 720;

  private static final int POINTS = 2000;

  /** Of a label, as shares of the plot's width and height; roughly, a little too large. */
  private static final double LETTER_WIDTH = 0.0085;

  private static final double LINE_HEIGHT = 0.035;
  private static final Color ENTRY = new Color(0x6b, 0x72, 0x80);

  private static final float[] DASHES = {6f, 4f};
  private final ReplayReport report;
  private final TradingTime time;
  private final List<Track.Point> points;
  private final PriceScale scale;
  private final XYSeriesCollection data = new XYSeriesCollection();
  private final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
  private final XYPlot plot;
  private final LabelPlaces places = new LabelPlaces(LINE_HEIGHT);

  private ChartPicture(ReplayReport report) {
    this.report = report;
    Track track = report.track();
    time = new TradingTime(track.first(), track.last(), track.sessions());
    points = track.points(POINTS);
    scale = PriceScale.of(report, points);
    plot =
        new XYPlot(data, new TradingTimeAxis(time, ChartStyle.SMALL), priceAxis(scale), renderer);
  }

  /**
   * Writes a PNG of {@value #WIDTH} by {@value #HEIGHT} pixels; needs no screen.
   *
   * @throws CommandException where it cannot be drawn or written
   */
  static void write(ReplayReport report, Path file) throws IOException {
    byte[] picture =
        ChartStyle.png("--png", () -> new ChartPicture(report).chart(), WIDTH, HEIGHT, 1);
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw CommandException.badInput("--png: there is no folder " + folder);
    }
    Files.write(file, picture);
  }

  private JFreeChart chart() {
    line("price (mid)", ChartStyle.INK, new BasicStroke(1.6f), points);
    PlotMark.of(report).forEach(this::mark);
    for (Outcome outcome : report.outcomes()) {
      LevelLine.of(outcome.result()).forEach(level -> steps(outcome, level));
    }
    for (double night : time.nights()) {
      plot.addDomainMarker(
          new ValueMarker(night, ChartStyle.GRID.darker(), new BasicStroke(1f)), Layer.BACKGROUND);
    }
    ChartStyle.grid(plot);
    return ChartStyle.chart(plot, report.title(), report.source());
  }

  private Color color(Outcome outcome) {
    return ChartStyle.of(report.outcomes().indexOf(outcome));
  }

  /** Levels too far away are left out; the legend has the marks only. */
  private void steps(Outcome outcome, LevelLine level) {
    XYSeries series = new XYSeries(key(outcome.name() + ": level of " + level.rule()), false);
    for (LevelLine.Step step : level.steps()) {
      boolean shown = scale.shows(step.level());
      series.add(time.at(step.from()), shown ? step.level() : Double.NaN);
      series.add(time.at(step.until()), shown ? step.level() : Double.NaN);
    }
    int index =
        add(
            series,
            color(outcome),
            new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, DASHES, 0f));
    renderer.setSeriesVisibleInLegend(index, false);
    level.steps().stream()
        .filter(step -> scale.shows(step.level()))
        .findFirst()
        .ifPresent(
            step ->
                label(
                    level.rule(),
                    ChartStyle.SMALL,
                    color(outcome),
                    time.at(step.from()),
                    step.level()));
  }

  private void line(String name, Color color, BasicStroke stroke, List<Track.Point> through) {
    XYSeries series = new XYSeries(name, false);
    through.forEach(point -> series.add(time.at(point.at()), point.mid()));
    add(series, color, stroke);
  }

  private void mark(PlotMark mark) {
    XYSeries series = new XYSeries(key(mark.label()), false);
    double at = time.at(mark.at());
    series.add(at, mark.price());
    Color color = mark.outcome().map(this::color).orElse(ENTRY);
    int index = add(series, color, new BasicStroke(1f));
    renderer.setSeriesShapesVisible(index, true);
    renderer.setSeriesLinesVisible(index, false);
    renderer.setSeriesShape(index, new Ellipse2D.Double(-6, -6, 12, 12));
    renderer.setSeriesShapesFilled(index, mark.closing());
    label(mark.label(), ChartStyle.LABEL, color, at, mark.price());
  }

  /** Beside a point, towards the middle of the picture, over no other label. */
  private void label(String text, Font font, Color color, double at, double price) {
    boolean left = at < (time.start() + time.end()) / 2;
    double width = text.length() * LETTER_WIDTH;
    double across = (at - time.start()) / (time.end() - time.start());
    double height = scale.high() - scale.low();
    double bottom =
        places.place(left ? across : across - width, width, (price - scale.low()) / height);
    XYTextAnnotation label = new XYTextAnnotation(text, at, scale.low() + bottom * height);
    label.setFont(font);
    label.setPaint(color);
    label.setBackgroundPaint(new Color(255, 255, 255, 210));
    label.setTextAnchor(left ? TextAnchor.BOTTOM_LEFT : TextAnchor.BOTTOM_RIGHT);
    plot.addAnnotation(label);
  }

  /** Series need names of their own, plans may be alike. */
  private String key(String name) {
    String key = name;
    while (data.getSeriesIndex(key) >= 0) {
      key += " ";
    }
    return key;
  }

  private int add(XYSeries series, Color color, BasicStroke stroke) {
    data.addSeries(series);
    int index = data.getSeriesCount() - 1;
    renderer.setSeriesPaint(index, color);
    renderer.setSeriesStroke(index, stroke);
    renderer.setSeriesShapesVisible(index, false);
    return index;
  }

  private static NumberAxis priceAxis(PriceScale scale) {
    NumberAxis axis = new NumberAxis("price in USD");
    axis.setRange(scale.low(), scale.high());
    axis.setLabelFont(ChartStyle.SMALL);
    axis.setTickLabelFont(ChartStyle.SMALL);
    return axis;
  }
}
