package org.positionmanager.starter.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds room for labels: never far from what they name, over no other label where that can be had,
 * and over as little of what is drawn as there is. All in shares of the picture, from its lower
 * left.
 */
final class LabelPlaces {
  private static final double OVER_A_LABEL = 1000;
  private static final double OUTSIDE = 5000;
  private static final double PER_PLACE = 0.5;

  private final double lineHeight;
  private final List<Box> taken = new ArrayList<>();
  private final List<Ink> ink = new ArrayList<>();

  /** The lower left corner of a label. */
  record Spot(double left, double bottom) {}

  private record Ink(double x, double y, double weight) {}

  private record Box(double left, double right, double bottom, double top) {
    private boolean meets(Box other) {
      return left < other.right && other.left < right && bottom < other.top && other.bottom < top;
    }

    private boolean has(Ink dot) {
      return left <= dot.x && dot.x <= right && bottom <= dot.y && dot.y <= top;
    }

    private boolean isInside() {
      return left >= 0 && right <= 1 && bottom >= 0 && top <= 1;
    }
  }

  /**
   * @param lineHeight of a label
   */
  LabelPlaces(double lineHeight) {
    this.lineHeight = lineHeight;
  }

  double lineHeight() {
    return lineHeight;
  }

  /**
   * Tells of something that is drawn.
   *
   * @param weight how bad it is to lie over it
   */
  void avoid(double x, double y, double weight) {
    ink.add(new Ink(x, y, weight));
  }

  /**
   * Takes the best of some places.
   *
   * @param spots the better the earlier
   */
  Spot place(double width, List<Spot> spots) {
    Spot best =
        spots.stream()
            .min(
                Comparator.comparingDouble(
                    spot -> cost(box(spot, width)) + PER_PLACE * spots.indexOf(spot)))
            .orElseThrow();
    taken.add(box(best, width));
    return best;
  }

  private Box box(Spot spot, double width) {
    return new Box(spot.left(), spot.left() + width, spot.bottom(), spot.bottom() + lineHeight);
  }

  private double cost(Box box) {
    double cost = box.isInside() ? 0 : OUTSIDE;
    cost += OVER_A_LABEL * taken.stream().filter(box::meets).count();
    for (Ink dot : ink) {
      cost += box.has(dot) ? dot.weight() : 0;
    }
    return cost;
  }
}
