package org.positionmanager.workflows.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.identity.PositionId;

/**
 * What the account's watch goes by.
 *
 * @param readAt real time before the read
 * @param alive whether somebody holds the watch and was heard of lately
 */
public record WatchView(Instant readAt, boolean alive, List<Armed> exits) {
  public WatchView {
    exits = List.copyOf(exits);
  }

  /**
   * What the watch was told of one position.
   *
   * @param armed whether it may send
   * @param exit the number of the exit that it may send, 0 where it may send none
   * @param acknowledged whether it has said that it goes by this
   * @param fresh whether it vouches for the position now
   * @param why the permission was taken away
   */
  public record Armed(
      PositionId id,
      int arming,
      boolean armed,
      int exit,
      boolean acknowledged,
      boolean fresh,
      Optional<String> why) {}

  public Optional<Armed> of(PositionId id) {
    return exits.stream().filter(it -> it.id().equals(id)).findFirst();
  }
}
