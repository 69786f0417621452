package org.positionmanager.simulator;

/** Where those who decide what happens say so. */
interface Recorder {
  /** Lets something happen. */
  void record(Happening happening);

  /** An id that no other thing at this exchange has or had: a UUID. */
  String newId();
}
