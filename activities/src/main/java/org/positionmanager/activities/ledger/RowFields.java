package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Single fields of a dispatcher's row, and every fault that was found in them. */
final class RowFields {
  private record Fault(String field, String problem, String fix) {}

  private final JsonNode row;
  private final List<Fault> faults = new ArrayList<>();

  RowFields(JsonNode row) {
    this.row = row;
  }

  /** What the parser makes of a text; its refusal becomes the problem. */
  <T> Optional<T> parsed(String field, String fix, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(row.path(field).asText("")));
    } catch (IllegalArgumentException e) {
      fault(field, e.getMessage(), fix);
      return Optional.empty();
    }
  }

  /** A number above zero; empty where there is none or it is a fault. */
  Optional<BigDecimal> positive(String field) {
    JsonNode value = row.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isNumber()) {
      // NaN and infinity are numbers to the database and text in JSON
      fault(field, field + " is '" + value.asText() + "'", "give a number above zero, or none");
      return Optional.empty();
    }
    BigDecimal number = value.decimalValue();
    if (number.signum() <= 0) {
      fault(field, field + " is " + number.toPlainString(), "give a number above zero, or none");
      return Optional.empty();
    }
    return Optional.of(number);
  }

  void fault(String field, String problem, String fix) {
    faults.add(new Fault(field, problem, fix));
  }

  boolean areFaulty() {
    return !faults.isEmpty();
  }

  boolean isFaulty(String field) {
    return faults.stream().anyMatch(fault -> fault.field().equals(field));
  }

  /** Separated by commas. */
  String faultyFields() {
    return joined(Fault::field, ", ");
  }

  String problems() {
    return joined(Fault::problem, "; ");
  }

  String fixes() {
    return joined(Fault::fix, "; ");
  }

  private String joined(Function<Fault, String> part, String separator) {
    return String.join(separator, faults.stream().map(part).distinct().toList());
  }
}
