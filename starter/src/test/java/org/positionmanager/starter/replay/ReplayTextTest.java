package org.positionmanager.starter.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.replay.SeenQuote;

/** What people see, against texts that were looked at. */
class ReplayTextTest {
  @Test
  @DisplayName("a table row has all exits of a plan and what is left")
  void table() throws IOException {
    Golden.assertIs(
        ReplayTable.of(
            Reports.of(
                Reports.hill(), Reports.tight().and(Reports.scaled()).and(Reports.patient())),
            120),
        "table.txt");
  }

  @Test
  @DisplayName("a table that a terminal would break has excursions in percent")
  void narrowTable() throws IOException {
    String table =
        ReplayTable.of(
            Reports.of(
                Reports.hill(), Reports.tight().and(Reports.scaled()).and(Reports.patient())),
            80);
    Golden.assertIs(table, "table-narrow.txt");
    assertThat(table.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(81));
  }

  @Test
  @DisplayName("the explanation fits into 80 columns")
  void narrowExplanation() {
    ReplayReport report = Reports.of(Reports.hill(), Reports.scaled());
    assertThat(Explanation.of(report, report.outcomes().getFirst(), true, 80).lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThan(81));
  }

  @Test
  @DisplayName("the explanation tells every rule once and then what changed")
  void explanation() throws IOException {
    ReplayReport report = Reports.of(Reports.hill(), Reports.scaled());
    Golden.assertIs(
        Explanation.of(report, report.outcomes().getFirst(), false, 120), "explanation.txt");
  }

  @Test
  @DisplayName("the plot shows path, levels as steps, entry and exits at width 80")
  void plot() throws IOException {
    ReplayReport report = Reports.of(Reports.hill(), Reports.scaled());
    String plot = TerminalPlot.of(report, 80, true);
    Golden.assertIs(plot, "plot-braille.txt");
    assertThat(plot.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  @Test
  @DisplayName("without braille the plot is made of plain characters")
  void plainPlot() throws IOException {
    ReplayReport report = Reports.of(Reports.hill(), Reports.tight().and(Reports.patient()));
    String plot = TerminalPlot.of(report, 60, false);
    Golden.assertIs(plot, "plot-ascii.txt");
    assertThat(plot.chars()).allMatch(it -> it < 128);
  }

  @Test
  @DisplayName("a single quote can be plotted too")
  void plotOfAMoment() {
    List<SeenQuote> one = Reports.hill().subList(0, 1);
    assertThat(TerminalPlot.of(Reports.of(one, Reports.patient()), 40, true))
        .contains("entry 5", "09:30");
  }
}
