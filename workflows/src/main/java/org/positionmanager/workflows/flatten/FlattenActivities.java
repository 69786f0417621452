package org.positionmanager.workflows.flatten;

import io.temporal.activity.ActivityInterface;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.CloseCommand;

/** What a flatten asks of the world. Each may be repeated without a second effect. */
@ActivityInterface
public interface FlattenActivities {
  /** Halts the account's intake; one that is halted stays as it is. */
  void haltIntake(AccountName account, String by, String reason);

  /** Keeps what was asked for, so that it can be begun again should the engine lose it. */
  void keepRequests(AccountName account, List<FlattenRequest> asked);

  /**
   * What was asked for is done: nothing is begun again.
   *
   * @param ids of the requests
   */
  void endRequests(AccountName account, List<String> ids);

  /** Reads ledger and broker; what cannot be read is a failure, never "nothing there". */
  FlattenLook look(AccountName account);

  /** Asks for cancellation. Whether the orders are gone is for the next look to tell. */
  void cancelOpenings(AccountName account, List<BrokerOrderId> orders);

  /**
   * Starts the workflow of a position that takes over a holding, unless it runs or ran.
   *
   * @return that position; its execution id is the one under which a sync adopts the same holding,
   *     so that neither a repetition nor a sync beside it starts another
   */
  PositionId adopt(AccountName account, Holding holding);

  /** Asks the position's workflow to close, and waits a while for what becomes of it. */
  CloseReply askClose(PositionId position, CloseCommand command);

  /** Raises the alert of a flatten that cannot go on, or ends it where there is no trouble. */
  void tellTrouble(AccountName account, Optional<String> trouble);
}
