package org.positionmanager.workflows.position;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One entry of a position's timeline.
 *
 * @param sequence from 1, without gaps within the position: a repeated write is recognised by it
 * @param at exchange time where known, else the workflow's
 * @param text one sentence for people
 * @param details named values, insertion order kept
 */
public record PositionEvent(
    int sequence, Type type, Instant at, String text, Map<String, String> details) {
  public PositionEvent {
    details = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /** What can happen to a position. */
  public enum Type {
    STARTED,
    OPENED,
    /** Rebuilt, with what the ledger has of it since it was OPENED. */
    TAKEN_UP,
    EXIT_DECIDED,
    ORDERS_CANCELED,
    ORDER_SENT,
    ORDER_REFUSED,
    OUTCOME_UNKNOWN,
    ORDER_ENDED,
    FILLED,
    CLOSED_ELSEWHERE,
    SPLIT,
    MOVED,
    GAVE_WAY,
    ADJUSTED,
    PAUSED,
    RESUMED,
    REQUEST_REFUSED,
    OBSTACLE,
    PRICE_UNKNOWN,
    PROPOSED,
    SHADOW_EXIT,
    CLOSED,
    NEVER_OPENED
  }
}
