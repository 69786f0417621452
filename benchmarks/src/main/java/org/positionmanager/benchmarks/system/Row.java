package org.positionmanager.benchmarks.system;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.positionmanager.benchmarks.Latencies;

/**
 * One row of the benchmark, for people and programs. The first eight fields are in every row of
 * JSON, null where they do not apply.
 *
 * @param name what was measured
 * @param positions how many were open, or concerned
 * @param n how many times it was measured
 * @param latencies how long it took each time
 * @param targetMillis what the percentile or the longest has to reach
 * @param met whether it did; empty for what has no target, and for what was not measured
 * @param more in the order of the table: value, unit, target, note, skipped and the like
 */
@JsonPropertyOrder({"name", "positions", "n", "p50_ms", "p99_ms", "max_ms", "target_ms", "met"})
record Row(
    String name,
    Optional<Integer> positions,
    Optional<Long> n,
    @JsonIgnore Optional<Latencies> latencies,
    @JsonProperty("target_ms") Optional<Double> targetMillis,
    Optional<Boolean> met,
    @JsonAnyGetter SequencedMap<String, Object> more) {
  private static final double NANOS_A_MILLI = 1_000_000;

  /** Which of the figures has to reach the target. */
  enum Judged {
    P99,
    MAX
  }

  /** Durations with a target for one of their figures. */
  static Row durations(
      String name, int positions, Latencies latencies, Duration target, Judged judged) {
    double millis = target.toNanos() / NANOS_A_MILLI;
    double reached =
        switch (judged) {
          case P99 -> latencies.p99Millis();
          case MAX -> latencies.maxMillis();
        };
    return new Row(
        name,
        Optional.of(positions),
        Optional.of((long) latencies.count()),
        Optional.of(latencies),
        Optional.of(millis),
        Optional.of(reached <= millis),
        new LinkedHashMap<>());
  }

  /** Durations without a target, as of a baseline. */
  static Row durations(String name, int positions, Latencies latencies) {
    return new Row(
        name,
        Optional.of(positions),
        Optional.of((long) latencies.count()),
        Optional.of(latencies),
        Optional.empty(),
        Optional.empty(),
        new LinkedHashMap<>());
  }

  /** A figure that is no duration. */
  static Row figure(
      String name,
      Optional<Integer> positions,
      double value,
      String unit,
      Optional<String> target,
      Optional<Boolean> met) {
    Row row =
        new Row(
            name,
            positions,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            met,
            new LinkedHashMap<>());
    return row.with("value", value).with("unit", unit).withTarget(target);
  }

  /** What was not measured, and why: neither met nor missed. */
  static Row skipped(String name, Optional<Integer> positions, String why) {
    return new Row(
            name,
            positions,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new LinkedHashMap<>())
        .with("skipped", why);
  }

  /** What should have been measured and could not be: missed. */
  static Row failed(String name, int positions, String why) {
    return new Row(
            name,
            Optional.of(positions),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(false),
            new LinkedHashMap<>())
        .with("note", why);
  }

  /** The same with one more field. */
  Row with(String field, Object value) {
    SequencedMap<String, Object> fields = new LinkedHashMap<>(more);
    fields.put(field, value);
    return new Row(name, positions, n, latencies, targetMillis, met, fields);
  }

  private Row withTarget(Optional<String> target) {
    return target.map(it -> with("target", it)).orElse(this);
  }

  /** The same, missed where something that must not happen did. */
  Row missedIf(boolean wrong, String why) {
    return wrong
        ? new Row(name, positions, n, latencies, targetMillis, Optional.of(false), more)
            .with("note", why)
        : this;
  }

  /** Whether a target was missed. */
  @JsonIgnore
  boolean isMissed() {
    return met.filter(it -> !it).isPresent();
  }

  @JsonProperty("p50_ms")
  Optional<Double> p50Millis() {
    return latencies.map(Latencies::p50Millis);
  }

  @JsonProperty("p99_ms")
  Optional<Double> p99Millis() {
    return latencies.map(Latencies::p99Millis);
  }

  @JsonProperty("max_ms")
  Optional<Double> maxMillis() {
    return latencies.map(Latencies::maxMillis);
  }

  /** A field beyond the first eight, as text; empty where it is not there. */
  String more(String field) {
    return Optional.ofNullable(more.get(field)).map(String::valueOf).orElse("");
  }
}
