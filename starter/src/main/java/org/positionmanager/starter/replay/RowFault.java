package org.positionmanager.starter.replay;

/**
 * What is wrong with a row of a file.
 *
 * @param line from 1, as editors count
 */
record RowFault(long line, String field, String problem, String fix) {
  @Override
  public String toString() {
    return "line %d, %s: %s; %s".formatted(line, field, problem, fix);
  }
}
