package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;

/**
 * What nobody watched is found in bars: a contract bought at 4.80 at 10:00:20 in New York, last
 * judged at 10:05:30 with a peak of 5.00 and a trough of 4.70, and watched again at 10:20:10.
 */
class PeakGapTest {
  private static final Instant STORED = GapDesk.at("10:05:30");
  private static final Instant LOADED = GapDesk.at("10:20:10");

  private final GapDesk desk = new GapDesk();

  @BeforeEach
  void takeOver() {
    desk.nowIs(LOADED);
    desk.quoted("4.91", "5.01");
    desk.loads(Direction.LONG, "5", "4.7", STORED);
  }

  @Test
  @DisplayName("incident 11: a peak that nobody watched counts, less the spread of now")
  void aPeakThatNobodyWatchedCounts() {
    desk.bar("10:11:00", "5.60", "5.20", 2);
    desk.gap.turn();
    desk.assertPeakAndTrough("5.5", "4.7");
    assertThat(desk.judgedAgain)
        .as("by the quote that stands")
        .extracting(PositionId::instrument)
        .containsExactly(GapDesk.PUT);
  }

  @Test
  void aTroughThatNobodyWatchedCountsWithTheSpreadOfNow() {
    desk.bar("10:11:00", "4.55", "4.50", 7);
    desk.gap.turn();
    desk.assertPeakAndTrough("5", "4.6");
  }

  @Test
  void tradesWithinASpreadOfWhatIsKnownMoveNothing() {
    desk.bar("10:11:00", "5.10", "4.60", 50);
    desk.gap.turn();
    desk.assertPeakAndTrough("5", "4.7");
    assertThat(desk.judgedAgain).isEmpty();
  }

  @Test
  void aShortsPeakIsTheLowestPlusASpread() {
    desk.loads(Direction.SHORT, "4.7", "5", STORED);
    desk.bar("10:11:00", "5.60", "4.20", 2);
    desk.gap.turn();
    desk.assertPeakAndTrough("4.3", "5.5");
  }

  @Test
  void aLonePrintCountsForNothing() {
    desk.bar("10:11:00", "9.00", "1.00", 1);
    desk.gap.turn();
    desk.assertPeakAndTrough("5", "4.7");
  }

  @Test
  @DisplayName("the minute of the last judgement counts; those before it and after now do not")
  void onlyMinutesOfTheGapCount() {
    desk.bar("10:04:00", "9.00", "8.00", 9);
    desk.bar("10:05:00", "5.60", "5.20", 9);
    desk.gap.turn();
    desk.assertPeakAndTrough("5.5", "4.7");
    assertThat(desk.asked).first().asString().startsWith("10:05 to 10:19");
  }

  @Test
  @DisplayName("a minute that began before the entry's fill does not count")
  void theMinuteOfTheEntryDoesNotCount() {
    desk.loads(Direction.LONG, "4.8", "4.8", GapDesk.FILLED.plusSeconds(1));
    desk.bar("10:00:00", "9.00", "1.00", 9);
    desk.bar("10:01:00", "5.30", "5.20", 9);
    desk.gap.turn();
    desk.assertPeakAndTrough("5.2", "4.8");
    assertThat(desk.asked).containsExactly("10:01 to 10:19 [NOW260220P00110000]");
  }

  @Test
  void theLastMinutesAreReadWhenTheirBarsAreSettled() {
    desk.gap.turn();
    desk.gap.turn();
    assertThat(desk.asked).containsExactly("10:05 to 10:19 [NOW260220P00110000]");
    desk.nowIs(GapDesk.at("10:21:35"));
    desk.bar("10:20:00", "5.60", "5.20", 9);
    desk.gap.turn();
    desk.gap.turn();
    assertThat(desk.asked).hasSize(2).last().asString().startsWith("10:19 to 10:21");
    desk.assertPeakAndTrough("5.5", "4.7");
  }

  @Test
  @DisplayName("until all is read the ledger keeps the moment from which something is missing")
  void theLedgerKnowsFromWhenSomethingIsMissing() {
    desk.judges();
    desk.gap.turn();
    assertThat(desk.noted().evaluatedAt()).isEqualTo(STORED);
    desk.nowIs(GapDesk.at("10:21:35"));
    desk.gap.turn();
    assertThat(desk.noted().evaluatedAt()).isEqualTo(LOADED);
  }

