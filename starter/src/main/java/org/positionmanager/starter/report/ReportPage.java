package org.positionmanager.starter.report;

import static j2html.TagCreator.body;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.img;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.positionmanager.starter.text.NewYork;
import org.positionmanager.starter.text.Tone;

/** The report as one page that needs nothing else: style and pictures are in it. */
final class ReportPage {
  private static final String STYLE = "report.css";

  private ReportPage() {}

  static String of(DayReport report) {
    String name = "Report of " + report.period();
    return document(
        html(
                head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    title(name),
                    style(rawHtml(css()))),
                body(
                    main(
                        h1(name),
                        p("made at %s New York; amounts in US dollars"
                                .formatted(NewYork.moment(report.now())))
                            .withClass("faint"),
                        each(report.accounts(), ReportPage::account))))
            .withLang("en"));
  }

  private static DomContent account(AccountReport account) {
    if (account.isEmpty()) {
      return section(
          h2("account " + account.account()), p("nothing happened, no snapshot was taken"));
    }
    return section(
        h2("account " + account.account()),
        table(
                tbody(
                    each(
                        ReportSections.facts(account),
                        fact ->
                            tr(th(fact.name()), td(fact.value()).withClass(name(fact.tone()))))))
            .withClass("facts"),
        each(ReportCharts.of(account), ReportPage::picture),
        each(ReportSections.of(account), ReportPage::listed));
  }

  private static DomContent picture(ReportCharts.Picture picture) {
    return img()
        .withSrc("data:image/png;base64," + Base64.getEncoder().encodeToString(picture.png()))
        .withAlt(picture.text());
  }

  private static DomContent listed(Section shown) {
    if (shown.rows().isEmpty()) {
      return p(h3(shown.title()), span(shown.none()).withClass("faint")).withClass("none");
    }
    return section(
        h3(shown.title()),
        table(
            thead(
                tr(
                    each(
                        shown.heads(),
                        head -> th(head.text()).withClass(head.isNumber() ? "number" : "words")))),
            tbody(each(shown.rows(), row -> tr(each(cells(shown, row)))))));
  }

  private static DomContent[] cells(Section shown, List<Section.Cell> row) {
    return IntStream.range(0, row.size())
        .mapToObj(
            i ->
                td(row.get(i).text())
                    .withClasses(
                        shown.heads().get(i).isNumber() ? "number" : "words",
                        name(row.get(i).tone())))
        .toArray(DomContent[]::new);
  }

  private static String name(Tone tone) {
    return tone.name().toLowerCase(Locale.ROOT);
  }

  private static String css() {
    try (InputStream file = ReportPage.class.getResourceAsStream(STYLE)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
