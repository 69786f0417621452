package org.positionmanager.activities.alert;

import java.util.List;
import org.positionmanager.workflows.alert.AlertKind;

/** What one rule says of an account; open alerts of its kind that it does not name have ended. */
public sealed interface Ruling {
  AlertKind kind();

  /**
   * The rule could judge.
   *
   * @param alerts all that there are of the kind; none ends those that were
   */
  record Judged(AlertKind kind, List<NewAlert> alerts) implements Ruling {
    public Judged {
      alerts = List.copyOf(alerts);
    }
  }

  /** What it needs is not known now: what is open stays open. */
  record CannotTell(AlertKind kind) implements Ruling {}
}
