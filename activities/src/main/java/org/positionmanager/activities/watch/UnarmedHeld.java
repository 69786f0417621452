package org.positionmanager.activities.watch;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is tracked without being armed. The ledger is asked for all of it together and only now and
 * then; what loses its permission in between counts by what that permission said it held.
 */
final class UnarmedHeld {
  private static final Logger log = LoggerFactory.getLogger(UnarmedHeld.class);

  /**
   * What happened to a position.
   *
   * @param number of all changes, from one on
   * @param held empty where it is over
   */
  private record Change(long number, Optional<Unarmed> held) {}

  private static final String NOT_READ =
      "{}: what is tracked without being armed counts as it was read last";

  private final AccountName account;
  private final Permissions permissions;
  private final WatchList list;
  private final Map<PositionId, Unarmed> known = new LinkedHashMap<>();

  /** What no read has told of yet. */
  private final Map<PositionId, Change> since = new HashMap<>();

  private long changes;

  /** The last change of which a read has told. */
  private long readUpTo;

  private boolean failing;

  /**
   * @param list before each change that is told here
   */
  UnarmedHeld(AccountName account, Permissions permissions, WatchList list) {
    this.account = account;
    this.permissions = permissions;
    this.list = list;
  }

  /** One permission is about to replace what the list has. */
  void changes(PositionId position, Optional<Permission> to) {
    if (to.isEmpty()) {
      note(position, Optional.empty());
    } else if (to.get().armed().isEmpty()) {
      list.find(position)
          .flatMap(UnarmedHeld::held)
          .ifPresentOrElse(it -> note(position, Optional.of(it)), this::outdate);
    }
  }

  /** All of them are about to replace what the list has. */
  void changeTo(List<Permission> all) {
    Set<PositionId> next = all.stream().map(Permission::position).collect(Collectors.toSet());
    list.all().stream()
        .map(Guarded::position)
        .filter(it -> !next.contains(it))
        .forEach(it -> changes(it, Optional.empty()));
    all.forEach(it -> changes(it.position(), Optional.of(it)));
    outdate();
  }

  /** What cannot be said of one position keeps no permission from being taken. */
  private static Optional<Unarmed> held(Guarded one) {
    try {
      return one.basis()
          .map(it -> new Unarmed(one.position(), it.direction(), it.held(), it.entry()));
    } catch (RuntimeException e) {
      log.error("{}: what it holds counts when the ledger tells of it", one.position(), e);
      return Optional.empty();
    }
  }

  private synchronized void note(PositionId position, Optional<Unarmed> held) {
    Change change = new Change(++changes, held);
    since.put(position, change);
    apply(position, change);
  }

  private synchronized void outdate() {
    changes++;
  }

  private void apply(PositionId position, Change change) {
    change.held().ifPresentOrElse(it -> known.put(position, it), () -> known.remove(position));
  }

  /**
   * Asks the ledger where something has changed. What was known stays where it does not answer,
   * which is told once: the watch protects by what is armed.
   */
  void readWhereChanged() {
    long asOf = changesUnread();
    if (asOf == 0) {
      return;
    }
    try {
      take(permissions.unarmed(), asOf);
    } catch (PermissionsUnreadable e) {
      notRead(() -> log.warn(NOT_READ + ": {}", account, e.getMessage()));
    } catch (RuntimeException e) {
      notRead(() -> log.error(NOT_READ, account, e));
    }
  }

  /** Zero where a read has told of all. */
  private synchronized long changesUnread() {
    return changes == readUpTo ? 0 : changes;
  }

  /** It may not tell of what has changed meanwhile; one that a later read overtook is over. */
  private synchronized void take(List<Unarmed> all, long asOf) {
    if (asOf < readUpTo) {
      return;
    }
    known.clear();
    all.forEach(it -> known.put(it.position(), it));
    since.values().removeIf(it -> it.number() <= asOf);
    since.forEach(this::apply);
    readUpTo = asOf;
    if (failing) {
      failing = false;
      log.info("{}: what is tracked without being armed is read again", account);
    }
  }

  private synchronized void notRead(Runnable tell) {
    if (!failing && !Thread.currentThread().isInterrupted()) {
      failing = true;
      tell.run();
    }
  }

  /** Of an instrument. */
  synchronized List<Unarmed> of(Instrument instrument) {
    return known.values().stream()
        .filter(it -> it.position().instrument().equals(instrument))
        .toList();
  }
}
