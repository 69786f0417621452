package org.positionmanager.starter.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Paint;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.Date;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.Range;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.positionmanager.starter.chart.ChartStyle;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.value.Percent;

/** The pictures of an account's report; one that would show nothing is left out. */
final class ReportCharts {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 320;
  private static final int SHARP = 2;
  private static final double DOT = 7;
  private static final double MARGIN = 0.05;

  /** US dollars: an equity that does not move lies in the middle. */
  private static final double LEAST_MARGIN = 1;

  private ReportCharts() {}

  /**
   * A picture.
   *
   * @param text for people who do not see it
   */
  record Picture(String text, byte[] png) {}

  static List<Picture> of(AccountReport report) {
    List<Picture> pictures = new ArrayList<>();
    if (report.equity().size() > 1) {
      pictures.add(picture("Equity of account " + report.account(), equity(report)));
    }
    if (!report.closed().isEmpty()) {
      pictures.add(
          picture(
              "Realised profit of account %s by strategy".formatted(report.account()),
              strategies(report)));
    }
    if (report.closed().stream().anyMatch(ReportCharts::hasBoth)) {
      pictures.add(
          picture(
              "Best and worst of each closed position of account " + report.account(),
              excursions(report)));
    }
    return pictures;
  }

  private static Picture picture(String text, JFreeChart chart) {
    return new Picture(text, ChartStyle.png("--html", () -> chart, WIDTH, HEIGHT, SHARP));
  }

  private static JFreeChart equity(AccountReport report) {
    XYSeries line = new XYSeries("equity", false);
    report
        .equity()
        .forEach(
            point -> line.add(point.at().toEpochMilli(), point.equity().amount().doubleValue()));
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setSeriesPaint(0, ChartStyle.INK);
    renderer.setSeriesStroke(0, new BasicStroke(1.8f));
    DateAxis time =
        ChartStyle.axis(
            new DateAxis("New York", TimeZone.getTimeZone(ExchangeZone.NEW_YORK), Locale.ROOT));
    time.setRange(
        Date.from(report.equity().getFirst().at()), Date.from(report.equity().getLast().at()));
    NumberAxis dollars = dollars();
    dollars.setRange(around(report));
    XYPlot plot = new XYPlot(new XYSeriesCollection(line), time, dollars, renderer);
    report
        .equityAtStart()
        .ifPresent(
            start ->
                plot.addRangeMarker(
                    new ValueMarker(
                        start.amount().doubleValue(),
                        ChartStyle.GRID.darker(),
                        new BasicStroke(1f)),
                    Layer.BACKGROUND));
    ChartStyle.grid(plot);
    return withoutLegend(
        ChartStyle.chart(plot, "Equity", "by the broker; the line across is the close before"));
  }

  /** All of the line and the one across, with a margin. */
  private static Range around(AccountReport report) {
    DoubleSummaryStatistics amounts =
        Stream.concat(
                report.equity().stream().map(AccountReport.EquityPoint::equity),
                report.equityAtStart().stream())
            .mapToDouble(money -> money.amount().doubleValue())
            .summaryStatistics();
    double margin = Math.max(LEAST_MARGIN, (amounts.getMax() - amounts.getMin()) * MARGIN);
    return new Range(amounts.getMin() - margin, amounts.getMax() + margin);
  }

  private static JFreeChart strategies(AccountReport report) {
    DefaultCategoryDataset bars = new DefaultCategoryDataset();
    report
        .byStrategy()
        .forEach(it -> bars.addValue(it.realised().amount(), "realised", Words.of(it.of())));
    BarRenderer renderer =
        new BarRenderer() {
          private static final long serialVersionUID = 1L;

          @Override
          public Paint getItemPaint(int row, int column) {
            return color(bars.getValue(row, column).doubleValue() >= 0);
          }
        };
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setMaximumBarWidth(0.12);
    CategoryPlot plot =
        new CategoryPlot(bars, ChartStyle.axis(new CategoryAxis()), dollars(), renderer);
    ChartStyle.grid(plot);
    return withoutLegend(
        ChartStyle.chart(plot, "Realised by strategy", "closed positions, by real fills"));
  }

  private static boolean hasBoth(ClosedLine line) {
    return line.best().isPresent() && line.worst().isPresent();
  }

  private static JFreeChart excursions(AccountReport report) {
    XYSeries gains = new XYSeries("closed with a gain", false);
    XYSeries losses = new XYSeries("closed without", false);
    for (ClosedLine line : report.closed()) {
      if (hasBoth(line)) {
        boolean gained = line.position().realised().amount().signum() > 0;
        (gained ? gains : losses)
            .add(
                percent(line.worst().orElseThrow().percent()),
                percent(line.best().orElseThrow().percent()));
      }
    }
    XYSeriesCollection dots = new XYSeriesCollection(gains);
    dots.addSeries(losses);
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    for (int i = 0; i < dots.getSeriesCount(); i++) {
      renderer.setSeriesPaint(i, color(i == 0));
      renderer.setSeriesShape(i, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
    }
    XYPlot plot =
        new XYPlot(
            dots,
            ChartStyle.axis(new NumberAxis("worst (MAE), % of the entry")),
            ChartStyle.axis(new NumberAxis("best (MFE), % of the entry")),
            renderer);
    ChartStyle.grid(plot);
    return ChartStyle.chart(
        plot,
        "Best and worst while open",
        "mids as far as they were seen; positions of which one is unknown are left out");
  }

  private static double percent(Percent percent) {
    return percent.points().doubleValue();
  }

  private static Color color(boolean gain) {
    return gain ? ChartStyle.GAIN : ChartStyle.LOSS;
  }

  private static NumberAxis dollars() {
    return ChartStyle.axis(new NumberAxis("USD"));
  }

  private static JFreeChart withoutLegend(JFreeChart chart) {
    chart.removeLegend();
    return chart;
  }
}
