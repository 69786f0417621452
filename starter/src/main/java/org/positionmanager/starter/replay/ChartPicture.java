package org.positionmanager.starter.replay;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
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

  /** Between a label and its line, or its mark; of the plot's height and width. */
  private static final double CLOSE_BY = 0.003;

  private static final double ASIDE = 0.009;

  /** How bad it is to write over a point of these. */
  private static final double OVER_THE_PRICE = 5;

  private static final double OVER_A_LEVEL = 1;
  private static final int SAMPLES = 200;

  /** Of a mark, in pixels; and by how much each further plan's ring is larger. */
  private static final double RADIUS = 6;

  private static final double RING = 4;
  private static final Color ENTRY = new Color(0x6b, 0x72, 0x80);

  /** Of what several plans have in common. */
  private static final Color SHARED = ChartStyle.INK;

  private static final float[] DASHES = {6f, 4f};
  private static final float[] DOTS = {1.5f, 4.5f};
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
    price();
    List<DrawnLevel> levels = DrawnLevel.of(report);
    levels.forEach(this::steps);
    List<PlotMark> marks = PlotMark.of(report);
    marks.forEach(this::mark);
    marks.forEach(this::label);
    levels.forEach(this::label);
    for (double night : time.nights()) {
      plot.addDomainMarker(
          new ValueMarker(night, ChartStyle.GRID.darker(), new BasicStroke(1f)), Layer.BACKGROUND);
    }
    plot.setFixedLegendItems(legend());
    ChartStyle.grid(plot);
    return ChartStyle.chart(plot, report.title(), report.source());
  }

  private LegendItemCollection legend() {
    LegendItemCollection legend = new LegendItemCollection();
    legend.add(legendLine("price (mid)", ChartStyle.INK));
    for (Outcome outcome : report.outcomes()) {
      legend.add(
          legendLine(
              "plan %s: %s (%s)"
                  .formatted(
                      outcome.name(), outcome.result().profit(), outcome.result().gain().rounded()),
              color(outcome)));
    }
    return legend;
  }

  private static LegendItem legendLine(String text, Color color) {
    return new LegendItem(
        text, null, null, null, new Line2D.Double(-8, 0, 8, 0), new BasicStroke(3f), color);
  }

  private Color color(Outcome outcome) {
    return ChartStyle.of(report.outcomes().indexOf(outcome));
  }

  private Color color(Collection<Outcome> outcomes) {
    return outcomes.size() == 1 ? color(outcomes.iterator().next()) : SHARED;
  }

  /** No line leads over a gap. */
  private void price() {
    XYSeries series = new XYSeries("price", false);
    Track.Point before = points.getFirst();
    for (Track.Point point : points) {
      double at = time.at(point.at());
      if (point.afterGap()) {
        series.add(at, Double.NaN);
        before = point;
      }
      series.add(at, point.mid());
      avoid(before, point);
      before = point;
    }
    add(series, ChartStyle.INK, new BasicStroke(1.6f));
  }

  /** No label on the line between two points. */
  private void avoid(Track.Point from, Track.Point to) {
    double left = across(time.at(from.at()));
    double right = across(time.at(to.at()));
    int samples = 1 + (int) ((right - left) * SAMPLES);
    for (int i = 1; i <= samples; i++) {
      double share = (double) i / samples;
      places.avoid(
          left + share * (right - left),
          up(from.mid() + share * (to.mid() - from.mid())),
          OVER_THE_PRICE);
    }
  }

  /** Levels too far away are left out. Where plans share a level their dashes take turns. */
  private void steps(DrawnLevel level) {
    int plan = 0;
    for (Map.Entry<Outcome, LevelLine> one : level.lines().entrySet()) {
      XYSeries series = new XYSeries(key(one.getKey().name() + " " + level.rule()), false);
      for (LevelLine.Step step : one.getValue().steps()) {
        boolean shown = scale.shows(step.level());
        double from = time.at(step.from());
        double until = time.at(step.until());
        series.add(from, shown ? step.level() : Double.NaN);
        series.add(until, shown ? step.level() : Double.NaN);
        if (shown) {
          for (double at = from; at <= until; at += width() / SAMPLES) {
            places.avoid(across(at), up(step.level()), OVER_A_LEVEL);
          }
        }
      }
      add(
          series,
          color(one.getKey()),
          dashes(plan++, level.lines().size(), level.isProposal() ? DOTS : DASHES));
    }
  }

  private static BasicStroke dashes(int turn, int turns, float[] pattern) {
    float period = pattern[0] + pattern[1];
    return new BasicStroke(
        1.4f,
        BasicStroke.CAP_BUTT,
        BasicStroke.JOIN_MITER,
        10f,
        new float[] {pattern[0], period * turns - pattern[0]},
        period * (turns - turn));
  }

  /** A disc for what was closed, a circle else; a ring more for each plan that did the same. */
  private void mark(PlotMark mark) {
    for (int i = 0; i < Math.max(1, mark.outcomes().size()); i++) {
      XYSeries series = new XYSeries(key(mark.label()), false);
      series.add(time.at(mark.at()), mark.price());
      Color color = mark.outcomes().isEmpty() ? ENTRY : color(mark.outcomes().get(i));
      int index = add(series, color, new BasicStroke(2f));
      double radius = RADIUS + i * RING;
      renderer.setSeriesShapesVisible(index, true);
      renderer.setSeriesLinesVisible(index, false);
      renderer.setSeriesShape(
          index, new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius));
      renderer.setSeriesShapesFilled(index, mark.closing() && i == 0);
    }
  }

  private void label(PlotMark mark) {
    double x = across(time.at(mark.at()));
    double y = up(mark.price());
    double width = mark.label().length() * LETTER_WIDTH;
    double aside = ASIDE + mark.outcomes().size() * RING / WIDTH;
    List<LabelPlaces.Spot> spots = new ArrayList<>();
    for (double away : new double[] {0.5, 1, 1.5, 2, 3, 4}) {
      for (double left : new double[] {x + aside, x - aside - width}) {
        spots.add(new LabelPlaces.Spot(left, y + (away - 1) * LINE_HEIGHT));
        spots.add(new LabelPlaces.Spot(left, y - away * LINE_HEIGHT));
      }
    }
    Color color = mark.outcomes().isEmpty() ? ENTRY : color(mark.outcomes());
    write(mark.label(), ChartStyle.LABEL, color, places.place(width, spots));
  }

  /** On its own line, above it or below it, somewhere along it. */
  private void label(DrawnLevel level) {
    String text = level.label(report);
    double width = text.length() * LETTER_WIDTH;
    List<LabelPlaces.Spot> spots = new ArrayList<>();
    for (LevelLine.Step step : level.longest().steps()) {
      if (scale.shows(step.level())) {
        double from = across(time.at(step.from()));
        double last = Math.max(from, across(time.at(step.until())) - width);
        for (double left = from; left <= last; left += width / 2) {
          spots.add(new LabelPlaces.Spot(left, up(step.level()) + CLOSE_BY));
          spots.add(new LabelPlaces.Spot(left, up(step.level()) - CLOSE_BY - LINE_HEIGHT));
        }
      }
    }
    if (!spots.isEmpty()) {
      write(text, ChartStyle.SMALL, color(level.lines().keySet()), places.place(width, spots));
    }
  }

  private void write(String text, Font font, Color color, LabelPlaces.Spot spot) {
    XYTextAnnotation label =
        new XYTextAnnotation(
            text,
            time.start() + spot.left() * width(),
            scale.low() + (spot.bottom() + LINE_HEIGHT / 2) * (scale.high() - scale.low()));
    label.setFont(font);
    label.setPaint(color);
    label.setTextAnchor(TextAnchor.CENTER_LEFT);
    plot.addAnnotation(label);
  }

  private double width() {
    return time.end() - time.start();
  }

  private double across(double at) {
    return (at - time.start()) / width();
  }

  private double up(double price) {
    return (price - scale.low()) / (scale.high() - scale.low());
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
    renderer.setDrawSeriesLineAsPath(true); // else dashes begin anew at each point
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
