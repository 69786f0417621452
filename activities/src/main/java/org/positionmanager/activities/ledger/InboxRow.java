package org.positionmanager.activities.ledger;

import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;

/** A row of {@code dispatch_executions} as the intake sees it. */
public sealed interface InboxRow {
  /** The row's key, as text. */
  String executionId();

  /** Changes when the row's content does. */
  String fingerprint();

  /** A good row. */
  record Execution(String executionId, String fingerprint, PositionId position, EntryTerms terms)
      implements InboxRow {}

  /**
   * A row that cannot be acted on.
   *
   * @param accountName as found
   * @param field the column at fault; several are separated by commas
   * @param problem what is wrong
   * @param fix what a person can do
   */
  record Bad(
      String executionId,
      String fingerprint,
      String accountName,
      String field,
      String problem,
      String fix,
      String content)
      implements InboxRow {}
}
