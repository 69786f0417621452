package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.newYork;
import static org.positionmanager.workflows.rules.Words.percent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.workflows.value.Direction;

class RollProposalTest implements RuleContract {
  private static final RollProposal RULE = new RollProposal(21, percent("-10%"), 30);
  private static final Scene BOUGHT = Scene.call().bought("5.00").under(RULE);

  @Override
  public ExitRule rule() {
    return RULE;
  }

  @Test
  void itProposesAndNeverActs() {
    Scene near = BOUGHT.priced("4.80");
    near.holdsOn();
    RuleTrace proposal = near.answer().only(Verdict.PROPOSED, Why.ROLL);
    assertThat(proposal.because())
        .isEqualTo("a person may roll it to a later expiry: same strike, expiry about 2026-03-22");
    assertThat(near.answer().decision().proposals()).containsExactly(proposal);
  }

  @ParameterizedTest
  @CsvSource({"LONG, 4.51, 4.50, 4.49", "SHORT, 5.49, 5.50, 5.51"})
  void theGainHasToBeAboveItsLimit(Direction direction, String above, String limit, String below) {
    Scene held = Scene.call().entered(direction, "5.00").under(RULE);
    held.priced(above).answer().only(Verdict.PROPOSED, Why.ROLL);
    held.priced(limit).holds(Why.LEVEL_NOT_REACHED);
    held.priced(below).holds(Why.LEVEL_NOT_REACHED);
    assertThat(held.priced(limit).answer().decision().proposals()).isEmpty();
  }

  @Test
  void itBeginsWhenExpiryIsNearEnough() {
    Scene far = BOUGHT.during("2026-01-29", "09:30", "16:00").at(newYork("2026-01-29", "10:00"));
    far.isSkipped(Why.EXPIRY_FAR_AWAY);
    Scene near = BOUGHT.during("2026-01-30", "09:30", "16:00").at(newYork("2026-01-30", "10:00"));
    near.answer().only(Verdict.PROPOSED, Why.ROLL);
  }

  @Test
  void withoutAPriceItIsUnknownAndNothingIsProposed() {
    RuleTrace trace = BOUGHT.unpriced().isUnknown(Why.PRICE_UNKNOWN);
    assertThat(trace.because()).isEqualTo("no usable price: the market data has no quote");
    assertThat(trace.level()).hasToString("4.5");
    assertThat(BOUGHT.unpriced().answer().decision().proposals()).isEmpty();
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() {
    assertThatThrownBy(() -> new RollProposal(-1, percent("0%"), 30))
        .hasMessage("dteAtMost must not be negative, got: -1");
    assertThatThrownBy(() -> new RollProposal(0, percent("0%"), 0))
        .hasMessage("laterByDays must be above zero, got: 0");
    assertThat(new RollProposal(0, percent("0%"), 1).laterByDays()).isEqualTo(1);
  }
}
