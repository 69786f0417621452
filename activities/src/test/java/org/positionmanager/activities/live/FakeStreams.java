package org.positionmanager.activities.live;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.positionmanager.workflows.instrument.Instrument;

/** One stream that a test drives. */
final class FakeStreams implements LiveQuotes {
  final List<Set<Instrument>> renewed = new CopyOnWriteArrayList<>();
  volatile boolean closed;

  private volatile Listener listener;
  private volatile Set<Instrument> followed = Set.of();
  private volatile StreamReport report =
      new StreamReport("/v2/test", new StreamState.Idle(), Set.of(), Map.of());

  @Override
  public void start(Listener to) {
    listener = to;
  }

  @Override
  public void follow(Set<Instrument> instruments) {
    followed = instruments;
  }

  @Override
  public List<StreamReport> reports() {
    return List.of(report);
  }

  @Override
  public void renew(Set<Instrument> missed) {
    renewed.add(missed);
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Serves all that is followed but for these. */
  void serves(Map<Instrument, Unserved> but) {
    Set<Instrument> served = new HashSet<>(followed);
    served.removeAll(but.keySet());
    report = new StreamReport("/v2/test", new StreamState.Connected(), served, but);
    listener.onReport(report);
  }

  /** Serves nothing. */
  void servesNothing(StreamState state, Unserved why) {
    Map<Instrument, Unserved> all = new HashMap<>();
    followed.forEach(one -> all.put(one, why));
    report = new StreamReport("/v2/test", state, Set.of(), all);
    listener.onReport(report);
  }

  void tells(LiveQuote quote) {
    listener.onQuote(quote);
  }

  void cannotRead(String what) {
    listener.onUnreadable("/v2/test", what);
  }
}
