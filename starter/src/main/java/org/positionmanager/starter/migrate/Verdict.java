package org.positionmanager.starter.migrate;

import org.positionmanager.activities.ledger.MigratedRow;
import org.positionmanager.activities.ledger.MigratedRow.Kind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Quantity;

/** What becomes of one row of the replaced system. */
sealed interface Verdict {
  /** In words for people. */
  String cause();

  /** The same, shorter, for all rows that share it. */
  default String group() {
    return cause();
  }

  /** One word for it. */
  String word();

  /** What is done with the row: it is kept and never looked at again, or left for another run. */
  sealed interface Settled extends Verdict {
    /** What it is kept as. */
    Kind kind();

    @Override
    default String word() {
      return kind().name();
    }
  }

  /** Nothing is done with it by this run. */
  sealed interface Open extends Verdict {}

  /** Held at the broker: a workflow looks after it, or after as much of it as is held. */
  record Workflow(PositionId position, Quantity quantity) implements Settled {
    @Override
    public Kind kind() {
      return Kind.WORKFLOW;
    }

    @Override
    public String cause() {
      return "held at the broker";
    }
  }

  /** A line of the old history that becomes a closed position. */
  record Closed(PositionId position) implements Settled {
    @Override
    public Kind kind() {
      return Kind.CLOSED;
    }

    @Override
    public String cause() {
      return "closed, with its history";
    }
  }

  /**
   * The same as another row.
   *
   * @param why how it came to be there twice
   */
  record DuplicateOf(MigratedRow.Key row, String why) implements Settled {
    @Override
    public Kind kind() {
      return Kind.DUPLICATE;
    }

    @Override
    public String cause() {
      return why;
    }
  }

  /** Written by one account for an execution of another. */
  record OtherAccounts(AccountName owner) implements Settled {
    @Override
    public Kind kind() {
      return Kind.OTHER_ACCOUNT;
    }

    @Override
    public String cause() {
      return "of an execution of account " + owner;
    }
  }

  /** The broker does not hold it. */
  record NotHeld(String cause) implements Settled {
    @Override
    public Kind kind() {
      return Kind.NOT_HELD;
    }
  }

  /** Never sent to the broker. */
  record Simulated(String mode) implements Settled {
    @Override
    public Kind kind() {
      return Kind.SIMULATED;
    }

    @Override
    public String cause() {
      return "execution_mode " + mode;
    }
  }

  /** The old history has its end. */
  record ClosedBefore(MigratedRow.Key history) implements Settled {
    @Override
    public Kind kind() {
      return Kind.CLOSED_BEFORE;
    }

    @Override
    public String cause() {
      return "closed according to position_history";
    }
  }

  /**
   * It cannot be meant as it is.
   *
   * @param field columns, separated by commas
   */
  record Unreadable(String field, String problem, String fix) implements Settled {
    @Override
    public Kind kind() {
      return Kind.UNREADABLE;
    }

    @Override
    public String cause() {
      return "%s (%s): %s".formatted(problem, field, fix);
    }

    @Override
    public String group() {
      return field;
    }
  }

  /** Its account is not registered. */
  record AccountUnknown(String name) implements Settled {
    @Override
    public Kind kind() {
      return Kind.ACCOUNT_UNKNOWN;
    }

    @Override
    public String cause() {
      return name.isEmpty()
          ? "no account: name it by --account-of-unnamed"
          : "account '%s' is unknown: add it, or an alias, to pm.yaml".formatted(name);
    }
  }

  /**
   * The ledger has it, or something that holds the same.
   *
   * @param isAnother whether it is another position, as one that a sync has adopted
   */
  record LookedAfter(PositionId by, boolean isAnother) implements Settled {
    @Override
    public Kind kind() {
      return Kind.LOOKED_AFTER;
    }

    @Override
    public String cause() {
      return "the ledger looks after it already, as " + by;
    }

    @Override
    public String group() {
      return isAnother
          ? "another position of the ledger holds it, see `pm positions`"
          : "the ledger has it already";
    }
  }

  /** It says nothing that a position could be made of. */
  record Kept(String cause) implements Settled {
    @Override
    public Kind kind() {
      return Kind.KEPT;
    }
  }

  /** Too young: whoever takes executions in finds out what it is. */
  record LeftToIntake(String cause) implements Open {
    @Override
    public String word() {
      return "LEFT_TO_INTAKE";
    }
  }

  /** What it may hold was set aside for an execution of which it is not known yet what it holds. */
  record LeftToAnotherRun(String cause) implements Open {
    @Override
    public String group() {
      return "what it may hold is set aside for an execution that is left to the intake";
    }

    @Override
    public String word() {
      return "LEFT_TO_ANOTHER_RUN";
    }
  }

  /** What its account holds is not known. */
  record Unverified(AccountName account, String why) implements Open {
    @Override
    public String cause() {
      return "account %s: %s".formatted(account, why);
    }

    @Override
    public String word() {
      return "UNVERIFIED";
    }
  }

  /** An earlier run has kept it. */
  record MigratedBefore() implements Open {
    @Override
    public String cause() {
      return "kept by an earlier run";
    }

    @Override
    public String word() {
      return "MIGRATED_BEFORE";
    }
  }
}
