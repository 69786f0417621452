package org.positionmanager.workflows.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.PlanChange;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/**
 * The fields of a record's JSON are exactly its components. What is derived from them is not
 * written: it would be a second truth in histories that outlive the code.
 */
class PayloadFieldsTest {
  private static final ObjectMapper JSON = Payloads.mapper();

  @Test
  void everyRecordIsWrittenByItsComponentsAlone() {
    List<Class<?>> records = recordsWrittenAsObjects();
    assertThat(records).as("records found").hasSizeGreaterThan(30);
    assertThat(records)
        .allSatisfy(
            type ->
                assertThat(fields(type))
                    .as(type.getName())
                    .containsExactlyInAnyOrder(
                        Arrays.stream(type.getRecordComponents())
                            .map(RecordComponent::getName)
                            .toArray(String[]::new)));
  }

  @Test
  void aQuoteIsWrittenWithoutWhatFollowsFromIt() throws Exception {
    Quote crossed =
        new Quote(Price.parse("2"), Price.parse("1"), Instant.parse("2026-02-11T15:00:00Z"));
    assertThat(JSON.writeValueAsString(crossed))
        .isEqualTo(
            """
            {"bid":"2","ask":"1","at":"2026-02-11T15:00:00Z"}""");
  }

  @Test
  void aChangeIsWrittenWithoutWhatFollowsFromIt() throws Exception {
    PlanChange change =
        new PlanChange(
            Optional.empty(), Optional.empty(), Optional.of(Percent.of(90)), Optional.empty());
    assertThat(JSON.writeValueAsString(change))
        .isEqualTo(
            """
            {"trailingKeep":"90%"}""");
  }

  private static List<Class<?>> recordsWrittenAsObjects() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.positionmanager.workflows")
            .stream()
            .filter(JavaClass::isRecord)
            .<Class<?>>map(JavaClass::reflect)
            .filter(type -> describe(type).findJsonValueAccessor() == null)
            .toList();
  }

  private static List<String> fields(Class<?> type) {
    return describe(type).findProperties().stream()
        .filter(BeanPropertyDefinition::couldSerialize)
        .map(BeanPropertyDefinition::getName)
        .toList();
  }

  private static BeanDescription describe(Class<?> type) {
    return JSON.getSerializationConfig().introspect(JSON.constructType(type));
  }
}
