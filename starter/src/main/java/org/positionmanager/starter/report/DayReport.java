package org.positionmanager.starter.report;

import java.time.Instant;
import java.util.List;

/**
 * What {@code pm report} tells, and its document for machines.
 *
 * @param now exchange time at which it was made
 * @param accounts each by its own records
 */
record DayReport(ReportPeriod period, Instant now, List<AccountReport> accounts) {
  DayReport {
    accounts = List.copyOf(accounts);
  }
}
