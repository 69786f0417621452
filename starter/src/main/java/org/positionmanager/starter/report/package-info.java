/**
 * {@code pm report}: {@link org.positionmanager.starter.report.DayReport} is computed, purely, from
 * what the ledger has of each account; {@code ReportText} and {@code ReportPage} show it.
 */
package org.positionmanager.starter.report;
