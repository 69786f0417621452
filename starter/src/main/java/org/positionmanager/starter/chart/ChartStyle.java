package org.positionmanager.starter.chart;

import java.awt.AWTError;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.positionmanager.starter.CommandException;

/** Colours, fonts and frames of all charts. */
public final class ChartStyle {
  static {
    // before the first font: a display that is named but not there would be asked for it
    System.setProperty("java.awt.headless", "true");
  }

  /** Of lines and text. */
  public static final Color INK = new Color(0x22, 0x2b, 0x36);

  /** Of what lies behind. */
  public static final Color GRID = new Color(0xe3, 0xe7, 0xec);

  public static final Font LABEL = new Font(Font.SANS_SERIF, Font.BOLD, 13);
  public static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
  private static final RectangleInsets PADDING = new RectangleInsets(12, 12, 12, 24);
  private static final RectangleInsets OFFSET = new RectangleInsets(4, 4, 4, 4);

  /** Told apart by people who see colours differently too (Okabe and Ito, 2008). */
  private static final List<Color> SERIES =
      List.of(
          new Color(0xd5, 0x5e, 0x00),
          new Color(0x00, 0x72, 0xb2),
          new Color(0x00, 0x9e, 0x73),
          new Color(0xcc, 0x79, 0xa7),
          new Color(0xe6, 0x9f, 0x00),
          new Color(0x56, 0xb4, 0xe9));

  /** Of a gain. */
  public static final Color GAIN = SERIES.get(1);

  /** Of a loss. */
  public static final Color LOSS = SERIES.get(0);

  private ChartStyle() {}

  /** The colour of a series, from 0; they repeat. */
  public static Color of(int series) {
    return SERIES.get(series % SERIES.size());
  }

  /** A white plot with faint lines. */
  public static void grid(XYPlot plot) {
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setAxisOffset(OFFSET);
    frame(plot);
  }

  /** A white plot with faint lines. */
  public static void grid(CategoryPlot plot) {
    plot.setRangeGridlinePaint(GRID);
    plot.setAxisOffset(OFFSET);
    frame(plot);
  }

  private static void frame(Plot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlinePaint(GRID);
  }

  /** An axis in the fonts of all. */
  public static <A extends Axis> A axis(A axis) {
    axis.setLabelFont(SMALL);
    axis.setTickLabelFont(SMALL);
    return axis;
  }

  /** A chart with a title, a line below it, and a legend at the bottom. */
  public static JFreeChart chart(Plot plot, String title, String subtitle) {
    JFreeChart chart = new JFreeChart(null, TITLE, plot, true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(PADDING);
    chart.addSubtitle(0, title(title, TITLE));
    chart.addSubtitle(1, title(subtitle, SMALL));
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

  /**
   * Draws a PNG; needs no screen.
   *
   * @param option that asked for it
   * @param width as the chart is laid out; the picture has so many times {@code scale} pixels
   * @param scale 1 for a picture as it is, 2 for screens that show twice as much
   * @throws CommandException where this Java cannot draw
   */
  public static byte[] png(
      String option, Supplier<JFreeChart> chart, int width, int height, int scale) {
    BufferedImage image =
        new BufferedImage(width * scale, height * scale, BufferedImage.TYPE_INT_RGB);
    try {
      Graphics2D graphics = image.createGraphics();
      graphics.scale(scale, scale);
      chart.get().draw(graphics, new Rectangle2D.Double(0, 0, width, height));
      graphics.dispose();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    } catch (AWTError | InternalError | LinkageError | RuntimeException | IOException e) {
      throw CommandException.refused(
          "%s: this Java cannot draw text (%s); install fontconfig and a font, such as the packages fontconfig and fonts-dejavu-core"
              .formatted(option, e),
          e);
    }
  }
}
