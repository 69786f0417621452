package org.positionmanager.activities.broker;

import java.util.Map;
import java.util.Set;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;

/** The newest quotes. */
public interface MarketData {
  /** The same data for work that closes something; see {@link Broker#forExits()}. */
  MarketData forExits();

  /**
   * Reads the best bid and ask of each instrument.
   *
   * @throws BrokerException where the data could not be read, or where every one was refused
   */
  QuoteRead read(Set<Instrument> instruments);

  /**
   * Reads the latest trade of each instrument; one that was not traded, or is refused, is absent.
   *
   * @throws BrokerException as {@link #read} does
   */
  Map<Instrument, Trade> trades(Set<Instrument> instruments);

  /** How many requests a read of these costs, so that who reads often can keep to a rate. */
  int requestsFor(Set<Instrument> instruments);

  /**
   * The quotes alone; one without a quote, or refused, is absent from the answer.
   *
   * @throws BrokerException as {@link #read} does
   */
  default Map<Instrument, Quote> quotes(Set<Instrument> instruments) {
    return read(instruments).quotes();
  }
}
