package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.json.Payloads;

/** What holds for every rule; its test says which one. */
interface RuleContract {
  ObjectMapper JSON = Payloads.mapper();

  /** The rule of the example in its Javadoc. */
  ExitRule rule();

  /** Fields that stand for something where they are not said. */
  default Set<String> optional() {
    return Set.of();
  }

  /** What a message calls a field: adjust commands have names of their own for some. */
  default String calledInMessages(String field) {
    return field;
  }

  @Test
  default void itSurvivesJson() throws IOException {
    String written = JSON.writeValueAsString(rule());
    assertThat(JSON.readValue(written, ExitRule.class)).as(written).isEqualTo(rule());
  }

  @Test
  default void itsTraceHasItsName() {
    assertThat(Scene.call().under(rule()).answer().decision().trace())
        .extracting(RuleTrace::rule)
        .containsExactly(rule().kind().label());
  }

  @Test
  default void whatIsAboutContractsIsSkippedForStocks() {
    assertThat(rule().appliesTo(Scene.CALL)).isTrue();
    if (!rule().appliesTo(Scene.STOCK)) {
      Scene stock = Scene.stock().under(rule());
      stock.isSkipped(Why.DOES_NOT_EXPIRE);
      assertThat(stock.nextChange()).isEmpty();
      assertThat(stock.level()).isEmpty();
    }
  }

  @Test
  default void whatIsMissingIsRefusedByItsName() throws IOException {
    JsonNode whole = JSON.readTree(JSON.writeValueAsString(rule()));
    for (ObjectNode part : parts(whole)) {
      for (String field : namesOf(part)) {
        JsonNode value = part.remove(field);
        assertRefused(whole, calledInMessages(field));
        part.set(field, value);
      }
    }
  }

  private static void assertRefused(JsonNode rule, String field) {
    assertThatThrownBy(() -> JSON.treeToValue(rule, ExitRule.class))
        .as("%s without %s", rule, field)
        .isInstanceOf(JsonProcessingException.class)
        .satisfies(refusal -> assertThat(refusal.getMessage()).containsIgnoringCase(field))
        .hasMessageContaining("must be given");
  }

  /** Numbers are left out: where one is not said, JSON has 0 for it. */
  private List<String> namesOf(ObjectNode part) {
    return part.properties().stream()
        .filter(it -> !it.getValue().isIntegralNumber())
        .map(it -> it.getKey())
        .filter(name -> !name.equals("type") && !optional().contains(name))
        .toList();
  }

  private static List<ObjectNode> parts(JsonNode node) {
    List<ObjectNode> found = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      found.add(object);
    }
    node.forEach(child -> found.addAll(parts(child)));
    return found;
  }
}
