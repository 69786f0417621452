package org.positionmanager.starter.replay;

import java.awt.AWTError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.replay.ReplayReport.Outcome;

/** The path as a picture: price, each plan's levels as steps, entry and exits labelled. */
final class ChartPicture {
  static {
    // before the first font: a display that is named but not there would be asked for it
    System.setProperty("java.awt.headless", "true");
  }

  static final int WIDTH = 1280;
  static final int HEIGHT = 720;

  private static final int POINTS = 2000;

  /** Of a label, as shares of the plot's width and height; roughly, a little too large. */
  private static final double LETTER_WIDTH = 0.0085;

  private static final double LINE_HEIGHT = 0.035;
  private static final Color INK = new Color(0x22, 0x2b, 0x36);
  private static final Color GRID = new Color(0xe3, 0xe7, 0xec);
  private static final Color ENTRY = new Color(0x6b, 0x72, 0x80);

  /** Told apart by people who see colours differently too (Okabe and Ito, 2008). */
  private static final List<Color> PLANS =
      List.of(
          new Color(0xd5, 0x5e, 0x00),
          new Color(0x00, 0x72, 0xb2),
          new Color(0x00, 0x9e, 0x73),
          new Color(0xcc, 0x79, 0xa7),
          new Color(0xe6, 0x9f, 0x00),
          new Color(0x56, 0xb4, 0xe9));

  private static final float[] DASHES = {6f, 4f};
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.BOLD, 13);
  private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);

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
    plot = new XYPlot(data, new TradingTimeAxis(time, SMALL), priceAxis(scale), renderer);
  }

  /**
   * Writes a PNG of {@value #WIDTH} by {@value #HEIGHT} pixels; needs no screen.
   *
   * @throws CommandException where it cannot be drawn or written
   */
  static void write(ReplayReport report, Path file) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    try {
      Graphics2D graphics = image.createGraphics();
      new ChartPicture(report).chart().draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
      graphics.dispose();
    } catch (AWTError | InternalError | LinkageError | RuntimeException e) {
      throw CommandException.refused(
          "--png: this Java cannot draw text (%s); install fontconfig and a font, such as the packages fontconfig and fonts-dejavu-core"
              .formatted(e),
          e);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw CommandException.badInput("--png: there is no folder " + folder);
    }
    try (var out = Files.newOutputStream(file)) {
      ImageIO.write(image, "png", out);
    }
  }

  private JFreeChart chart() {
    line("price (mid)", INK, new BasicStroke(1.6f), points);
    PlotMark.of(report).forEach(this::mark);
    for (Outcome outcome : report.outcomes()) {
      LevelLine.of(outcome.result()).forEach(level -> steps(outcome, level));
    }
    for (double night : time.nights()) {
      plot.addDomainMarker(
          new ValueMarker(night, GRID.darker(), new BasicStroke(1f)), Layer.BACKGROUND);
    }
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setOutlinePaint(GRID);
    plot.setAxisOffset(new RectangleInsets(4, 4, 4, 4));
    JFreeChart chart = new JFreeChart(null, TITLE, plot, true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(12, 12, 12, 24));
    chart.addSubtitle(0, title(report.title(), TITLE));
    chart.addSubtitle(1, title(report.source(), SMALL));
    chart.getLegend().setItemFont(SMALL);
    chart.getLegend().setFrame(BlockBorder.NONE);
    chart.getLegend().setPosition(RectangleEdge.BOTTOM);
    return chart;
  }

  private static TextTitle title(String text, Font font) {
    TextTitle title = new TextTitle(text, font);
    title.setPaint(INK);
    title.setHorizontalAlignment(HorizontalAlignment.LEFT);
    title.setTextAlignment(HorizontalAlignment.LEFT);
    title.setMargin(2, 8, 2, 0);
    title.setExpandToFitSpace(true);
    return title;
  }

  private Color color(Outcome outcome) {
    return PLANS.get(report.outcomes().indexOf(outcome) % PLANS.size());
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
            step -> label(level.rule(), SMALL, color(outcome), time.at(step.from()), step.level()));
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
    label(mark.label(), LABEL, color, at, mark.price());
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
    axis.setLabelFont(SMALL);
    axis.setTickLabelFont(SMALL);
    return axis;
  }
}
