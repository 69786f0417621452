package org.positionmanager.starter.replay;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** Seconds of trading, written as times or dates in New York. */
final class TradingTimeAxis extends NumberAxis {
  private static final int MOST_TIMES = 13;

  private final transient TradingTime time;

  TradingTimeAxis(TradingTime time, Font font) {
    super(
        time.isOneDay()
            ? "time in New York, " + time.date()
            : "day in New York, trading hours only");
    this.time = time;
    double margin = (time.end() - time.start()) / 50;
    setRange(time.start() - margin, time.end() + margin);
    setTickUnit(new NumberTickUnit(time.end() - time.start()));
    setLabelFont(font);
    setTickLabelFont(font);
  }

  @Override
  protected List<NumberTick> refreshTicksHorizontal(
      Graphics2D graphics, Rectangle2D area, RectangleEdge edge) {
    return time.ticks(MOST_TIMES).stream()
        .map(
            tick ->
                new NumberTick(
                    tick.at(), tick.label(), TextAnchor.TOP_CENTER, TextAnchor.TOP_CENTER, 0))
        .toList();
  }
}
