package org.positionmanager.starter.replay;

/** A row that cannot be used. */
final class BadRow extends Exception {
  private final transient RowFault fault;

  BadRow(long line, String field, String problem, String fix) {
    super(problem);
    fault = new RowFault(line, field, problem, fix);
  }

  RowFault fault() {
    return fault;
  }
}
