package org.positionmanager.simulator;

/** Where happenings are kept, so that the next life of the exchange begins where this one ended. */
interface Journal {
  /** Adds one; on disk at the latest after {@link #force}. */
  void append(Happening happening);

  /** Returns when all that was added is on disk. */
  void force();

  /** For an exchange that forgets. */
  Journal NONE =
      new Journal() {
        @Override
        public void append(Happening happening) {}

        @Override
        public void force() {}
      };
}
