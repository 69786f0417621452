package org.positionmanager.workflows.sync;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Quantity;

/** What the account's sync tells a position. Telling it again changes nothing. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SyncNotice.LookNow.class, name = "lookNow"),
  @JsonSubTypes.Type(value = SyncNotice.Closed.class, name = "closed"),
  @JsonSubTypes.Type(value = SyncNotice.Split.class, name = "split"),
  @JsonSubTypes.Type(value = SyncNotice.Moved.class, name = "moved"),
  @JsonSubTypes.Type(value = SyncNotice.GiveWay.class, name = "giveWay")
})
public sealed interface SyncNotice {
  /** In words, for the timeline. */
  String why();

  /** Review at once. */
  record LookNow(String why) implements SyncNotice {}

  /**
   * So much of these orders or activities is this position's share in all: what is booked of them
   * already counts as told.
   *
   * @param reason why it is closed, where nothing else has decided that
   */
  record Closed(List<ClosingFill> fills, ExitReason reason, String why) implements SyncNotice {
    public Closed {
      fills = List.copyOf(fills);
    }
  }

  /**
   * Shares were split: quantities, prices and levels are to be scaled, once for each activity.
   *
   * @param before what the position held then
   * @param after what it holds for it, above zero
   */
  record Split(String activity, Quantity before, Quantity after, String why)
      implements SyncNotice {}

  /** The instrument has another symbol; the position lives on under that. */
  record Moved(String activity, Instrument to, String why) implements SyncNotice {}

  /**
   * Another position holds, or held, the same: an execution that was announced after its holding
   * was adopted, or the adopted position.
   *
   * @param to the other
   * @param quantity how much of it
   */
  record GiveWay(PositionId to, Quantity quantity, String why) implements SyncNotice {}
}
