package org.positionmanager.workflows.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.positionmanager.workflows.replay.Paths.mid;
import static org.positionmanager.workflows.replay.Paths.minute;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.Reading;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.rules.Streak;
import org.positionmanager.workflows.rules.Track;
import org.positionmanager.workflows.rules.Verdict;
import org.positionmanager.workflows.rules.Why;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/** Which quotes are worth recording: entry 5.00, 2% of it are 0.10. */
class QuoteThinningTest {
  private static final Price ENTRY = Price.parse("5");
  private final QuoteThinning thinning =
      new QuoteThinning(Percent.of(2), Duration.ofMinutes(5), 50);
  private final List<KeptQuote> kept = new ArrayList<>();
  private QuoteThinning.Memory memory = QuoteThinning.Memory.NOTHING;

  private Basis basis = Paths.bought(Paths.CALL, 10, "5").basis();

  /** A decision by one rule. */
  static Decision answering(Verdict verdict) {
    return new Decision.Hold(
        List.of(new RuleTrace("stop", verdict, Reading.NONE, Reading.NONE, Why.TOLD, "")));
  }

  private void see(SeenQuote seen, Verdict verdict, boolean usable) {
    QuoteThinning.Thinned thinned =
        thinning.next(memory, basis, seen, usable, answering(verdict), 3);
    kept.addAll(thinned.keep());
    memory = thinned.memory();
  }

  private void see(double minutes, String price) {
    see(mid(minutes, price), Verdict.HELD, true);
  }

  private void end() {
    kept.addAll(thinning.end(memory));
  }

  private void assertKept(Object... minutesAndWhys) {
    assertThat(kept)
        .extracting(it -> Duration.between(minute(0), it.at()).toSeconds(), KeptQuote::why)
        .containsExactly(Arrays.copyOf(minutesAndWhys, minutesAndWhys.length, Tuple[].class));
  }

  @Test
  void theFirstAndTheLastAreKept() {
    see(0, "5");
    see(1, "5.01");
    see(2, "5.00");
    end();
    assertKept(
        tuple(0L, KeptQuote.Why.FIRST),
        tuple(60L, KeptQuote.Why.HIGH),
        tuple(120L, KeptQuote.Why.LAST));
    assertThat(kept).extracting(KeptQuote::planVersion).containsOnly(3);
  }

  @Test
  void aMoveIsKeptFromItsSizeOn() {
    see(0, "5");
    see(1, "5.09");
    see(2, "5.10");
    see(3, "5.01");
    see(4, "5.00");
    assertKept(
        tuple(0L, KeptQuote.Why.FIRST),
        tuple(120L, KeptQuote.Why.MOVED),
        tuple(240L, KeptQuote.Why.MOVED));
  }

  @Test
  void anIntervalIsKeptThoughNothingMoves() {
    see(0, "5");
    see(4.9, "5");
    see(5, "5");
    assertKept(tuple(0L, KeptQuote.Why.FIRST), tuple(300L, KeptQuote.Why.INTERVAL));
  }

  @Test
  void aChangedVerdictIsKept() {
    see(0, "5");
    see(mid(1, "5"), Verdict.FIRED, true);
    see(mid(2, "5"), Verdict.FIRED, true);
    see(mid(3, "5"), Verdict.HELD, true);
    assertKept(
        tuple(0L, KeptQuote.Why.FIRST),
        tuple(60L, KeptQuote.Why.VERDICT),
        tuple(180L, KeptQuote.Why.VERDICT));
  }

  @Test
  void quotesThatConfirmARuleAreKept() {
    see(0, "5");
    basis =
        new Basis(
            basis.instrument(),
            basis.direction(),
            basis.entry(),
            basis.opened(),
            basis.peak(),
            basis.filledAt(),
            basis.closed(),
            new Track(
                Optional.empty(),
                Optional.empty(),
                List.of(new Streak("stop", 1, minute(1), minute(1)))));
    see(1, "5");
    see(2, "5");
    assertKept(
        tuple(0L, KeptQuote.Why.FIRST),
        tuple(60L, KeptQuote.Why.STREAK),
        tuple(120L, KeptQuote.Why.STREAK));
  }

  @Test
  @DisplayName("highs and lows that were passed are kept before what follows them, in order")
  void extremesAreKept() {
    see(0, "5");
    see(1, "5.05");
    see(2, "4.96");
    see(3, "4.97");
    see(mid(4, "4.98"), Verdict.FIRED, true);
    assertKept(
        tuple(0L, KeptQuote.Why.FIRST),
        tuple(60L, KeptQuote.Why.HIGH),
        tuple(120L, KeptQuote.Why.LOW),
        tuple(240L, KeptQuote.Why.VERDICT));
  }

  @Test
  void whatRulesCannotJudgeIsNoExtreme() {
    see(0, "5");
    see(mid(1, "5.09"), Verdict.HELD, false);
    see(2, "5");
    end();
    assertKept(tuple(0L, KeptQuote.Why.FIRST), tuple(120L, KeptQuote.Why.LAST));
  }

  @Test
  void momentsAreThoseThatTheLedgerKeeps() {
    SeenQuote fine = SeenQuote.fresh(new Quote(ENTRY, ENTRY, minute(0).plusNanos(1_234)));
    see(fine, Verdict.HELD, true);
    assertThat(kept.getFirst().at()).isEqualTo(minute(0).plus(1, ChronoUnit.MICROS));
  }

  @Test
  void theMemorySurvivesAsJson() throws Exception {
    see(0, "5");
    see(1, "5.05");
    see(2, "4.96");
    var mapper = Payloads.mapper();
    assertThat(mapper.readValue(mapper.writeValueAsString(memory), QuoteThinning.Memory.class))
        .isEqualTo(memory);
  }

  @Test
  @DisplayName(
      "a quote on which an exit was decided is kept however many a day has, extremes first")
  void aQuoteIsKeptAlways() {
    QuoteThinning few = new QuoteThinning(Percent.of(2), Duration.ofMinutes(5), 10);
    for (int i = 0; i < 40; i++) {
      QuoteThinning.Thinned thinned =
          few.next(memory, basis, mid(i, i % 2 == 0 ? "5" : "6"), true, verdict(i), 3);
      kept.addAll(thinned.keep());
      memory = thinned.memory();
    }
    assertThat(kept).hasSizeBetween(9, 10);
    kept.clear();
    memory = few.next(memory, basis, mid(41, "4.50"), true, verdict(0), 3).memory();
    memory = few.next(memory, basis, mid(42, "4.60"), true, verdict(1), 3).memory();
    kept.addAll(few.always(memory, mid(42, "4.60"), verdict(1), 3).keep());
    assertKept(tuple(2460L, KeptQuote.Why.LOW), tuple(2520L, KeptQuote.Why.VERDICT));
  }

  private static Decision verdict(int i) {
    return answering(i % 2 == 0 ? Verdict.HELD : Verdict.FIRED);
  }

  @Test
  void limitsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new QuoteThinning(Percent.of(0), Duration.ofMinutes(1), 10))
        .hasMessageContaining("move");
    assertThatThrownBy(() -> new QuoteThinning(Percent.of(1), Duration.ZERO, 10))
        .hasMessageContaining("interval");
    assertThatThrownBy(() -> new QuoteThinning(Percent.of(1), Duration.ofMinutes(1), 9))
        .hasMessageContaining("perDay");
  }
}
