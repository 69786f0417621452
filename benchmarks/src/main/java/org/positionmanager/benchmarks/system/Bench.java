package org.positionmanager.benchmarks.system;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.positionmanager.worker.process.ManagedProcess;

/** A desk under measurement: what all parts work with. */
final class Bench implements AutoCloseable {
  /** The price at which everything has breached. */
  static final String BREACHED = "90";

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration READY_WITHIN = Duration.ofSeconds(120);

  private final SystemDesk desk;
  private final Scale scale;
  private final Progress progress;
  private final LedgerLook look;
  private final Exits exits;
  private final Opener opener;
  private final SplittableRandom random;
  private final Deque<Holding> probes = new ArrayDeque<>();
  private Optional<ManagedProcess> worker = Optional.empty();
  private int workers;
  private int open;

  Bench(SystemDesk desk, Scale scale, Progress progress, long seed) {
    this.desk = desk;
    this.scale = scale;
    this.progress = progress;
    look = desk.look();
    exits = new Exits(desk.broker());
    opener = new Opener(desk, progress);
    random = new SplittableRandom(seed);
  }

  SystemDesk desk() {
    return desk;
  }

  Layout layout() {
    return desk.layout();
  }

  Scale scale() {
    return scale;
  }

  Progress progress() {
    return progress;
  }

  LedgerLook look() {
    return look;
  }

  Exits exits() {
    return exits;
  }

  Opener opener() {
    return opener;
  }

  SplittableRandom random() {
    return random;
  }

  /** How many watched positions are open now. */
  int open() {
    return open;
  }

  void opened(int more) {
    open += more;
  }

  void closed(int fewer) {
    open -= fewer;
  }

  /** Probes that are open and have not breached. */
  void addProbes(List<Holding> more) {
    probes.addAll(more);
  }

  Holding nextProbe() {
    return probes.removeFirst();
  }

  /** One probe of each account. */
  List<Holding> probeOfEachAccount() {
    List<Holding> each = new ArrayList<>();
    for (String account : layout().accountsOf(Layout.Group.WATCHED)) {
      Holding probe =
          probes.stream().filter(it -> it.account().equals(account)).findFirst().orElseThrow();
      probes.remove(probe);
      each.add(probe);
    }
    return each;
  }

  /** The worker that holds the watches. */
  ManagedProcess worker() {
    return worker.orElseThrow();
  }

  /** A worker with watches, as the one that counts from now on where it is the first. */
  ManagedProcess startWorker() throws Exception {
    ManagedProcess started = startAnother();
    worker = Optional.of(started);
    return started;
  }

  /** A worker with watches beside those that run; returns once every open position is watched. */
  ManagedProcess startAnother() throws Exception {
    Instant before = look.now();
    workers++;
    String name = workers == 1 ? "worker" : "worker " + workers;
    ManagedProcess started =
        desk.startWorker(
            name.replace(' ', '-'), Layout.Group.WATCHED, true, SystemDesk.REVIEW_EVERY);
    awaitWatched(before);
    return started;
  }

  void isNow(ManagedProcess other) {
    worker = Optional.of(other);
  }

  /** Ends the worker in order and starts another; waits until its watches judge everything. */
  void restartWorker() throws Exception {
    worker().close();
    startWorker();
  }

  /**
   * Waits until every open position is watched.
   *
   * @param since by the ledger's clock: what a watch said before does not count
   */
  private void awaitWatched(Instant since) throws SQLException, InterruptedException {
    long end = System.nanoTime() + READY_WITHIN.toNanos();
    Looking looking = Looking.each(LOOK);
    while (look.watchedSince(Layout.Group.WATCHED.prefix(), since) < open) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%d of %d positions are watched after %s"
                .formatted(
                    look.watchedSince(Layout.Group.WATCHED.prefix(), since), open, READY_WITHIN));
      }
      looking.pause();
    }
  }

  /** Waits until so many positions of a group are in a phase. */
  boolean awaitPhase(Layout.Group group, String phase, long wanted, Duration patience)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Looking looking = Looking.each(LOOK);
    while (look.inPhase(group.prefix(), phase) < wanted) {
      if (System.nanoTime() > end) {
        return false;
      }
      looking.pause();
    }
    return true;
  }

  @Override
  public void close() throws SQLException {
    look.close();
  }
}
