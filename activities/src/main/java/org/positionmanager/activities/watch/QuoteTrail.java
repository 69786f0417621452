package org.positionmanager.activities.watch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.replay.QuietRange;
import org.positionmanager.workflows.replay.QuoteThinning;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.rules.JudgedPrice;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Price;

/**
 * The quotes by which one position is judged, thinned as reviews thin theirs. Nearly all tell
 * nothing new, which a few comparisons find out. One thread at a time.
 */
final class QuoteTrail {
  private static final QuoteThinning THINNING = QuoteThinning.STANDARD;

  private final PositionId position;
  private final UnwrittenQuotes unwritten;
  private QuoteThinning.Memory memory = QuoteThinning.Memory.NOTHING;
  private Optional<QuietRange> quiet = Optional.empty();

  /** The last quote, where the memory does not have it. */
  private Optional<Quote> latest = Optional.empty();

  private Instant latestAt = Instant.MIN;
  private int latestVersion;

  QuoteTrail(PositionId position, UnwrittenQuotes unwritten) {
    this.position = position;
    this.unwritten = unwritten;
  }

  /** A quote was judged; without effect where there was none. */
  void saw(Judge.Look look, Observation seen) {
    if (seen.quote().isEmpty()) {
      return;
    }
    Quote quote = seen.quote().get();
    Instant now = seen.moment().now();
    Judge judge = look.judge();
    boolean usable = look.price() instanceof JudgedPrice.Usable;
    if (quiet.isPresent()
        && quiet.get().holds(now, mid(look, quote), usable, judge.basis(), look.decision())) {
      latest = seen.quote();
      latestAt = now;
      latestVersion = judge.plan().version();
      return;
    }
    take(
        THINNING.next(
            memory,
            judge.basis(),
            new SeenQuote(now, quote),
            usable,
            look.decision(),
            judge.plan().version()),
        judge.basis().entry());
  }

  private static Price mid(Judge.Look look, Quote quote) {
    return look.price() instanceof JudgedPrice.Usable usable ? usable.mid() : quote.mid();
  }

  /**
   * An exit was decided on what was seen last.
   *
   * @return what the ledger may not have of this position yet, its quote included
   */
  List<KeptQuote> breached(Judge.Look look, Observation seen) {
    seen.quote()
        .map(quote -> new SeenQuote(seen.moment().now(), quote))
        .filter(quote -> !isKept(quote, look.judge().plan().version()))
        .ifPresent(
            quote ->
                take(
                    THINNING.always(memory, quote, look.decision(), look.judge().plan().version()),
                    look.judge().basis().entry()));
    return unwritten.newestOf(position);
  }

  private boolean isKept(SeenQuote quote, int version) {
    SeenQuote asKept = new KeptQuote(quote, version, KeptQuote.Why.VERDICT).seen();
    return memory.last().filter(last -> last.seen().equals(asKept)).isPresent();
  }

  private void take(QuoteThinning.Thinned thinned, Price entry) {
    memory = thinned.memory();
    latest = Optional.empty();
    quiet = THINNING.quiet(memory, entry);
    unwritten.add(position, thinned.keep());
  }

  /** Another watches from now on: extremes on the way to the next quote that it keeps. */
  void handOver() {
    unwritten.add(position, THINNING.passed(memory));
    startAnew();
  }

  /** The position is over. */
  void end() {
    unwritten.add(
        position,
        latest
            .map(
                quote ->
                    new KeptQuote(
                        new SeenQuote(latestAt, quote), latestVersion, KeptQuote.Why.LAST))
            .map(last -> THINNING.end(memory, last))
            .orElseGet(() -> THINNING.end(memory)));
    startAnew();
  }

  /** Prices are others from now on, as after a split. */
  void startAnew() {
    memory = QuoteThinning.Memory.NOTHING;
    quiet = Optional.empty();
    latest = Optional.empty();
  }
}
