package org.positionmanager.activities.broker;

import java.util.Map;
import java.util.Set;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;

/** The newest quotes. */
public interface MarketData {
  /** The same data for work that closes something; see {@link Broker#forExits()}. */
  MarketData forExits();

  /**
   * Reads the best bid and ask of each instrument; one without a quote is absent from the answer.
   *
   * @throws BrokerException where the data could not be read
   */
  Map<Instrument, Quote> quotes(Set<Instrument> instruments);
}
