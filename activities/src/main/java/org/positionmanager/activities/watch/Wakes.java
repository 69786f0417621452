package org.positionmanager.activities.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.watch.WatchBlind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the workflows of positions that the watch has had no usable quote of for longer than their
 * plans bear: until then they sleep, because a watch that sees every quote protects better. Once
 * for each blindness, and only some of them a turn: where a stream is cut all go blind at once, and
 * the engine has exits to carry out. What cannot be told now is told at a later turn.
 */
final class Wakes implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Wakes.class);

  /** All of an account's positions are told within so many turns. */
  private static final int TURNS = 30;

  private static final int LEAST = 2;

  private final WorkflowSignals signals;

  /** Those that could not be told, until all others are. */
  private final Set<PositionId> last = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean underWay = new AtomicBoolean();
  private final ExecutorService thread;

  Wakes(WorkflowSignals signals, String name) {
    this.signals = signals;
    thread = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name).factory());
  }

  private record Call(Guarded one, WatchBlind news) {}

  /** Never blocks: while the engine is slow to take what was told, nothing is added to it. */
  void wake(Collection<Guarded> all, MarketMoment now) {
    if (underWay.get()) {
      return;
    }
    int most = Math.max(LEAST, (all.size() + TURNS - 1) / TURNS);
    List<Call> calls = due(all, now, most);
    if (!calls.isEmpty()) {
      underWay.set(true);
      try {
        thread.execute(() -> tell(calls));
      } catch (RejectedExecutionException closed) {
        log.debug("blind while the watch ends: its next holder tells");
      }
    }
  }

  /** Those that could not be told come where no other is left. */
  private List<Call> due(Collection<Guarded> all, MarketMoment now, int most) {
    List<Call> calls = calls(all, now, most);
    if (!calls.isEmpty() || last.isEmpty()) {
      return calls;
    }
    last.clear();
    return calls(all, now, most);
  }

  private List<Call> calls(Collection<Guarded> all, MarketMoment now, int most) {
    List<Call> calls = new ArrayList<>();
    for (Guarded one : all) {
      if (calls.size() < most && !last.contains(one.position())) {
        one.blind(now.now()).ifPresent(news -> calls.add(new Call(one, news)));
      }
    }
    return calls;
  }

  private void tell(List<Call> calls) {
    try {
      for (Call call : calls) {
        tell(call);
      }
    } catch (WorkflowSignals.EngineUnreachable e) {
      log.debug("positions without a quote are told later: {}", e.getMessage());
    } finally {
      underWay.set(false);
    }
  }

  /** One that cannot be told keeps no other from being told: it comes after them. */
  private void tell(Call call) throws WorkflowSignals.EngineUnreachable {
    try {
      signals.watchBlind(call.one().position(), call.news());
      call.one().wasToldBlind(call.news());
    } catch (RuntimeException e) {
      log.error("{}: has no quote, and cannot be told now", call.one().position(), e);
      last.add(call.one().position());
    }
  }

  boolean isUnderWay() {
    return underWay.get();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
