package org.positionmanager.benchmarks.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;

/** Rows as they come, for programs; all of them in a table at the end, for people. */
final class Report {
  private static final ObjectMapper JSON = JsonMapper.builder().addModule(new Jdk8Module()).build();

  private final boolean asJson;
  private final PrintStream out;
  private final List<Row> rows = new ArrayList<>();

  Report(boolean asJson, PrintStream out) {
    this.asJson = asJson;
    this.out = out;
  }

  void add(Row row) {
    rows.add(row);
    if (asJson) {
      out.println(json(row));
      out.flush();
    }
  }

  static String json(Row row) {
    try {
      return JSON.writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends it: the table, where people read it; whether no target was missed. */
  boolean end() {
    if (!asJson) {
      out.println();
      out.println(table().of(rows));
      notes().forEach(out::println);
    }
    return rows.stream().noneMatch(Row::isMissed);
  }

  private static Table<Row> table() {
    return new Table<Row>()
        .words("what", Row::name)
        .number("positions", row -> text(row.positions()))
        .number("n", row -> text(row.n()))
        .number("p50 ms", row -> text(row.p50Millis()))
        .number("p99 ms", row -> text(row.p99Millis()))
        .number("max ms", row -> text(row.maxMillis()))
        .number("figure", row -> (row.more("value") + " " + row.more("unit")).strip())
        .words("target", Report::target)
        .words("met", Report::verdict, Report::tone);
  }

  private static String text(Optional<?> value) {
    return value.map(String::valueOf).orElse("");
  }

  private static String target(Row row) {
    return row.targetMillis().map("%.0f ms"::formatted).orElse(row.more("target"));
  }

  private static String verdict(Row row) {
    if (row.more().containsKey("skipped")) {
      return "skipped";
    }
    return row.met().map(met -> met ? "yes" : "NO").orElse("");
  }

  private static Tone tone(Row row) {
    return row.met().map(met -> met ? Tone.GOOD : Tone.BAD).orElse(Tone.FAINT);
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Row row : rows) {
      for (String field : List.of("note", "skipped", "peak_mb")) {
        if (row.more().containsKey(field)) {
          notes.add(
              "%s: %s%s"
                  .formatted(row.name(), field.equals("note") ? "" : field + " ", row.more(field)));
        }
      }
    }
    return notes;
  }
}
