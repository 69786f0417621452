package org.positionmanager.workflows.position;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.positionmanager.workflows.activity.LedgerActivities.RecordedQuotes;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.replay.QuoteThinning;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.WatchSight;

/**
 * What a shadow plan is to see next: recorded quotes and whole observations, in one order: pure.
 */
record ShadowPath(List<TradingSession> sessions, List<Observation> seen) {
  /** Real time in which a watch that vouches for a position has written what it saw of it. */
  private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(5);

  /**
   * Recorded quotes, as they were seen within sessions.
   *
   * @param last for what quotes do not tell: the clock, the holding and the expiry
   */
  static ShadowPath of(RecordedQuotes recorded, Observation last) {
    List<TradingSession> sessions =
        Stream.of(
                recorded.sessions().stream(),
                last.moment().current().stream(),
                Stream.of(last.moment().next()))
            .flatMap(it -> it)
            .toList();
    return new ShadowPath(sessions, List.of()).and(recorded.quotes().stream(), last);
  }

  /** With these quotes too. */
  ShadowPath and(List<KeptQuote> kept, Observation last) {
    return and(kept.stream().map(KeptQuote::seen), last);
  }

  private ShadowPath and(Stream<SeenQuote> quotes, Observation last) {
    List<Observation> all = new ArrayList<>(seen);
    quotes.flatMap(quote -> observed(quote, last).stream()).forEach(all::add);
    return new ShadowPath(sessions, all);
  }

  /** With what a review saw. */
  ShadowPath and(Optional<Observation> whole) {
    List<Observation> all = new ArrayList<>(seen);
    whole.ifPresent(all::add);
    return new ShadowPath(sessions, all);
  }

  private Optional<Observation> observed(SeenQuote quote, Observation last) {
    Instant at = quote.seenAt();
    Optional<TradingSession> session = sessions.stream().filter(it -> it.contains(at)).findFirst();
    TradingSession next =
        sessions.stream()
            .filter(it -> it.openInclusive().isAfter(at))
            .min(Comparator.comparing(TradingSession::openInclusive))
            .orElse(last.moment().next());
    return session.map(
        within ->
            new Observation(
                new MarketMoment(at, Optional.of(within), next, last.moment().speed()),
                Optional.of(quote.quote()),
                last.holding(),
                last.expiresAt()));
  }

  /**
   * In the order in which it was seen.
   *
   * @param last inclusive
   * @param since exclusive
   */
  List<Observation> upTo(Instant last, Instant since) {
    return seen.stream()
        .filter(it -> it.moment().now().isAfter(since) && !it.moment().now().isAfter(last))
        .sorted(Comparator.comparing(it -> it.moment().now()))
        .toList();
  }

  /**
   * Up to when all is recorded that was seen: a watch hands out extremes with the next quote that
   * it keeps, and notes how far it has judged after it wrote its quotes. Without one, what the
   * review saw is all.
   */
  static Instant settled(Observation review) {
    Instant now = review.moment().now();
    return review
        .watch()
        .filter(WatchSight::fresh)
        .map(watch -> watch.evaluatedAt().minus(unsettled(review.moment())))
        .filter(until -> until.isBefore(now))
        .orElse(now);
  }

  private static Duration unsettled(MarketMoment moment) {
    return QuoteThinning.STANDARD
        .interval()
        .plusMillis((long) (WRITTEN_WITHIN.toMillis() * moment.speed()));
  }
}
