package org.positionmanager.activities.sync;

import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.ExchangeClock;
import org.positionmanager.activities.trading.AdoptionIds;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.sync.Adoption;
import org.positionmanager.workflows.sync.Opening;

/** Adoption ids by what the broker tells of a holding's past, as a sync of the account sees it. */
public final class BrokerAdoptionIds implements AdoptionIds {
  private final Broker broker;
  private final ExchangeClock exchange;

  public BrokerAdoptionIds(Broker broker, ExchangeClock exchange) {
    this.broker = broker;
    this.exchange = exchange;
  }

  @Override
  public PositionId of(Holding holding, Predicate<PositionId> isOver) {
    Instrument instrument = holding.instrument();
    Instant now = exchange.now();
    Instant since = now.minus(Past.LEAST);
    Past past = Past.read(broker, Past.activities(broker, since), Set.of(instrument), since);
    return Adoption.id(
        broker.name(),
        instrument,
        holding.direction(),
        Opening.last(past.openings(), instrument, holding.direction(), now),
        isOver);
  }
}
