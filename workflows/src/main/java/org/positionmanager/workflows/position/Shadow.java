package org.positionmanager.workflows.position;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * A plan that is judged beside the real one, by the same observations, and never acted on: what it
 * would have done is recorded. It sees what the position sees, for as long as the position lives.
 *
 * @param basis as if only its own exits had closed something
 * @param exits what it would have closed, oldest first
 * @param seenUpTo exchange time of what it saw last; empty where it begins anew with what is seen
 *     next
 */
public record Shadow(Plan plan, Basis basis, List<Exit> exits, Optional<Instant> seenUpTo) {
  public Shadow {
    exits = List.copyOf(exits);
    seenUpTo = seenUpTo == null ? Optional.empty() : seenUpTo;
  }

  /**
   * What would have been closed.
   *
   * @param rule the rule's stable name
   * @param price the side of the quote that an exit trades against; empty where there was no quote
   */
  public record Exit(
      Instant at, ExitReason reason, String rule, Quantity quantity, Optional<Price> price) {}

  static Shadow of(Plan plan, Basis basis) {
    return new Shadow(plan, basis, List.of(), Optional.empty());
  }

  /** The same with its plan made whole. */
  Shadow goingBy(Plan whole) {
    return new Shadow(whole, basis, exits, seenUpTo);
  }

  Judge judge() {
    return Judge.of(plan, basis);
  }

  /** Whether it would have closed all of it by now. */
  @JsonIgnore
  public boolean isOver() {
    return basis.held().isZero();
  }

  /** What its exits would have earned, where their prices are known. */
  public Money profit() {
    return exits.stream()
        .flatMap(exit -> exit.price().map(price -> profit(exit.quantity(), price)).stream())
        .reduce(Money.ZERO, Money::plus);
  }

  private Money profit(Quantity quantity, Price price) {
    return basis
        .direction()
        .profit(basis.entry(), price, quantity, basis.instrument().multiplier());
  }

  /** After one more observation; the same where it is over. */
  Shadow seeing(Observation seen) {
    if (isOver()) {
      return this;
    }
    Judge.Look look = RulesEdition.look(judge(), seen);
    Basis learnt = look.judge().basis();
    return switch (look.decision()) {
      case Decision.Exit exit -> closing(learnt, exit, seen);
      case Decision.Hold hold -> with(learnt, seen);
      case Decision.Unknown unknown -> with(learnt, seen);
    };
  }

  private Shadow with(Basis learnt, Observation seen) {
    return new Shadow(plan, learnt, exits, Optional.of(seen.moment().now()));
  }

  private Shadow closing(Basis learnt, Decision.Exit exit, Observation seen) {
    Quantity quantity = exit.part().orElse(learnt.held());
    List<Exit> longer = new ArrayList<>(exits);
    longer.add(
        new Exit(
            seen.moment().now(),
            exit.reason(),
            exit.rule().rule(),
            quantity,
            seen.quote().map(quote -> nearSide(quote, learnt.direction()))));
    return new Shadow(
        plan,
        learnt.closing(learnt.closed().plus(quantity)),
        longer,
        Optional.of(seen.moment().now()));
  }

  private static Price nearSide(Quote quote, Direction direction) {
    return switch (direction) {
      case LONG -> quote.bid();
      case SHORT -> quote.ask();
    };
  }
}
