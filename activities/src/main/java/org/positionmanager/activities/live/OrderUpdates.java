package org.positionmanager.activities.live;

/**
 * What the broker tells by itself about the orders of one account. There is no replay: after each
 * {@link StreamState.Connected} the orders have to be read once by request, and frames can be lost
 * on a connection that looks well, so an exit must not depend on this alone.
 */
public interface OrderUpdates extends AutoCloseable {
  /** Who is told. */
  interface Listener {
    /** An update, in the order of arrival. On the reading thread: it must not block. */
    void onUpdate(OrderUpdate update);

    /** The connection's state has changed. One call at a time, in order, on a thread of its own. */
    void onState(StreamState state);

    /** An update could not be read: orders have to be read by request. On the reading thread. */
    void onUnreadable(String what);
  }

  /** Begins; before, nothing is connected. Once only. */
  void start(Listener listener);

  StreamState state();

  @Override
  void close();
}
