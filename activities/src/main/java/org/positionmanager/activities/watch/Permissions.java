package org.positionmanager.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.watch.ExitSent;

/** What one account's watch may do, and where it says what it did with it. */
public interface Permissions {
  /** Of every position that is not over. */
  List<Permission> all() throws PermissionsUnreadable;

  /** Of one position; empty where it has none, or is over. */
  Optional<Permission> of(PositionId position) throws PermissionsUnreadable;

  /** What is held of positions of which nothing may be sent now. */
  List<Unarmed> unarmed() throws PermissionsUnreadable;

  /** The watch goes by these from now on. */
  void acknowledge(Collection<Permission> permissions) throws PermissionsUnreadable;

  /** Notes what was seen; peak and trough only ever widen. */
  void note(Collection<SeenByWatch> seen) throws PermissionsUnreadable;

  /** Records quotes by which positions were judged; what is recorded already is not again. */
  void record(Collection<JudgedQuote> quotes) throws PermissionsUnreadable;

  /**
   * Notes an exit that the watch has sent and whose workflow cannot be told now, so that one that
   * is begun anew recalls it. Without effect where the position is over or the exit is known. Where
   * no order came of it, it is noted only while the permission that was used is in force.
   */
  void note(PositionId position, ExitSent sent) throws PermissionsUnreadable;

  /**
   * The watch is alive, in these hands; one that the same holder began later is not replaced.
   *
   * @param since when the holder began with it
   */
  void beat(String holder, Instant since) throws PermissionsUnreadable;

  /**
   * Likewise, of a watch that the engine no longer knows in these hands; without effect where
   * another's is alive, or was given to the same holder later.
   *
   * @return whether nobody else is known to have it
   */
  boolean beatUnlessTaken(String holder, Instant since) throws PermissionsUnreadable;

  /**
   * The watch is given up in good order: nobody has to wait for its beat to grow old. Without
   * effect where another holds it, or the same holder since later.
   */
  void giveUp(String holder, Instant since) throws PermissionsUnreadable;

  /** Who holds the watch; empty where nobody does, or nobody was heard of lately. */
  Optional<String> holder() throws PermissionsUnreadable;

  /**
   * Waits for changes on a connection of its own, until the thread is interrupted or the connection
   * fails.
   *
   * @param listening called once, as soon as no change can be missed any more: read all then
   * @param changed called with each position whose permission changed
   * @param patience how long one wait lasts before the thread looks whether it is interrupted
   */
  void listen(Runnable listening, Consumer<PositionId> changed, Duration patience)
      throws PermissionsUnreadable;
}
