package org.positionmanager.starter.demo;

/** What a demo came to; the names are those of its JSON. */
record DemoReport(
    int executions,
    int workflows_started,
    int duplicates,
    int quarantined,
    int positions_open,
    int positions_closed,
    int exits_sent,
    int exits_filled,
    int unprotected,
    int cross_account,
    boolean ledger_equals_broker) {
  /** The same with signals that named another account's position. */
  DemoReport with(SignalsSeen signals) {
    return new DemoReport(
        executions,
        workflows_started,
        duplicates,
        quarantined,
        positions_open,
        positions_closed,
        exits_sent,
        exits_filled,
        unprotected,
        cross_account + signals.ofOthers(),
        ledger_equals_broker);
  }

  boolean agrees() {
    return ledger_equals_broker
        && unprotected == 0
        && cross_account == 0
        && executions == workflows_started
        && exits_sent == exits_filled;
  }
}
