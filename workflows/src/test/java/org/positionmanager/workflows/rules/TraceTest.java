package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** Traces, readings and decisions as they are written, also by earlier versions. */
class TraceTest {
  private static final RuleTrace HELD =
      RuleTrace.of(
          RuleKind.STOP,
          Verdict.HELD,
          new Reading.OfPrice(Price.parse("2")),
          new Reading.OfPrice(Price.parse("5")),
          Why.LEVEL_NOT_REACHED);

  @Test
  void readingsAreReadBackAsWhatTheyWere() {
    for (Reading reading :
        List.of(
            Reading.NONE,
            new Reading.OfPrice(Price.parse("12.34")),
            new Reading.OfUnderlying(UnderlyingPrice.parse("402.5")),
            new Reading.OfMoment(Scene.OPEN),
            new Reading.OfGain(Percent.parse("-20.5%")),
            new Reading.Words("STALE"))) {
      assertThat(Reading.parse(reading.text())).isEqualTo(reading);
      assertThat(reading).hasToString(reading.text());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"MISSING", "underlying unknown", "50% of what", "many%", "at the Z", "NaN"})
  void whatReadsAsNothingElseIsWords(String text) {
    assertThat(Reading.parse(text)).isEqualTo(new Reading.Words(text));
  }

  @Test
  void aTraceSaysWhyInOneSentence() {
    assertThat(HELD.because()).isEqualTo("the price has not reached the level");
    assertThat(HELD.suppressed(Why.MINIMUM_HOLD, "").because())
        .isEqualTo("suppressed by the minimum hold");
    assertThat(HELD.suppressed(Why.MINIMUM_HOLD, "so").because())
        .isEqualTo("suppressed by the minimum hold: so");
    assertThat(HELD.suppressed(Why.MINIMUM_HOLD, "so").verdict()).isEqualTo(Verdict.SUPPRESSED);
  }

  @Test
  void everyReasonHasItsOwnSentence() {
    assertThat(Arrays.stream(Why.values()).map(Why::sentence)).doesNotHaveDuplicates();
    assertThat(Why.values()).filteredOn(why -> why.sentence().isEmpty()).containsExactly(Why.TOLD);
  }

  @Test
  void aTraceOfAnEarlierVersionKeepsItsSentence() throws IOException {
    RuleTrace old =
        read(
            """
            {"rule":"stop","verdict":"HELD","level":"2","observed":"5","because":"not reached"}""");
    assertThat(old.because()).isEqualTo("not reached");
    assertThat(old.why()).isEqualTo(Why.TOLD);
    assertThat(old.level()).isEqualTo(HELD.level());
    assertThat(read("{\"rule\":\"stop\",\"verdict\":\"HELD\"}").because()).isEmpty();
    assertThat(read("{\"rule\":\"stop\",\"verdict\":\"HELD\",\"why\":\"MARKET_CLOSED\"}").because())
        .isEqualTo("the market is closed");
  }

  @Test
  void decisionsSurviveJson() throws IOException {
    RuleTrace fired =
        new RuleTrace("stop", Verdict.FIRED, HELD.level(), HELD.level(), Why.LEVEL_REACHED, "");
    for (Decision decision :
        List.of(
            new Decision.Hold(List.of(HELD)),
            new Decision.Unknown(
                "no usable price", List.of(HELD.suppressed(Why.MINIMUM_HOLD, "x"))),
            new Decision.Exit(ExitReason.STOP, fired, List.of(fired), Optional.empty()),
            new Decision.Exit(
                ExitReason.STOP, fired, List.of(fired), Optional.of(Quantity.of(5))))) {
      String written = Payloads.mapper().writeValueAsString(decision);
      assertThat(Payloads.mapper().readValue(written, Decision.class)).isEqualTo(decision);
    }
    Decision.Exit whole = new Decision.Exit(ExitReason.STOP, fired, List.of(fired), null);
    assertThat(whole.part()).isEmpty();
  }

  private static RuleTrace read(String json) throws IOException {
    return Payloads.mapper().readValue(json, RuleTrace.class);
  }
}
