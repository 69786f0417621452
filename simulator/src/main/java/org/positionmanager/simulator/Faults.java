package org.positionmanager.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Faults that tests ask for: barriers at which a request waits, and false answers. */
final class Faults {
  /** A request's attribute: by how many milliseconds its positions lag. */
  static final String LAG = "positions-lag";

  private static final long LONGEST_WAIT_SECONDS = 120;

  /** Where in a request's life it strikes, and how. */
  enum Kind {
    /** The request waits before it has any effect. */
    BARRIER_BEFORE,
    /** The effect is done, the answer waits. */
    BARRIER_AFTER,
    /** A false answer without effect. */
    STATUS_BEFORE,
    /** A false answer after the effect. */
    STATUS_AFTER,
    /** The connection is cut after the effect. */
    CUT_AFTER
  }

  /** A fault and what has become of it. */
  static final class Fault {
    final int id;
    final String account;
    final String method;
    final Pattern path;
    final Kind kind;
    final int status;
    private int times;
    private int hits;
    private int waiting;
    private boolean drop;
    private final CountDownLatch released = new CountDownLatch(1);

    Fault(int id, String account, String method, Pattern path, Kind kind, int status, int times) {
      this.id = id;
      this.account = account;
      this.method = method;
      this.path = path;
      this.kind = kind;
      this.status = status;
      this.times = times;
    }

    synchronized Map<String, Object> view() {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("id", id);
      view.put("kind", kind.name());
      view.put("hits", hits);
      view.put("waiting", waiting);
      return view;
    }

    private synchronized boolean strikes() {
      if (times <= 0) {
        return false;
      }
      times--;
      hits++;
      return true;
    }

    private void waitForRelease() {
      synchronized (this) {
        waiting++;
      }
      try {
        if (!released.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
          throw new Rejection(503, 0, "the barrier was never released");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Rejection(503, 0, "interrupted at a barrier");
      } finally {
        synchronized (this) {
          waiting--;
        }
      }
      if (drop) {
        throw new Rejection(503, 0, "dropped at a barrier");
      }
    }

    void release(boolean dropped) {
      drop = dropped;
      released.countDown();
    }
  }

  private final Map<Integer, Fault> faults = new LinkedHashMap<>();

  synchronized Fault add(
      String account, String method, String path, Kind kind, int status, int times) {
    Fault fault =
        new Fault(faults.size() + 1, account, method, Pattern.compile(path), kind, status, times);
    faults.put(fault.id, fault);
    return fault;
  }

  synchronized Fault get(int id) {
    return Optional.ofNullable(faults.get(id))
        .orElseThrow(() -> new Rejection(404, 0, "no fault " + id));
  }

  void before(String account, String method, String path) {
    find(account, method, path, Kind.BARRIER_BEFORE).ifPresent(Fault::waitForRelease);
    find(account, method, path, Kind.STATUS_BEFORE).ifPresent(Faults::answerFalsely);
  }

  /** Returns whether the connection is to be cut. */
  boolean after(String account, String method, String path) {
    find(account, method, path, Kind.BARRIER_AFTER).ifPresent(Fault::waitForRelease);
    find(account, method, path, Kind.STATUS_AFTER).ifPresent(Faults::answerFalsely);
    return find(account, method, path, Kind.CUT_AFTER).isPresent();
  }

  private static void answerFalsely(Fault fault) {
    throw new Rejection(fault.status, fault.status * 100_000L + 10_000, "fault " + fault.id);
  }

  private synchronized Optional<Fault> find(String account, String method, String path, Kind kind) {
    return faults.values().stream()
        .filter(fault -> fault.kind == kind)
        .filter(fault -> fault.account.isEmpty() || fault.account.equals(account))
        .filter(fault -> fault.method.isEmpty() || fault.method.equals(method))
        .filter(fault -> fault.path.matcher(path).matches())
        .filter(Fault::strikes)
        .findFirst();
  }
}
