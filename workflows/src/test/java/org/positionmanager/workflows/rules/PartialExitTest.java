package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.gain;
import static org.positionmanager.workflows.rules.Words.percent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartialExitTest implements RuleContract {
  private static final PartialExit RULE =
      new PartialExit(List.of(stage("50%", "50%"), stage("75%", "25%")));
  private static final Scene BOUGHT = Scene.call().bought("5.00").quantity("10").under(RULE);

  @Override
  public ExitRule rule() {
    return RULE;
  }

  @Test
  void aPathSellsFiveThenTwoMoreAndLeavesTheRest() {
    BOUGHT.priced("7.49").holds(Why.LEVEL_NOT_REACHED);
    assertThat(closes(BOUGHT.priced("7.50"))).contains("5");
    Scene half = BOUGHT.closedSoFar("5");
    assertThat(half.priced("7.50").holds(Why.LEVEL_NOT_REACHED).level()).hasToString("8.75");
    half.priced("8.74").holds(Why.LEVEL_NOT_REACHED);
    half.priced("7.49").holds(Why.LEVEL_NOT_REACHED);
    assertThat(closes(half.priced("8.75"))).contains("2");
    Scene rest = half.closedSoFar("7");
    rest.priced("8.75").holds(Why.PART_TAKEN);
    rest.priced("50").holds(Why.PART_TAKEN);
    rest.priced("4.00").holds(Why.PART_TAKEN);
  }

  @Test
  void aShortBuysBackOnTheWayDown() {
    Scene sold = Scene.call().sold("5.00").quantity("10").under(RULE);
    sold.priced("2.51").holds(Why.LEVEL_NOT_REACHED);
    assertThat(closes(sold.priced("2.50"))).contains("5");
    assertThat(closes(sold.closedSoFar("5").priced("1.25"))).contains("2");
    sold.priced("2.50").exits(ExitReason.PARTIAL_TARGET);
  }

  @Test
  void aJumpOverTheFirstStageTakesBothPartsAtOnce() {
    assertThat(closes(BOUGHT.priced("8.75"))).contains("7");
    assertThat(BOUGHT.priced("8.75").fires(Why.LEVEL_REACHED).level())
        .as("the first part's, which is reached too")
        .hasToString("7.5");
  }

  @Test
  void whatAPersonClosedCounts() {
    assertThat(closes(BOUGHT.closedSoFar("3").priced("7.50"))).contains("2");
    BOUGHT.closedSoFar("6").priced("7.50").holds(Why.LEVEL_NOT_REACHED);
    assertThat(closes(BOUGHT.closedSoFar("6").priced("8.75"))).contains("1");
    BOUGHT.closedSoFar("9").priced("8.75").holds(Why.PART_TAKEN);
  }

  @Test
  void oneContractIsNeverSplit() {
    Scene one = BOUGHT.quantity("1");
    one.priced("50").isSkipped(Why.CANNOT_BE_SPLIT);
    one.unpriced().isSkipped(Why.CANNOT_BE_SPLIT);
    assertThat(one.level()).isEmpty();
    Scene two = BOUGHT.quantity("2");
    assertThat(closes(two.priced("7.50"))).contains("1");
    two.closedSoFar("1").priced("8.75").holds(Why.PART_TAKEN);
  }

  @Test
  void aStageThatRoundsToNothingIsLeftToTheNext() {
    Scene three =
        BOUGHT
            .quantity("3")
            .under(new PartialExit(List.of(stage("50%", "25%"), stage("75%", "25%"))));
    three.priced("7.50").holds(Why.LEVEL_NOT_REACHED);
    assertThat(three.priced("7.50").holds(Why.LEVEL_NOT_REACHED).level()).hasToString("8.75");
    assertThat(three.level()).contains("8.75");
    assertThat(closes(three.priced("8.75"))).contains("1");
  }

  @ParameterizedTest
  @CsvSource({
    "10,  5",
    "11,  5",
    "1,   none",
    "2.5, 1.25",
    "0.3, 0.15",
    "0.000000003, 0.000000001"
  })
  void wholeSharesStayWholeAndFractionsAreSplitToTheLastStep(String opened, String part) {
    Scene stock = Scene.stock().bought("100").quantity(opened).under(half()).priced("150");
    if (part.equals("none")) {
      stock.isSkipped(Why.CANNOT_BE_SPLIT);
    } else {
      assertThat(closes(stock)).contains(part);
    }
  }

  @Test
  void thePartThatIsAllThatIsLeftClosesAll() {
    Scene all = BOUGHT.under(new PartialExit(List.of(stage("50%", "50%"), stage("75%", "50%"))));
    assertThat(closes(all.priced("7.50"))).contains("5");
    assertThat(closes(all.closedSoFar("5").priced("8.75"))).as("all of the rest").isEmpty();
    assertThat(closes(all.priced("8.75"))).as("all at once").isEmpty();
  }

  @Test
  void theLevelIsThatOfTheNextPart() {
    assertThat(BOUGHT.level()).contains("7.5");
    assertThat(BOUGHT.closedSoFar("5").level()).contains("8.75");
    assertThat(BOUGHT.closedSoFar("4").level()).contains("7.5");
    assertThat(BOUGHT.closedSoFar("7").level()).isEmpty();
  }

  @Test
  void withoutAPriceItIsUnknownWhileThereIsAPartLeft() {
    assertThat(BOUGHT.unpriced().isUnknown(Why.PRICE_UNKNOWN).level()).hasToString("7.5");
    assertThat(BOUGHT.closedSoFar("5").unpriced().isUnknown(Why.PRICE_UNKNOWN).level())
        .hasToString("8.75");
    BOUGHT.closedSoFar("7").unpriced().holds(Why.PART_TAKEN);
    JudgedPrice none = new JudgedPrice.Unusable(JudgedPrice.Flaw.MISSING, "");
    assertThat(RULE.bind(BOUGHT.basis()).part(Sight.of(BOUGHT.seen(), none, none))).isEmpty();
  }

  @Test
  void aPartNeverHidesAStop() {
    Scene both = BOUGHT.under(RULE, new StopLoss(gain("60%"))).priced("7.50");
    both.exits(ExitReason.STOP);
    assertThat(closes(both)).isEmpty();
    both.answer().says(RuleKind.PARTIAL_EXIT, Verdict.FIRED, Why.LEVEL_REACHED);
  }

  @Test
  void itWaitsForTheMinimumHoldAndForItsConfirmation() {
    CatastrophicStop hold = new CatastrophicStop(gain("-50%"), Duration.ofMinutes(30));
    Scene early = BOUGHT.under(hold, RULE).at(29).priced("7.50");
    early.answer().says(RuleKind.PARTIAL_EXIT, Verdict.SUPPRESSED, Why.MINIMUM_HOLD);
    assertThat(closes(early.at(30))).contains("5");
    Scene once = BOUGHT.under(new Confirmed(RULE, new Confirmation.Quotes(2))).priced("7.50");
    once.isSuppressed(Why.NOT_CONFIRMED);
    assertThat(closes(once.then().at(1).priced("7.60"))).contains("5");
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() {
    assertRefused("stages must not be empty");
    assertRefused("stages: gain must grow from row to row", stage("50%", "1%"), stage("50%", "1%"));
    assertRefused(
        "stages: shares must be at most 100% together, got: 100.5%",
        stage("50%", "50.5%"), stage("75%", "50%"));
    assertThatThrownBy(() -> stage("50%", "0%")).hasMessageContaining("share must be above 0%");
    assertThatThrownBy(() -> stage("50%", "101%")).hasMessageContaining("share must be above 0%");
  }

  private static Optional<String> closes(Scene scene) {
    return scene.answer().part();
  }

  private static PartialExit half() {
    return new PartialExit(List.of(stage("50%", "50%")));
  }

  private static void assertRefused(String message, PartialExit.Stage... stages) {
    assertThatThrownBy(() -> new PartialExit(List.of(stages))).hasMessageContaining(message);
  }

  private static PartialExit.Stage stage(String gain, String share) {
    return new PartialExit.Stage(percent(gain), percent(share));
  }
}
