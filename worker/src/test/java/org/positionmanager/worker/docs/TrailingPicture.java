package org.positionmanager.worker.docs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * Draws what one rule does on a price path, as SVG: the premium, the level that the rule puts under
 * it, and where it exits. Levels and the exit are the code's own answers.
 *
 * @param title above the picture
 */
record TrailingPicture(String title, ExitRule rule, List<Price> path) {
  private static final Instant FILLED = Instant.parse("2026-02-10T15:00:00Z");
  private static final TradingSession SESSION =
      new TradingSession(
          LocalDate.of(2026, 2, 10),
          Instant.parse("2026-02-10T14:30:00Z"),
          Instant.parse("2026-02-10T21:00:00Z"));
  private static final int WIDTH = 720;
  private static final int HEIGHT = 300;
  private static final int LEFT = 50;
  private static final int RIGHT = 110;
  private static final int TOP = 40;
  private static final int BOTTOM = 30;

  /** One look: the price, the level after it, and whether it exits there. */
  private record Look(Price price, Optional<Price> level, boolean exits) {}

  /** The looks up to the exit, and the rest of the path, which nobody judges any more. */
  private List<Look> looks() {
    Price entry = path.getFirst();
    Instrument contract = Instrument.parse("NOW260320C00110000");
    Judge judge =
        Judge.of(
            new Plan(
                1,
                List.of(rule),
                new ExitStyle.MarketNow(),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5)),
            new Basis(contract, Direction.LONG, entry, Quantity.of(1), entry, FILLED));
    List<Look> looks = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      Instant now = FILLED.plus(Duration.ofMinutes(10L * i));
      Observation seen =
          new Observation(
              new MarketMoment(now, Optional.of(SESSION), SESSION, 1),
              Optional.of(new Quote(path.get(i), path.get(i), now)),
              Optional.empty(),
              Optional.empty());
      judge = judge.after(seen);
      boolean exits = judge.judge(seen) instanceof Decision.Exit;
      looks.add(new Look(path.get(i), rule.level(judge.basis(), now), exits));
      if (exits) {
        return looks;
      }
    }
    return looks;
  }

  /** The picture as the text of an SVG file. */
  String svg() {
    List<Look> looks = looks();
    List<String> parts = new ArrayList<>();
    parts.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">"
            .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT));
    parts.add("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
    parts.add(text(LEFT, 22, "#222222", title));
    for (int dollars = lowest(); dollars <= highest(); dollars++) {
      BigDecimal at = BigDecimal.valueOf(dollars);
      parts.add(line(x(0), y(at), x(path.size() - 1), y(at), "#dddddd", ""));
      parts.add(text(LEFT - 40, y(at) + 4, "#666666", dollars + ".00"));
    }
    BigDecimal entry = path.getFirst().value();
    parts.add(line(x(0), y(entry), x(path.size() - 1), y(entry), "#888888", "2 4"));
    parts.add(text(WIDTH - RIGHT + 10, y(entry) + 4, "#666666", "entry " + money(entry)));
    parts.add(polyline(path, "#c9d7e8"));
    parts.add(polyline(looks.stream().map(Look::price).toList(), "#1f5fa8"));
    parts.addAll(levels(looks));
    Look last = looks.getLast();
    if (last.exits()) {
      int end = looks.size() - 1;
      parts.add(
          "<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"#c0392b\"/>"
              .formatted(x(end), y(last.price().value())));
      parts.add(
          text(
              Math.min(x(end) + 10, WIDTH - RIGHT + 10),
              y(last.price().value()) + 20,
              "#c0392b",
              "exits at " + money(last.price().value())));
    }
    parts.add("</svg>");
    return parts.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  /** A step from look to look: a level holds until the next look moves it. */
  private List<String> levels(List<Look> looks) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < looks.size(); i++) {
      if (looks.get(i).level().isEmpty()) {
        continue;
      }
      int y = y(looks.get(i).level().get().value());
      boolean begins = i == 0 || looks.get(i - 1).level().isEmpty();
      if (!begins) {
        parts.add(line(x(i), y(looks.get(i - 1).level().get().value()), x(i), y, "#c0392b", ""));
      }
      if (i + 1 < looks.size()) {
        parts.add(line(x(i), y, x(i + 1), y, "#c0392b", ""));
      }
      if (begins) {
        parts.add(text(x(i) + 4, y + 16, "#c0392b", "level"));
      }
    }
    return parts;
  }

  private String polyline(List<Price> prices, String colour) {
    List<String> points = new ArrayList<>();
    for (int i = 0; i < prices.size(); i++) {
      points.add(x(i) + "," + y(prices.get(i).value()));
    }
    return "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>"
        .formatted(String.join(" ", points), colour);
  }

  private static String line(int fromX, int fromY, int toX, int toY, String colour, String dashes) {
    return "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\"%s/>"
        .formatted(
            fromX,
            fromY,
            toX,
            toY,
            colour,
            dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"");
  }

  private static String text(int x, int y, String colour, String words) {
    return "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>"
        .formatted(x, y, colour, words.replace("&", "&amp;").replace("<", "&lt;"));
  }

  private static String money(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }

  private int lowest() {
    return path.stream().min(Price::compareTo).orElseThrow().value().intValue() - 1;
  }

  private int highest() {
    return path.stream().max(Price::compareTo).orElseThrow().value().intValue() + 1;
  }

  private int x(int look) {
    return LEFT + look * (WIDTH - LEFT - RIGHT) / (path.size() - 1);
  }

  private int y(BigDecimal price) {
    BigDecimal share =
        price
            .subtract(BigDecimal.valueOf(lowest()))
            .divide(BigDecimal.valueOf(highest() - lowest()), 6, RoundingMode.HALF_EVEN);
    return HEIGHT
        - BOTTOM
        - share
            .multiply(BigDecimal.valueOf(HEIGHT - TOP - BOTTOM))
            .setScale(0, RoundingMode.HALF_EVEN)
            .intValueExact();
  }
}
