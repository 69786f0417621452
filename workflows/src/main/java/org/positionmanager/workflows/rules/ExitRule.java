package org.positionmanager.workflows.rules;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Price;

/**
 * One rule that can close a position, or part of it: a record of its parameters. {@link #bind} does
 * the arithmetic for one position, so that the level that is judged is also the one that is shown
 * and sent.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AssignmentGuard.class, name = "assignmentGuard"),
  @JsonSubTypes.Type(value = BreakEven.class, name = "breakEven"),
  @JsonSubTypes.Type(value = CatastrophicStop.class, name = "catastrophicStop"),
  @JsonSubTypes.Type(value = Confirmed.class, name = "confirmed"),
  @JsonSubTypes.Type(value = DayTradeClose.class, name = "dayTradeClose"),
  @JsonSubTypes.Type(value = DteLadder.class, name = "dteLadder"),
  @JsonSubTypes.Type(value = Expiry.class, name = "expiry"),
  @JsonSubTypes.Type(value = ExpiryCutOff.class, name = "expiryCutOff"),
  @JsonSubTypes.Type(value = GradedClose.class, name = "gradedClose"),
  @JsonSubTypes.Type(value = MaxHold.class, name = "maxHold"),
  @JsonSubTypes.Type(value = OvernightCheck.class, name = "overnightCheck"),
  @JsonSubTypes.Type(value = PartialExit.class, name = "partialExit"),
  @JsonSubTypes.Type(value = ProfitTarget.class, name = "profitTarget"),
  @JsonSubTypes.Type(value = RollProposal.class, name = "rollProposal"),
  @JsonSubTypes.Type(value = ShrinkingTarget.class, name = "shrinkingTarget"),
  @JsonSubTypes.Type(value = StopLoss.class, name = "stopLoss"),
  @JsonSubTypes.Type(value = ThetaDecay.class, name = "thetaDecay"),
  @JsonSubTypes.Type(value = TimeStop.class, name = "timeStop"),
  @JsonSubTypes.Type(value = TrailingAmount.class, name = "trailingAmount"),
  @JsonSubTypes.Type(value = TrailingLadder.class, name = "trailingLadder"),
  @JsonSubTypes.Type(value = TrailingPercent.class, name = "trailingPercent"),
  @JsonSubTypes.Type(value = TrailingStop.class, name = "trailingStop"),
  @JsonSubTypes.Type(value = UnderlyingStop.class, name = "underlyingStop")
})
public sealed interface ExitRule
    permits AssignmentGuard,
        BreakEven,
        CatastrophicStop,
        Confirmed,
        DayTradeClose,
        DteLadder,
        Expiry,
        ExpiryCutOff,
        GradedClose,
        MaxHold,
        OvernightCheck,
        PartialExit,
        ProfitTarget,
        RollProposal,
        ShrinkingTarget,
        StopLoss,
        ThetaDecay,
        TimeStop,
        TrailingAmount,
        TrailingLadder,
        TrailingPercent,
        TrailingStop,
        UnderlyingStop {
  /** Its place in the order of precedence, its name, and the reason that it gives. */
  RuleKind kind();

  /** The rule with its levels for one position. */
  BoundRule bind(Basis basis);

  /** Whether the rule makes sense for an instrument at all: contracts expire, stocks do not. */
  default boolean appliesTo(Instrument instrument) {
    return true;
  }

  /** The same with each {@link Level} that it is made of replaced. */
  default ExitRule withLevels(UnaryOperator<Level> change) {
    return this;
  }

  /** The same with each price that it names changed, as a split of the shares does. */
  default ExitRule withPrices(UnaryOperator<Price> change) {
    return withLevels(level -> level.withPrice(change));
  }

  /** The price at which the rule fires at a moment, where it has one. */
  default Optional<Price> level(Basis basis, Instant now) {
    return bind(basis).level(now);
  }
}
