package org.positionmanager.starter.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.ledger.RealisedPart;
import org.positionmanager.activities.standing.AccountStanding;
import org.positionmanager.starter.text.NewYork;
import org.positionmanager.starter.text.PositionLine;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Percent;

/** An account's report in words and tables, as text and page show it. */
final class ReportSections {
  private static final String NONE_CLOSED = "no position was closed";

  private ReportSections() {}

  /** A figure with its name. */
  record Fact(String name, String value, Tone tone) {
    private static Fact plain(String name, String value) {
      return new Fact(name, value, Tone.PLAIN);
    }
  }

  /** What the account stood at. */
  static List<Fact> facts(AccountReport report) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact("realised", Words.of(report.realised()), Tone.of(report.realised().amount())));
    if (report.last().isEmpty()) {
      facts.add(
          Fact.plain("equity", Words.UNKNOWN + ": no snapshot was taken; does a worker serve it?"));
      return facts;
    }
    AccountStanding last = report.last().get();
    facts.add(
        new Fact(
            "unrealised",
            Words.of(last.unrealised()),
            last.unrealised().map(it -> Tone.of(it.amount())).orElse(Tone.WARNING)));
    facts.add(
        new Fact(
            "equity",
            "%s -> %s (%s)"
                .formatted(
                    Words.of(report.equityAtStart()),
                    Words.of(last.funds().equity()),
                    report.equityChange().map(Words::signed).orElse(Words.UNKNOWN)),
            report.equityChange().map(it -> Tone.of(it.amount())).orElse(Tone.PLAIN)));
    facts.add(
        Fact.plain(
            "cash",
            "%s, buying power %s"
                .formatted(Words.of(last.funds().cash()), Words.of(last.funds().buyingPower()))));
    facts.add(
        Fact.plain(
            "exposure",
            "long %s, short %s"
                .formatted(
                    Words.of(last.funds().longValue()), Words.of(last.funds().shortValue()))));
    facts.add(risk(last));
    facts.add(
        Fact.plain(
            "positions",
            "%d open, %d closing, %d awaiting their entry; open alerts: %d"
                .formatted(
                    last.counts().open(),
                    last.counts().closing(),
                    last.counts().awaiting(),
                    last.counts().alerts())));
    facts.add(Fact.plain("as of", NewYork.moment(last.at()) + " New York"));
    return facts;
  }

  private static Fact risk(AccountStanding last) {
    int unknown = last.risk().unknown();
    return new Fact(
        "risk to stops",
        Words.of(last.risk().amount())
            + (unknown == 0
                ? ""
                : ", without %d position%s of unknown risk"
                    .formatted(unknown, unknown == 1 ? "" : "s")),
        unknown == 0 ? Tone.PLAIN : Tone.WARNING);
  }

  static List<Section> of(AccountReport report) {
    return List.of(
        performance("by strategy", report.byStrategy(), report.total()),
        performance("by exit reason", report.byReason(), report.total()),
        closed(report.closed()),
        parts(report.parts()),
        nights(report.nights()),
        open(report.open()),
        alerts(report.alerts()));
  }

  private static Section performance(String title, List<Performance> parts, Performance total) {
    List<Performance> rows = new ArrayList<>(parts);
    if (parts.size() > 1) {
      rows.add(total);
    }
    return Section.of("Performance " + title, NONE_CLOSED, rows)
        .words(title.substring("by ".length()), it -> Words.of(it.of()))
        .number("closed", it -> "" + it.count())
        .number("wins", it -> "" + it.wins())
        .number("losses", it -> "" + it.losses())
        .number("win rate", it -> it.winRate().map(Percent::rounded).orElse(""))
        .number("P&L USD", it -> Words.of(it.realised()), it -> tone(it.realised()))
        .number("average", it -> it.average().map(Words::of).orElse(""))
        .number("held", it -> it.averageHold().map(NewYork::span).orElse(""))
        .number("factor", it -> it.profitFactor().map(BigDecimal::toPlainString).orElse("-"))
        .build();
  }

  private static Section closed(List<ClosedLine> closed) {
    return Section.of("Closed positions", NONE_CLOSED, closed)
        .words("position", it -> it.position().id().instrument().symbol())
        .pageWords("id", it -> Words.shortId(it.position().id()))
        .pageWords("strategy", it -> Words.of(it.position().strategy()))
        .pageWords("direction", it -> Words.of(it.position().direction()))
        .number("qty", it -> it.position().quantity().toString())
        .number("entry", it -> Words.of(it.position().entry()))
        .number("exit", it -> Words.of(it.position().exit()))
        .number(
            "P&L USD",
            it -> Words.of(it.position().realised()),
            it -> tone(it.position().realised()))
        .pageNumber("gain", it -> it.gain().rounded())
        .words("reason", it -> Words.of(it.position().reason()))
        .pageNumber("held", it -> NewYork.span(it.hold()))
        .pageWords("closed", it -> NewYork.moment(it.position().closedAt()))
        .number("MFE", it -> swing(it.best()))
        .number("MAE", it -> swing(it.worst()))
        .build();
  }

  private static String swing(Optional<ClosedLine.Swing> swing) {
    return swing.map(it -> it.percent().rounded()).orElse(Words.UNKNOWN);
  }

  private static Section parts(List<RealisedPart> parts) {
    return Section.of("Closed in part, not yet over", "none", parts)
        .words("position", it -> it.id().instrument().symbol())
        .words("strategy", it -> Words.of(it.strategy()))
        .number("qty", it -> it.quantity().toString())
        .number("P&L USD", it -> Words.of(it.realised()), it -> tone(it.realised()))
        .words("reason", it -> Words.of(it.reason()))
        .words("at", it -> NewYork.moment(it.at()))
        .build();
  }

  private static Section nights(List<NightLine> nights) {
    return Section.of("Held over night", "none", nights)
        .words("position", it -> it.night().id().instrument().symbol())
        .pageWords("strategy", it -> Words.of(it.night().strategy()))
        .number("qty", it -> it.night().quantity().toString())
        .words("to", it -> NewYork.date(it.night().gap().open()).toString())
        .number("close", it -> Words.price(it.night().before()))
        .number("open", it -> Words.price(it.night().after()))
        .number(
            "gap USD",
            it -> Words.of(it.gap()),
            it -> it.gap().map(ReportSections::tone).orElse(Tone.FAINT))
        .number("gap", it -> it.percent().map(Percent::rounded).orElse(""))
        .words(
            "result USD",
            it -> it.night().realised().map(Words::of).orElse("open still"),
            it -> it.night().realised().map(ReportSections::tone).orElse(Tone.PLAIN))
        .build();
  }

  private static Section open(List<OpenLine> open) {
    return Section.of("Open positions", "none", open)
        .words("position", it -> it.id().instrument().symbol())
        .pageWords("id", it -> Words.shortId(it.id()))
        .pageWords("strategy", it -> Words.of(it.strategy()))
        .words("state", it -> Words.of(it.phase()), it -> PositionLine.tone(it.phase()))
        .number("qty", it -> it.held().map(Object::toString).orElse(""))
        .number("entry", it -> it.entry().map(Words::of).orElse(""))
        .number("price", it -> it.held().isEmpty() ? "" : Words.price(it.price()))
        .words("at", it -> it.pricedAt().map(NewYork::minute).orElse(""))
        .number(
            "unrealised",
            it -> it.held().isEmpty() ? "" : Words.of(it.unrealised()),
            it -> it.unrealised().map(ReportSections::tone).orElse(Tone.FAINT))
        .number("stop", it -> it.stop().map(Words::of).orElse(it.held().isEmpty() ? "" : "none"))
        .number("risk USD", it -> it.held().isEmpty() ? "" : Words.of(it.risk()))
        .build();
  }

  private static Section alerts(List<AlertRecord> alerts) {
    return Section.of("Alerts", "none", alerts)
        .words("severity", it -> it.severity().name(), ReportSections::tone)
        .words("kind", it -> it.kind().prefix())
        .pageWords("first seen", it -> NewYork.moment(it.firstSeen()))
        .words("state", it -> it.isOpen() ? "open" : "ended")
        .pageNumber("count", it -> "" + it.seen())
        .words("message", AlertRecord::message)
        .build();
  }

  private static Tone tone(AlertRecord alert) {
    return switch (alert.severity()) {
      case CRITICAL -> Tone.BAD;
      case WARNING -> Tone.WARNING;
      case INFO -> Tone.PLAIN;
    };
  }

  private static Tone tone(Money money) {
    return Tone.of(money.amount());
  }
}
