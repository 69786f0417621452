package org.positionmanager.activities.alert.delivery;

import java.time.Duration;
import java.util.List;

/** What is due at which endpoint; outlives the process. */
public interface Deliveries {
  /**
   * Takes alerts in hand that are due, so that no other process sends them meanwhile, the most
   * urgent first. Due is an open, unacknowledged alert that the endpoint is for, that was not
   * delivered there yet, or less urgent than it is now, or so long ago.
   *
   * @param repeatEvery how long after a delivery an alert is due again
   * @param forAsLong until when another process leaves them alone, should this one die
   */
  List<Due> take(Endpoint endpoint, Duration repeatEvery, Duration forAsLong, int atMost);

  /** The endpoint accepted these. */
  void accepted(Endpoint endpoint, List<Due> delivered);

  /**
   * The endpoint did not accept these.
   *
   * @param why in words for people, without secrets
   * @param tryAfter when they are due again
   */
  void failed(Endpoint endpoint, List<Due> notDelivered, String why, Duration tryAfter);

  /** These were not tried and are due as before. */
  void putBack(Endpoint endpoint, List<Due> notTried);
}
