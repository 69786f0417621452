package org.positionmanager.workflows.sync;

/** What is done about a finding. Each may be repeated without a second effect. */
public enum Remedy {
  /**
   * A position workflow is started for the holding, with the account's default plan and the
   * broker's average entry, under an execution id made of account, symbol and what opened it.
   */
  ADOPT("adopted under an execution id of its own"),
  /** The position is told the broker's own fills or activity, and books what it does not know. */
  BOOK("the position books the broker's fills or activity"),
  /** The position scales quantities, prices and levels. */
  SCALE("the position scales quantities, prices and levels"),
  /** The position goes on under the new symbol, with its plan and what it has seen. */
  MOVE("the position goes on under the new symbol"),
  /** The workflow is started again under the same key and goes on from the ledger. */
  RESTART("the workflow is started again under the same key"),
  /** The adopted position lets go of what an execution of its own turned out to hold. */
  GIVE_WAY("the adopted position gives way"),
  /** The order is cancelled at the broker. */
  CANCEL("the order is cancelled"),
  /** The permission is taken away from the watch. */
  DISARM("the permission is taken away"),
  /** The positions look at once, and a person is told: nothing is closed without a reason. */
  TELL_A_PERSON("the positions look at once and a person is told");

  private final String words;

  Remedy(String words) {
    this.words = words;
  }

  /** For people, in the passive. */
  public String words() {
    return words;
  }
}
