package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.watch.PermissionsUnreadable;
import org.positionmanager.activities.watch.Unarmed;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.watch.ArmedExit;

/** What is tracked and not armed is a part of what the account holds. */
@Timeout(60)
class UnarmedRowsTest extends LedgerOnPostgres {
  @Test
  @DisplayName("what is held and not armed is told, whether it was never armed or is paused")
  void whatIsHeldAndNotArmedIsTold() throws PermissionsUnreadable {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    ArmedExits arming = new ArmedExits(large, LARGE);
    WatchLedger watch = new WatchLedger(large, LARGE);
    PositionId never = position(LARGE);
    PositionId paused = position(LARGE);
    PositionId armed = position(LARGE);
    for (PositionId id : List.of(never, paused, armed)) {
      ledger.record(holding(id, plan(id), Price.parse("5"), List.of()));
    }
    ledger.record(closed(position(LARGE)));
    ledger.record(paused(position(LARGE), "not filled yet"));
    arming.arm(armed(paused), Duration.ZERO);
    arming.arm(armed(armed), Duration.ZERO);
    arming.disarm(paused, 2, "paused", Duration.ZERO);

    assertThat(watch.unarmed()).containsExactlyInAnyOrder(unarmed(never), unarmed(paused));
    assertThat(new WatchLedger(tiny, TINY).unarmed()).isEmpty();
  }

  private static Unarmed unarmed(PositionId id) {
    return new Unarmed(id, Direction.LONG, Quantity.of(10), Price.parse("4.80"));
  }

  private static ArmedExit armed(PositionId id) {
    return new ArmedExit(id, 1, 1, plan(id), basis(id, Price.parse("5")));
  }

  private static Plan plan(PositionId id) {
    return Plans.defaultsFor(terms(), basis(id, Price.parse("5")));
  }
}
