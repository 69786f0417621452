package org.positionmanager.workflows.sync;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * Takes over a holding, or the part of one that nobody tracks.
 *
 * @param entry the broker's average entry; of a part, what it comes to beside the tracked entries
 * @param openedBy the broker's id of what opened it, as far as it is known
 */
public record Adoption(Direction direction, Quantity quantity, Price entry, String openedBy) {
  /**
   * The execution id of an adoption: a function of the account, the symbol, the direction and what
   * opened the holding, so that two syncs, or a sync and a flatten, make one position.
   *
   * @param opening what opened it; empty where that is not known
   * @param isUsedUp whether a position of that id cannot be meant: it takes the next number
   */
  public static PositionId id(
      AccountName account,
      Instrument instrument,
      Direction direction,
      Optional<Opening> opening,
      Predicate<PositionId> isUsedUp) {
    String openedBy = openedBy(opening);
    for (int number = 1; ; number++) {
      String name =
          "adopt/%s/%s/%s/%s/%d"
              .formatted(account, instrument.symbol(), direction, openedBy, number);
      PositionId id = new PositionId(account, instrument, UUID.nameUUIDFromBytes(bytes(name)));
      if (!isUsedUp.test(id)) {
        return id;
      }
    }
  }

  static String openedBy(Optional<Opening> opening) {
    return opening.map(Opening::evidence).orElse("an unknown order");
  }

  /** Two of each character: the same everywhere, whatever the machine's character set. */
  private static byte[] bytes(String text) {
    byte[] bytes = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) (text.charAt(i) >> Byte.SIZE);
      bytes[2 * i + 1] = (byte) text.charAt(i);
    }
    return bytes;
  }

  /**
   * What its workflow begins with.
   *
   * @param now exchange time of the adoption: nobody knows of an earlier one
   */
  public EntryTerms terms(Strategy strategy, Instant now) {
    return EntryTerms.of(strategy, direction, quantity, now).takingOver(entry);
  }

  @JsonIgnore
  String words() {
    return "%s %s at %s, opened by %s".formatted(direction, quantity, entry, openedBy);
  }
}
