package org.positionmanager.activities.broker;

import java.util.Map;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;

/**
 * What a read of quotes brought.
 *
 * @param quotes by instrument; one without a quote is absent
 * @param refused instruments of which the broker will not tell, each with its words; they keep no
 *     other from being read
 */
public record QuoteRead(Map<Instrument, Quote> quotes, Map<Instrument, String> refused) {
  public QuoteRead {
    quotes = Map.copyOf(quotes);
    refused = Map.copyOf(refused);
  }
}
