package org.positionmanager.activities.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * Whether one more position may be taken in, by the limits of its account: pure. It keeps rows out,
 * not fills: what a dispatcher has bought is adopted by the next sync all the same.
 *
 * <p>Positions, notional and contracts may be reached and not exceeded; an account that has reached
 * its loss of a day, or its rate of new positions, takes nothing more in.
 */
public final class IntakeGate {
  private final AccountLimits limits;

  public IntakeGate(AccountLimits limits) {
    this.limits = limits;
  }

  /** Which limit keeps a row out. */
  public enum Limit {
    POSITIONS,
    NOTIONAL,
    CONTRACTS,
    DAILY_LOSS,
    RAPID_CREATION
  }

  /**
   * One position, open or about to be.
   *
   * @param quantity held, or announced while nothing is held yet; zero where it is not known
   * @param price of entry, or the expected one; empty where it is not known
   */
  public record Amount(Instrument instrument, Quantity quantity, Optional<Price> price) {
    private Optional<Money> cost() {
      return price.map(it -> it.times(quantity, instrument.multiplier()));
    }
  }

  /**
   * What an account has at one moment.
   *
   * @param open positions that hold something or may come to, those that were only let in included
   * @param created when positions were recorded or let in, in the last day, by the ledger's clock
   * @param realisedToday by fills of the exchange's day; empty where the day cannot be told
   */
  public record Load(
      Instant now, List<Amount> open, List<Instant> created, Optional<Money> realisedToday) {
    public Load {
      open = List.copyOf(open);
      created = List.copyOf(created);
    }
  }

  /** What becomes of a row. */
  public sealed interface Verdict {
    /** It is let in. */
    record LetIn() implements Verdict {}

    /**
     * It waits until there is room.
     *
     * @param reason the numbers, for people
     * @param tooLarge it alone is above the limit: no room will ever do
     */
    record Waits(Limit limit, String reason, boolean tooLarge) implements Verdict {}

    /**
     * Whether there is room is not known, which is not the same as that there is.
     *
     * @param reason what is not known, and the fix
     */
    record CannotTell(String reason) implements Verdict {}
  }

  /** Judges by each limit; what certainly has no room waits, whatever else is not known. */
  public Verdict judge(Load load, Amount next) {
    if (!limits.gate()) {
      return new Verdict.LetIn();
    }
    List<Verdict> kept =
        Stream.of(
                limits.positions().flatMap(it -> positions(it, load)),
                limits.contracts().flatMap(it -> contracts(it, load, next)),
                limits.notional().flatMap(it -> notional(it, load, next)),
                limits.dailyLoss().flatMap(it -> dailyLoss(it, load)),
                limits.rapidCreation().flatMap(it -> rapidCreation(it, load)))
            .flatMap(Optional::stream)
            .toList();
    return kept.stream()
        .filter(Verdict.Waits.class::isInstance)
        .findFirst()
        .or(() -> kept.stream().findFirst())
        .orElseGet(Verdict.LetIn::new);
  }

  private static Optional<Verdict> positions(int limit, Load load) {
    return load.open().size() < limit
        ? Optional.empty()
        : waits(
            Limit.POSITIONS,
            "%d positions are open, the limit is %d".formatted(load.open().size(), limit));
  }

  private static Optional<Verdict> contracts(Quantity limit, Load load, Amount next) {
    if (!isOption(next)) {
      return Optional.empty();
    }
    Quantity open =
        load.open().stream()
            .filter(IntakeGate::isOption)
            .map(Amount::quantity)
            .reduce(Quantity.ZERO, Quantity::plus);
    return exceeds(open, next.quantity(), limit, Quantity::plus, Quantity.ZERO)
        ? Optional.of(
            new Verdict.Waits(
                Limit.CONTRACTS,
                "%s contracts are held or on their way, the limit is %s%s"
                    .formatted(open, limit, more(next.quantity(), Quantity.ZERO)),
                next.quantity().compareTo(limit) > 0))
        : Optional.empty();
  }

  private static Optional<Verdict> notional(Money limit, Load load, Amount next) {
    Money open =
        load.open().stream().flatMap(it -> it.cost().stream()).reduce(Money.ZERO, Money::plus);
    // of what is opened by hand not even the quantity is known: it needs some room at least
    Optional<Money> cost = next.quantity().isZero() ? Optional.of(Money.ZERO) : next.cost();
    if (exceeds(open, cost.orElse(Money.ZERO), limit, Money::plus, Money.ZERO)) {
      return Optional.of(
          new Verdict.Waits(
              Limit.NOTIONAL,
              "open positions cost %s, the limit is %s%s"
                  .formatted(open, limit, cost.map(it -> more(it, Money.ZERO)).orElse("")),
              cost.filter(it -> it.compareTo(limit) > 0).isPresent()));
    }
    if (cost.isEmpty()) {
      return Optional.of(
          new Verdict.CannotTell(
              "the row says no price, so that what it costs cannot be compared with the limit %s; write its entry_price, or premium_paid of an option"
                  .formatted(limit)));
    }
    return load.open().stream()
        .filter(it -> it.cost().isEmpty())
        .findFirst()
        .map(
            it ->
                new Verdict.CannotTell(
                    "what %s costs is not known before it is filled, the limit is %s"
                        .formatted(it.instrument(), limit)));
  }

  private static Optional<Verdict> dailyLoss(Money limit, Load load) {
    if (load.realisedToday().isEmpty()) {
      return Optional.of(
          new Verdict.CannotTell(
              "what was lost today cannot be told, as no worker of the account has lately said which day it is at the exchange; start `pm worker`"));
    }
    Money lost = load.realisedToday().get().negated();
    return lost.compareTo(limit) < 0
        ? Optional.empty()
        : waits(
            Limit.DAILY_LOSS,
            "%s lost today, the limit is %s; the next exchange day begins anew"
                .formatted(lost, limit));
  }

  private static Optional<Verdict> rapidCreation(AccountLimits.RapidCreation limit, Load load) {
    Instant after = load.now().minus(limit.within());
    long recent = load.created().stream().filter(at -> at.isAfter(after)).count();
    return recent < limit.positions()
        ? Optional.empty()
        : waits(
            Limit.RAPID_CREATION,
            "%d positions were recorded within %s, the limit is %d"
                .formatted(recent, AlertRules.text(limit.within()), limit.positions()));
  }

  private static Optional<Verdict> waits(Limit limit, String reason) {
    return Optional.of(new Verdict.Waits(limit, reason, false));
  }

  /** What is not known to be more needs some room at least. */
  private static <T extends Comparable<T>> boolean exceeds(
      T open, T next, T limit, BinaryOperator<T> plus, T zero) {
    return next.compareTo(zero) == 0
        ? open.compareTo(limit) >= 0
        : plus.apply(open, next).compareTo(limit) > 0;
  }

  private static <T extends Comparable<T>> String more(T next, T zero) {
    return next.compareTo(zero) == 0 ? "" : ", this one would add " + next;
  }

  private static boolean isOption(Amount amount) {
    return amount.instrument() instanceof OptionContract;
  }
}
