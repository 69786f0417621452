package org.positionmanager.activities.broker;

import java.time.LocalDate;
import java.util.List;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.DailyBar;

/** What instruments traded at on earlier days. */
public interface PriceHistory {
  /**
   * Daily bars in the order of their dates, in today's shares where a stock was split. Days without
   * a trade have none.
   *
   * @param fromInclusive the exchange's date
   * @param toExclusive likewise
   * @throws BrokerException where they could not be read, which is never the same as none
   */
  List<DailyBar> daily(Instrument instrument, LocalDate fromInclusive, LocalDate toExclusive);
}
