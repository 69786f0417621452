package org.positionmanager.activities.watch;

import java.time.Instant;

/**
 * A watch in the hands of this process, with all that supplies it. It outlives a change of the
 * activity's attempt: an engine that is late with heartbeats times the attempt out and, as often as
 * not, gives the next one to the same process, which then has nothing to load.
 */
final class HeldWatch implements AutoCloseable {
  private final LiveInputs live;
  private final AccountWatch watch;
  private final WatchMeters.Holding measured;
  private final PeakGap gaps;
  private final WatchKeeper keeper;
  private final Instant since;
  private Object holder;

  private HeldWatch(
      LiveInputs live,
      AccountWatch watch,
      WatchMeters meters,
      Permissions permissions,
      String worker,
      Instant since) {
    this.live = live;
    this.watch = watch;
    this.since = since;
    measured = meters.holds(watch);
    gaps = watch.fillGaps(live.bars());
    keeper = new WatchKeeper(watch, permissions, worker, since);
    live.orders().start(keeper.orders());
  }

  /** How a watch is made of its inputs. */
  interface Maker {
    AccountWatch of(LiveInputs live);
  }

  /** Begins to watch. */
  static HeldWatch begin(
      LiveInputs.Opener inputs,
      Maker maker,
      WatchMeters meters,
      Permissions permissions,
      String worker,
      Instant since) {
    LiveInputs live = inputs.open(meters::onEvent);
    try {
      return new HeldWatch(live, maker.of(live), meters, permissions, worker, since);
    } catch (RuntimeException | Error e) {
      // the account has one connection to each stream: the next attempt needs it
      live.close();
      throw e;
    }
  }

  AccountWatch watch() {
    return watch;
  }

  /** Since when this process holds it, by the clock of the machine. */
  Instant since() {
    return since;
  }

  /** This attempt beats for it from now on. */
  void handTo(Object attempt) {
    holder = attempt;
    keeper.own();
  }

  /**
   * The engine no longer knows the attempt that holds it, and perhaps nobody else has it.
   *
   * @param whenTaken told, perhaps more than once, that another has it
   */
  void disown(Runnable whenTaken) {
    keeper.disown(whenTaken);
  }

  boolean isHeldBy(Object attempt) {
    return holder == attempt;
  }

  /** The attempt that holds it has told the engine that it lives. */
  void beats() {
    measured.beats();
  }

  /** The last part first: what supplies it, then the watch, then what it sees by. */
  @Override
  public void close() {
    try (LiveInputs inputs = live;
        AccountWatch watched = watch;
        WatchMeters.Holding meters = measured;
        PeakGap filled = gaps;
        WatchKeeper supplied = keeper) {
      // each is closed whatever becomes of the others
    }
  }
}
