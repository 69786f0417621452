package org.positionmanager.activities.alert.delivery;

import org.positionmanager.activities.alert.AlertRecord;

/**
 * An alert that is to be delivered to one endpoint.
 *
 * @param number of this delivery, from 1; the same again while its outcome is not known
 * @param attempts that failed since the last delivery
 */
public record Due(AlertRecord alert, int number, int attempts) {
  /** The same whenever this delivery is tried again: receivers recognise a repetition by it. */
  public String id(String endpoint) {
    return "%s/%d/%d".formatted(endpoint, alert.id(), number);
  }
}
