package org.positionmanager.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.watch.ArmedExit;
import org.positionmanager.workflows.watch.ExitSent;

/** Permissions in memory, announced as the ledger announces them. */
final class FakePermissions implements Permissions {
  final Map<PositionId, Integer> acknowledged = new LinkedHashMap<>();
  final List<SeenByWatch> noted = new ArrayList<>();
  final List<String> beats = new ArrayList<>();

  private final List<JudgedQuote> recorded = new ArrayList<>();

  private final Map<PositionId, Permission> rows = new LinkedHashMap<>();
  private final LinkedBlockingQueue<PositionId> announced = new LinkedBlockingQueue<>();
  private final List<FakeWorkflows.Told> sentWithoutWorkflow = new ArrayList<>();
  private final Map<PositionId, Unarmed> unarmed = new LinkedHashMap<>();

  /** Happens while a beat is written: what does not return is a ledger that hangs. */
  volatile Runnable whileBeating = () -> {};

  private boolean away;
  private boolean unarmedAway;
  private int reads;
  private int unarmedReads;
  private Runnable afterNoting = () -> {};
  private Runnable afterReading = () -> {};
  private Runnable afterReadingUnarmed = () -> {};

  synchronized void arm(ArmedExit armed) {
    arm(armed, Optional.empty());
  }

  /**
   * @param peak that an earlier watch has noted
   */
  synchronized void arm(ArmedExit armed, Optional<Price> peak) {
    put(permission(armed, peak));
  }

  private static Permission permission(ArmedExit armed, Optional<Price> peak) {
    return new Permission(
        armed.position(), armed.arming(), Optional.of(armed), peak, Optional.empty());
  }

  /** The announcement is lost. */
  synchronized void armUnannounced(ArmedExit armed) {
    rows.put(armed.position(), permission(armed, Optional.empty()));
  }

  synchronized void disarm(PositionId position, int arming) {
    put(new Permission(position, arming, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private void put(Permission permission) {
    rows.put(permission.position(), permission);
    announced.add(permission.position());
  }

  synchronized void end(PositionId position) {
    rows.remove(position);
    announced.add(position);
  }

  synchronized void isAway(boolean now) {
    away = now;
  }

  /** Happens once, right after all were read. */
  synchronized void afterReading(Runnable once) {
    afterReading = once;
  }

  private void requireThere() throws PermissionsUnreadable {
    if (away) {
      throw new PermissionsUnreadable(new IllegalStateException("the ledger is away"));
    }
  }

  @Override
  public List<Permission> all() throws PermissionsUnreadable {
    List<Permission> all;
    Runnable then;
    synchronized (this) {
      requireThere();
      reads++;
      all = List.copyOf(rows.values());
      then = afterReading;
      afterReading = () -> {};
    }
    then.run();
    return all;
  }

  /** How often all were read. */
  synchronized int reads() {
    return reads;
  }

  @Override
  public synchronized Optional<Permission> of(PositionId position) throws PermissionsUnreadable {
    requireThere();
    return Optional.ofNullable(rows.get(position));
  }

  @Override
  public List<Unarmed> unarmed() throws PermissionsUnreadable {
    List<Unarmed> all;
    Runnable then;
    synchronized (this) {
      requireThere();
      if (unarmedAway) {
        throw new PermissionsUnreadable(new IllegalStateException("the positions are locked"));
      }
      unarmedReads++;
      all = List.copyOf(unarmed.values());
      then = afterReadingUnarmed;
      afterReadingUnarmed = () -> {};
    }
    then.run();
    return all;
  }

  synchronized int unarmedReads() {
    return unarmedReads;
  }

  /** All else can be read. */
  synchronized void unarmedIsAway(boolean now) {
    unarmedAway = now;
  }

  /** Happens once, right after what is not armed was read. */
  synchronized void afterReadingUnarmed(Runnable once) {
    afterReadingUnarmed = once;
  }

  /** Looked after, and nothing of it may be sent. */
  synchronized void holds(Unarmed one) {
    unarmed.put(one.position(), one);
  }

  @Override
  public synchronized void acknowledge(Collection<Permission> permissions)
      throws PermissionsUnreadable {
    requireThere();
    permissions.forEach(one -> acknowledged.merge(one.position(), one.arming(), Math::max));
  }

  synchronized int acknowledged(PositionId position) {
    return acknowledged.getOrDefault(position, 0);
  }

  @Override
  public synchronized void note(Collection<SeenByWatch> seen) throws PermissionsUnreadable {
    requireThere();
    noted.addAll(seen);
  }

  @Override
  public synchronized void record(Collection<JudgedQuote> quotes) throws PermissionsUnreadable {
    requireThere();
    recorded.addAll(quotes);
  }

  synchronized List<JudgedQuote> recorded() {
    return List.copyOf(recorded);
  }

  @Override
  public void note(PositionId position, ExitSent sent) throws PermissionsUnreadable {
    Runnable then;
    synchronized (this) {
      requireThere();
      sentWithoutWorkflow.add(new FakeWorkflows.Told(position, sent));
      then = afterNoting;
      afterNoting = () -> {};
    }
    then.run();
  }

  /** Happens once, right after an exit was noted. */
  synchronized void afterNoting(Runnable once) {
    afterNoting = once;
  }

  synchronized List<FakeWorkflows.Told> sentWithoutWorkflow() {
    return List.copyOf(sentWithoutWorkflow);
  }

  synchronized boolean hasNoted(PositionId position, Price peak) {
    return noted.stream()
        .anyMatch(seen -> seen.position().equals(position) && seen.peak().equals(peak));
  }

  @Override
  public void beat(String holder, Instant since) throws PermissionsUnreadable {
    whileBeating.run();
    synchronized (this) {
      requireThere();
      beats.add(holder);
    }
  }

  @Override
  public synchronized boolean beatUnlessTaken(String holder, Instant since)
      throws PermissionsUnreadable {
    requireThere();
    boolean isFree = beats.isEmpty() || beats.getLast().startsWith(holder);
    if (isFree) {
      beats.add(holder);
    }
    return isFree;
  }

  synchronized int beats() {
    return beats.size();
  }

  @Override
  public synchronized void giveUp(String holder, Instant since) throws PermissionsUnreadable {
    requireThere();
    beats.add(holder + " gives up");
  }

  @Override
  public synchronized Optional<String> holder() throws PermissionsUnreadable {
    requireThere();
    return beats.isEmpty() ? Optional.empty() : Optional.of(beats.getLast());
  }

  @Override
  public void listen(Runnable listening, Consumer<PositionId> changed, Duration patience)
      throws PermissionsUnreadable {
    announced.clear();
    listening.run();
    try {
      while (true) {
        synchronized (this) {
          requireThere();
        }
        PositionId one = announced.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (one != null) {
          changed.accept(one);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
