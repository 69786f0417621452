package org.positionmanager.starter.replay;

import java.util.ArrayList;
import java.util.List;

/** Finds room for labels beside their points, none over another; in shares of the picture. */
final class LabelPlaces {
  private static final int TRIES = 12;

  private final double lineHeight;
  private final List<Box> taken = new ArrayList<>();

  private record Box(double left, double right, double bottom, double top) {
    private boolean meets(Box other) {
      return left < other.right && other.left < right && bottom < other.top && other.bottom < top;
    }
  }

  /**
   * @param lineHeight of a label
   */
  LabelPlaces(double lineHeight) {
    this.lineHeight = lineHeight;
  }

  /**
   * Takes the nearest free place above or below a point.
   *
   * @param left where the label begins
   * @param at height of the point
   * @return height at which the label's lower edge lies
   */
  double place(double left, double width, double at) {
    double nearest = at + lineHeight / 2;
    for (int i = 0; i < TRIES; i++) {
      double away = lineHeight * (i / 2) + lineHeight / 2;
      double bottom = i % 2 == 0 ? at + away : at - away - lineHeight;
      Box box = new Box(left, left + width, bottom, bottom + lineHeight);
      if (bottom >= 0 && bottom + lineHeight <= 1 && taken.stream().noneMatch(box::meets)) {
        taken.add(box);
        return bottom;
      }
    }
    return nearest;
  }
}
