package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.common.converter.RawValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.plan.PlanChange;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What people send, well formed or not: it has its effect or is refused, and breaks nothing. */
@Timeout(60)
class CommandsWorkflowTest extends StagedTest {
  static Stream<Arguments> payloadsThatAskToClose() {
    return Stream.of(
        Arguments.of("no input", new Object[] {}),
        Arguments.of("null", new Object[] {null}),
        Arguments.of("an empty object", new Object[] {Map.of()}),
        Arguments.of("an empty text", new Object[] {""}),
        Arguments.of("a text", new Object[] {"get me out"}),
        Arguments.of("true", new Object[] {true}),
        Arguments.of("who and why", new Object[] {Map.of("by", "ann", "note", "get me out")}),
        Arguments.of("fields of no meaning", new Object[] {Map.of("reason", "crash", "now", true)}),
        Arguments.of("null for a field", new Object[] {Arrays.asList((Object) null).getFirst()}),
        Arguments.of("a text that is no JSON", new Object[] {raw("get me out")}),
        Arguments.of("two values", new Object[] {Map.of("by", "ann"), 17}),
        Arguments.of(
            "our own record",
            new Object[] {
              new CloseRequest(Optional.of("ann"), Optional.empty(), Optional.empty())
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("payloadsThatAskToClose")
  void aSignalThatAsksToCloseClosesAll(String what, Object[] payloads) {
    PositionWorkflow position = stage.start();
    stage.requestClose(payloads);
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.MANUAL);
    assertThat(world.submissions).singleElement().extracting("quantity").isEqualTo(Stage.TEN);
  }

  static Stream<Arguments> payloadsThatAreRefused() {
    return Stream.of(
        Arguments.of("a number", 4, "{\"quantity\": 4}"),
        Arguments.of("false", false, "false"),
        Arguments.of("a list", List.of(4), "[4]"),
        Arguments.of("broken JSON", raw("{\"quantity\": 4"), "not valid JSON"),
        Arguments.of("a number in a field of no meaning", Map.of("percent", 50), "percent"),
        Arguments.of("a number as text in such a field", Map.of("share", "50%"), "share"),
        Arguments.of("more than is held", Map.of("quantity", 11), "at most the 10 held"),
        Arguments.of("nothing", Map.of("quantity", 0), "above zero"),
        Arguments.of("a part of a contract", Map.of("quantity", "0.5"), "multiple of 1"),
        Arguments.of("less than nothing", Map.of("quantity", -4), "negative"),
        Arguments.of("no number", Map.of("quantity", "half"), "half"),
        Arguments.of("a list as quantity", Map.of("quantity", List.of(4)), "quantity"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("payloadsThatAreRefused")
  void aSignalThatMightLimitTheCloseAndIsNotUnderstoodIsRefusedVisibly(
      String what, Object payload, String saying) {
    PositionWorkflow position = stage.start();
    stage.requestClose(payload);

    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(position.story()).contains("close request was refused").contains(saying);
    stage.pass(Duration.ofMinutes(2));
    assertThat(world.submissions).isEmpty();
    assertThat(stage.ledger.events.values())
        .filteredOn(event -> event.type() == PositionEvent.Type.REQUEST_REFUSED)
        .singleElement()
        .satisfies(event -> assertThat(event.text()).contains(saying));
    stage.requestClose();
    assertThat(stage.awaitEnd(position).phase()).isEqualTo(Phase.CLOSED);
  }

  @Test
  void aSignalWithAQuantityClosesThatMuch() {
    PositionWorkflow position = stage.start();
    stage.requestClose(Map.of("quantity", 4, "by", "ann"));
    stage.pass(Duration.ofMinutes(1));
    assertThat(position.state().held()).isEqualTo(Quantity.of(6));
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
  }

  @Test
  void theTextOfASignalIsInTheTimeline() {
    PositionWorkflow position = stage.start();
    stage.requestClose("get me out\n| now |");
    stage.awaitEnd(position);
    assertThat(stage.ledger.events.values())
        .filteredOn(event -> event.type() == PositionEvent.Type.EXIT_DECIDED)
        .singleElement()
        .satisfies(event -> assertThat(event.text()).contains("closed by signal: get me out"));
  }

  @Test
  void aSignalDuringTheEntryClosesOnceTheFillIsSeen() {
    world.entryIs(new EntrySighting.NotFound(stage.open));
    PositionWorkflow position = stage.start();
    stage.requestClose("never mind");
    world.entryIs(new EntrySighting.Filled(Stage.TEN, Stage.ENTRY, stage.open));
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.MANUAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "adjust", "pause", "resume"})
  void anUpdateWithAnOddPayloadIsRefusedAndBreaksNothing(String update) {
    PositionWorkflow position = stage.start();
    WorkflowStub untyped = WorkflowStub.fromTyped(position);
    for (Object payload :
        Arrays.asList(
            null, Map.of(), "text", 4, List.of(), Map.of("commandId", ""), raw("{\"by\": "))) {
      assertThatThrownBy(() -> untyped.update(update, Object.class, payload))
          .as(update + " with " + payload)
          .isInstanceOf(WorkflowUpdateException.class);
    }
    assertThatThrownBy(() -> untyped.update(update, Object.class))
        .isInstanceOf(WorkflowUpdateException.class);
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    stage.requestClose();
    assertThat(stage.awaitEnd(position).phase()).isEqualTo(Phase.CLOSED);
  }

  @Test
  void anAdjustThatWouldCloseThePositionAtOnceIsRefusedAndChangesNothing() {
    PositionWorkflow position = stage.start();
    assertThatThrownBy(() -> position.adjust(stopAt("a-1", "4.90")))
        .hasStackTraceContaining(
            "stop would close the position at once: level 4.9, price 4.8; to close it now, use"
                + " close");
    assertThat(position.state().plan().orElseThrow().version()).isEqualTo(1);
    assertThat(position.adjust(stopAt("a-2", "4.79")).message())
        .startsWith("plan version 2 is in force");
  }

  @Test
  void anAdjustThatCannotBeCheckedForWantOfAFreshPriceIsAcceptedAndSaysSo() {
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofMinutes(31));
    world.quotesUnreadable = true;
    stage.pass(Duration.ofMinutes(7));

    CommandAnswer answer = position.adjust(stopAt("a-1", "4.90"));

    assertThat(answer.planVersion()).isEqualTo(2);
    assertThat(answer.message()).contains("no fresh price is known");
    world.quotesUnreadable = false;
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.STOP);
  }

  private static AdjustCommand stopAt(String id, String price) {
    return new AdjustCommand(
        id,
        new PlanChange(
            Optional.of(Price.parse(price)), Optional.empty(), Optional.empty(), Optional.empty()),
        "ann");
  }

  @Test
  void theSameCloseSentAgainHasNoSecondEffectAndIsAnsweredAtOnce() {
    PositionWorkflow position = stage.start();
    CloseCommand command =
        new CloseCommand("c-1", Optional.of(Quantity.of(4)), "ann", Optional.empty());
    position.close(command);
    long before = stage.environment.currentTimeMillis();
    CloseAnswer again = position.close(command);
    assertThat(again.message()).isEqualTo("closed in part, 6 held");
    assertThat(stage.environment.currentTimeMillis() - before).isLessThan(5_000);
    assertThat(position.state().held()).isEqualTo(Quantity.of(6));
    assertThat(world.submissions).hasSize(1);
  }

  @Test
  void theSameAdjustPauseAndResumeSentAgainHaveNoSecondEffect() {
    PositionWorkflow position = stage.start();
    AdjustCommand adjust = stopAt("a-1", "4.70");
    assertThat(position.adjust(adjust).planVersion()).isEqualTo(2);
    assertThat(position.adjust(adjust).planVersion()).isEqualTo(2);
    PauseCommand pause = new PauseCommand("p-1", "ann", "earnings");
    ResumeCommand resume = new ResumeCommand("r-1", "ann");
    position.pause(pause);
    position.resume(resume);
    assertThat(position.pause(pause).paused()).as("a late repetition").isFalse();
    position.pause(new PauseCommand("p-2", "ann", "again"));
    assertThat(position.resume(resume).paused()).as("a late repetition").isTrue();
    stage.pass(Duration.ofMinutes(1));
    assertThat(stage.ledger.events.values())
        .extracting(PositionEvent::type)
        .filteredOn(type -> type != PositionEvent.Type.STARTED && type != PositionEvent.Type.OPENED)
        .containsExactly(
            PositionEvent.Type.ADJUSTED,
            PositionEvent.Type.PAUSED,
            PositionEvent.Type.RESUMED,
            PositionEvent.Type.PAUSED);
  }

  @Test
  void aNarrowerRequestDoesNotTakeThePlaceOfAWiderOne() {
    world.entryIs(new EntrySighting.NotFound(stage.open));
    PositionWorkflow position = stage.start();
    stage.requestClose(Map.of("quantity", 2));
    stage.requestClose();
    stage.requestClose(Map.of("quantity", 4));
    world.entryIs(new EntrySighting.Filled(Stage.TEN, Stage.ENTRY, stage.open));
    stage.awaitEnd(position);
    assertThat(world.submissions).singleElement().extracting("quantity").isEqualTo(Stage.TEN);
  }

  /** A payload as it is, not written by a converter. */
  private static RawValue raw(String data) {
    return new RawValue(
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8(data))
            .build());
  }
}
