package org.positionmanager.workflows.sync;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/** One thing in which broker, ledger, workflows and watch do not agree, and its one remedy. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Finding.Untracked.class, name = "untracked"),
  @JsonSubTypes.Type(value = Finding.QuantityGrown.class, name = "quantityGrown"),
  @JsonSubTypes.Type(value = Finding.UnexpectedShort.class, name = "unexpectedShort"),
  @JsonSubTypes.Type(value = Finding.ClosedElsewhere.class, name = "closedElsewhere"),
  @JsonSubTypes.Type(value = Finding.Flipped.class, name = "flipped"),
  @JsonSubTypes.Type(value = Finding.Assigned.class, name = "assigned"),
  @JsonSubTypes.Type(value = Finding.Exercised.class, name = "exercised"),
  @JsonSubTypes.Type(value = Finding.ExpiredWorthless.class, name = "expiredWorthless"),
  @JsonSubTypes.Type(value = Finding.QuantityShrunk.class, name = "quantityShrunk"),
  @JsonSubTypes.Type(value = Finding.SharesSplit.class, name = "sharesSplit"),
  @JsonSubTypes.Type(value = Finding.SymbolChanged.class, name = "symbolChanged"),
  @JsonSubTypes.Type(value = Finding.WorkflowLost.class, name = "workflowLost"),
  @JsonSubTypes.Type(value = Finding.LedgerRowStuck.class, name = "ledgerRowStuck"),
  @JsonSubTypes.Type(value = Finding.Duplicate.class, name = "duplicate"),
  @JsonSubTypes.Type(value = Finding.OrphanOrder.class, name = "orphanOrder"),
  @JsonSubTypes.Type(value = Finding.StaleArmedExit.class, name = "staleArmedExit")
})
public sealed interface Finding {
  /** What it is about: for a holding that nobody tracks, the position that would. */
  PositionId position();

  /** What was seen, in words for people. */
  String evidence();

  Remedy remedy();

  /** The same for the same thing seen again with the same evidence. */
  default String key() {
    return getClass().getSimpleName() + "/" + position() + ": " + evidence();
  }

  /** A holding that the broker has and nobody tracks: {@link Remedy#ADOPT}. */
  record Untracked(PositionId position, Adoption adoption) implements Finding {
    @Override
    public String evidence() {
      return adoption.words();
    }

    @Override
    public Remedy remedy() {
      return Remedy.ADOPT;
    }
  }

  /** More is held than is tracked: {@link Remedy#ADOPT} for the rest, no entry is changed. */
  record QuantityGrown(PositionId position, Quantity recorded, Adoption adoption)
      implements Finding {
    @Override
    public String evidence() {
      return "%s tracked, beyond that %s".formatted(recorded, adoption.words());
    }

    @Override
    public Remedy remedy() {
      return Remedy.ADOPT;
    }
  }

  /** Short of something that nobody tracks as short: {@link Remedy#ADOPT}, and an alert. */
  record UnexpectedShort(PositionId position, Quantity recorded, Adoption adoption)
      implements Finding {
    @Override
    public String evidence() {
      return "%s tracked as short, beyond that %s".formatted(recorded, adoption.words());
    }

    @Override
    public Remedy remedy() {
      return Remedy.ADOPT;
    }
  }

  /** Orders of others made the holding smaller: {@link Remedy#BOOK}. */
  record ClosedElsewhere(PositionId position, List<ClosingFill> fills) implements Finding {
    public ClosedElsewhere {
      fills = List.copyOf(fills);
    }

    @Override
    public String evidence() {
      return words(fills);
    }

    @Override
    public Remedy remedy() {
      return Remedy.BOOK;
    }
  }

  /**
   * An order closed all of it and opened the other direction: {@link Remedy#BOOK}, and an alert.
   * What is held now is a finding of its own.
   */
  record Flipped(PositionId position, List<ClosingFill> fills, Direction now, Quantity held)
      implements Finding {
    public Flipped {
      fills = List.copyOf(fills);
    }

    @Override
    public String evidence() {
      return "%s, now %s %s".formatted(words(fills), now, held);
    }

    @Override
    public Remedy remedy() {
      return Remedy.BOOK;
    }
  }

  /** A short contract was assigned (OPASN): {@link Remedy#BOOK} at zero, and an alert. */
  record Assigned(PositionId position, List<ClosingFill> fills) implements Finding {
    public Assigned {
      fills = List.copyOf(fills);
    }

    @Override
    public String evidence() {
      return words(fills);
    }

    @Override
    public Remedy remedy() {
      return Remedy.BOOK;
    }
  }

  /** A long contract was exercised (OPEXC): {@link Remedy#BOOK} at zero; the shares are adopted. */
  record Exercised(PositionId position, List<ClosingFill> fills) implements Finding {
    public Exercised {
      fills = List.copyOf(fills);
    }

    @Override
    public String evidence() {
      return words(fills);
    }

    @Override
    public Remedy remedy() {
      return Remedy.BOOK;
    }
  }

  /** A contract ended worthless (OPEXP): {@link Remedy#BOOK} at zero. */
  record ExpiredWorthless(PositionId position, List<ClosingFill> fills) implements Finding {
    public ExpiredWorthless {
      fills = List.copyOf(fills);
    }

    @Override
    public String evidence() {
      return words(fills);
    }

    @Override
    public Remedy remedy() {
      return Remedy.BOOK;
    }
  }

  /**
   * Less is held than is tracked, and nothing that the broker tells explains it: {@link
   * Remedy#TELL_A_PERSON}. Absence alone ends nothing.
   *
   * @param position the oldest of those that share the holding
   */
  record QuantityShrunk(
      PositionId position, List<PositionId> sharing, Quantity recorded, Quantity held)
      implements Finding {
    public QuantityShrunk {
      sharing = List.copyOf(sharing);
    }

    @Override
    public String evidence() {
      return "%s tracked, %s held, and no fill or activity explains it".formatted(recorded, held);
    }

    @Override
    public Remedy remedy() {
      return Remedy.TELL_A_PERSON;
    }
  }

  /** Shares were split: {@link Remedy#SCALE}. */
  record SharesSplit(PositionId position, String activity, Quantity before, Quantity after)
      implements Finding {
    @Override
    public String evidence() {
      return "%s became %s by split %s".formatted(before, after, activity);
    }

    @Override
    public Remedy remedy() {
      return Remedy.SCALE;
    }
  }

  /** The instrument has another symbol: {@link Remedy#MOVE}. */
  record SymbolChanged(PositionId position, PositionId to, String activity) implements Finding {
    @Override
    public String evidence() {
      return "held as %s by activity %s".formatted(to.instrument(), activity);
    }

    @Override
    public Remedy remedy() {
      return Remedy.MOVE;
    }
  }

  /** The ledger has it open, and its workflow is gone or broken: {@link Remedy#RESTART}. */
  record WorkflowLost(PositionId position, Phase phase, EngineView.Life life) implements Finding {
    @Override
    public String evidence() {
      return "%s in the ledger, workflow %s".formatted(phase, life);
    }

    @Override
    public Remedy remedy() {
      return Remedy.RESTART;
    }
  }

  /**
   * The ledger has it open, and its workflow has ended: {@link Remedy#RESTART}, because only the
   * broker's word ends a row, and only a workflow asks for it.
   */
  record LedgerRowStuck(PositionId position, Phase phase) implements Finding {
    @Override
    public String evidence() {
      return "%s in the ledger, workflow ENDED".formatted(phase);
    }

    @Override
    public Remedy remedy() {
      return Remedy.RESTART;
    }
  }

  /**
   * An adopted position and an execution that was announced late hold the same: {@link
   * Remedy#GIVE_WAY}.
   *
   * @param position the one that gives way
   * @param surplus how much is tracked beyond what is held
   */
  record Duplicate(PositionId position, PositionId stays, Quantity surplus) implements Finding {
    @Override
    public String evidence() {
      return "%s of it is tracked as %s too".formatted(surplus, stays.execution());
    }

    @Override
    public Remedy remedy() {
      return Remedy.GIVE_WAY;
    }
  }

  /** A stop or bracket leg of a position that is over: {@link Remedy#CANCEL}. */
  record OrphanOrder(PositionId position, BrokerOrderId order, Quantity quantity)
      implements Finding {
    @Override
    public String evidence() {
      return "order %s for %s is left".formatted(order, quantity);
    }

    @Override
    public Remedy remedy() {
      return Remedy.CANCEL;
    }
  }

  /** The watch may send an exit for a position that is over: {@link Remedy#DISARM}. */
  record StaleArmedExit(PositionId position, int arming, int exit, Optional<Phase> phase)
      implements Finding {
    @Override
    public String evidence() {
      return "exit %d is armed, the position is %s"
          .formatted(exit, phase.map(Enum::name).orElse("unknown"));
    }

    @Override
    public Remedy remedy() {
      return Remedy.DISARM;
    }
  }

  private static String words(List<ClosingFill> fills) {
    return String.join(
        ", ",
        fills.stream()
            .map(
                fill ->
                    "%s closed at %s by %s"
                        .formatted(fill.quantity(), fill.averagePrice(), fill.order()))
            .toList());
  }
}