  @Test
  void aHandOverIsLetPass() {
    desk.loads(Direction.LONG, "5", "4.7", LOADED.minus(PeakGap.WORTH_FILLING));
    desk.judges();
    desk.gap.turn();
    desk.nowIs(GapDesk.at("10:30:00"));
    desk.gap.turn();
    assertThat(desk.asked).isEmpty();
    assertThat(desk.noted().evaluatedAt()).as("nothing is missing").isEqualTo(LOADED);
  }

  @Test
  void aNightWithoutAWatchIsNoGap() {
    desk.filled = GapDesk.dayBefore("10:00:20");
    desk.nowIs(GapDesk.at("09:30:02"));
    desk.loads(Direction.LONG, "5", "4.7", GapDesk.dayBefore("15:59:58"));
    desk.gap.turn();
    desk.nowIs(GapDesk.at("10:30:00"));
    desk.gap.turn();
    assertThat(desk.asked).isEmpty();
  }

  @Test
  @DisplayName("days are read one session at a time, and nothing outside sessions")
  void daysAreReadSessionBySession() {
    desk.filled = GapDesk.dayBefore("10:00:20");
    desk.loads(Direction.LONG, "5", "4.7", GapDesk.dayBefore("15:30:10"));
    desk.gap.turn();
    desk.gap.turn();
    desk.gap.turn();
    assertThat(desk.asked)
        .containsExactly(
            "15:30 to 16:00 [NOW260220P00110000]", "09:30 to 10:19 [NOW260220P00110000]");
  }

  @Test
  void barsWaitForAQuoteThatThePlanWouldJudgeBy() {
    desk.quoted("1.00", "9.00");
    desk.bar("10:11:00", "5.60", "5.20", 9);
    desk.gap.turn();
    assertThat(desk.asked).isEmpty();
    desk.quoted("4.91", "5.01");
    desk.gap.turn();
    desk.assertPeakAndTrough("5.5", "4.7");
  }

  @Test
  void aReadThatFailsIsTriedAgainAndNothingIsForgotten() {
    desk.judges();
    desk.bar("10:11:00", "5.60", "5.20", 9);
    desk.failing = true;
    assertThatThrownBy(desk.gap::turn).isInstanceOf(BrokerException.class);
    desk.assertPeakAndTrough("5", "4.7");
    assertThat(desk.noted().evaluatedAt()).isEqualTo(STORED);
    desk.failing = false;
    desk.gap.turn();
    desk.assertPeakAndTrough("5.5", "4.7");
  }

  @Test
  void aSymbolThatIsRefusedIsAskedForAgainAfterAMinute() {
    desk.refusing = true;
    desk.bar("10:11:00", "5.60", "5.20", 9);
    desk.gap.turn();
    desk.gap.turn();
    assertThat(desk.asked).hasSize(1);
    desk.refusing = false;
    desk.passes(Duration.ofSeconds(60));
    desk.gap.turn();
    desk.assertPeakAndTrough("5.5", "4.7");
  }

  @Test
  @DisplayName("what happened while this process stood still is found as well")
  void aStandstillIsAGapToo() {
    desk.loads(Direction.LONG, "5", "4.7", LOADED);
    desk.judges();
    desk.gap.turn();
    desk.passes(Duration.ofMinutes(10));
    desk.bar("10:25:00", "5.60", "5.20", 9);
    desk.gap.turn();
    desk.assertPeakAndTrough("5.5", "4.7");
    assertThat(desk.asked).containsExactly("10:20 to 10:29 [NOW260220P00110000]");
  }

  @Test
  void aPositionThatNoWatchHasJudgedHasNoGap() {
    desk.loads(Direction.LONG, "5", "4.7", Optional.empty());
    desk.gap.turn();
    assertThat(desk.asked).isEmpty();
  }

  @Test
  void severalPositionsAreReadTogether() {
    desk.loadsAnother("BMY", STORED.plusSeconds(60));
    desk.gap.turn();
    assertThat(desk.asked).containsExactly("10:05 to 10:19 [BMY, NOW260220P00110000]");
  }

  @Test
  void aPositionThatIsOverIsForgotten() {
    desk.failing = true;
    assertThatThrownBy(desk.gap::turn).isInstanceOf(BrokerException.class);
    desk.list.replaceAll(List.of());
    desk.gap.turn();
    assertThat(desk.asked).hasSize(1);
  }

  @Test
  @DisplayName("a thread of its own reads bars until it is closed")
  void itReadsByItself() {
    desk.bar("10:11:00", "5.60", "5.20", 9);
    try (PeakGap started = desk.gap.start("test")) {
      desk.awaitPeak(Price.parse("5.5"));
    }
  }
}
