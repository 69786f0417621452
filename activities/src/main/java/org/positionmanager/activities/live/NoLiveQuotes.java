package org.positionmanager.activities.live;

import java.util.List;
import java.util.Set;
import org.positionmanager.workflows.instrument.Instrument;

/**
 * No streams, so that everything is polled: for an account whose only connection to a stream
 * belongs to another program.
 */
public final class NoLiveQuotes implements LiveQuotes {
  @Override
  public void start(Listener listener) {
    // nothing will be told
  }

  @Override
  public void follow(Set<Instrument> instruments) {
    // the feed polls what no stream serves
  }

  @Override
  public List<StreamReport> reports() {
    return List.of();
  }

  @Override
  public void renew(Set<Instrument> missed) {
    // there is no connection
  }

  @Override
  public void close() {
    // nor anything to end
  }
}
