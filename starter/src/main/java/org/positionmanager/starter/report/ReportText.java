package org.positionmanager.starter.report;

import java.util.List;
import java.util.stream.IntStream;
import org.positionmanager.starter.text.NewYork;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;

/** The report for a terminal of 100 columns. */
final class ReportText {
  private static final String BREAK = System.lineSeparator();

  /** Of a column: with the others, a message of an alert fits a terminal. */
  private static final int WIDEST = 56;

  private ReportText() {}

  static String of(DayReport report) {
    StringBuilder text = new StringBuilder();
    text.append(
        "report of %s, made at %s New York"
            .formatted(report.period(), NewYork.moment(report.now())));
    if (report.accounts().isEmpty()) {
      return text.append(BREAK)
          .append("no accounts; a worker registers those of its configuration")
          .toString();
    }
    report.accounts().forEach(account -> account(text, account));
    return text.toString();
  }

  private static void account(StringBuilder text, AccountReport account) {
    text.append(BREAK).append(BREAK).append("account ").append(account.account());
    if (account.isEmpty()) {
      text.append(": nothing happened, no snapshot was taken");
      return;
    }
    for (ReportSections.Fact fact : ReportSections.facts(account)) {
      text.append(BREAK)
          .append(Tone.FAINT.of("  %-15s".formatted(fact.name())))
          .append(fact.tone().of(fact.value()));
    }
    for (Section section : ReportSections.of(account)) {
      text.append(BREAK).append(BREAK).append(section.title());
      if (section.rows().isEmpty()) {
        text.append(": ").append(section.none());
      } else {
        text.append(BREAK).append(table(section));
      }
    }
  }

  private static String table(Section section) {
    Table<List<Section.Cell>> table = new Table<>(WIDEST);
    IntStream.range(0, section.heads().size())
        .filter(i -> !section.heads().get(i).isOnPageOnly())
        .forEach(i -> column(table, section.heads().get(i), i));
    return table.of(section.rows());
  }

  private static void column(Table<List<Section.Cell>> table, Section.Head head, int i) {
    if (head.isNumber()) {
      table.number(head.text(), row -> row.get(i).text(), row -> row.get(i).tone());
    } else {
      table.words(head.text(), row -> row.get(i).text(), row -> row.get(i).tone());
    }
  }
}
