package org.positionmanager.worker.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.InstrumentKind;
import org.positionmanager.workflows.plan.PlanTemplate;
import org.positionmanager.workflows.plan.RuleTemplate;
import org.positionmanager.workflows.rules.PriceSight;
import org.positionmanager.workflows.rules.PriceSource;
import org.positionmanager.workflows.value.Percent;

/** Reads one plan of the plan file. */
final class PlanReader {
  /** Exchange time between reviews where a plan does not say. */
  private static final Duration REVIEW_EVERY = Duration.ofSeconds(60);

  /** Stocks are quoted all day. */
  private static final Duration STOCK_STALE_AFTER = Duration.ofSeconds(60);

  /** Makers may leave a quiet contract untouched for minutes. */
  private static final Duration OPTION_STALE_AFTER = Duration.ofMinutes(5);

  private static final int MOST_LIMIT_STEPS = 20;
  private static final List<String> KINDS = List.of("option", "stock");
  private static final List<String> SOURCES = List.of("near-side", "last-trade");
  private static final String EXIT_FIX =
      "write market, or {limit-then-market: {concession: 25%, steps: 3, patience: 10s}}";

  private final String name;
  private final Section section;
  private final Faults faults;

  PlanReader(String name, Section section, Faults faults) {
    this.name = name;
    this.section = section;
    this.faults = faults;
  }

  /** The kind of instrument written at a key; empty where none is, or not a known one. */
  static Optional<InstrumentKind> kind(Section section) {
    return section
        .text("instrument")
        .flatMap(
            written -> {
              if (KINDS.contains(written)) {
                return Optional.of(InstrumentKind.valueOf(written.toUpperCase(Locale.ROOT)));
              }
              section.fault(
                  "instrument",
                  "is " + new Value.Text(written).found(),
                  Keys.nearest(written, KINDS)
                      .map(it -> "did you mean " + it + "?")
                      .orElse("use " + Keys.either(KINDS)));
              return Optional.empty();
            });
  }

  /** The plan; empty after a fault. */
  Optional<PlanTemplate> read() {
    int before = faults.count();
    Optional<InstrumentKind> kind = kind(section);
    if (section.value("instrument").isEmpty()) {
      section.fault("instrument", "is missing", "give option or stock: a plan is for one of them");
    }
    // Rules can still be read for what they are: faults of either kind are few.
    InstrumentKind of = kind.orElse(InstrumentKind.OPTION);
    List<RuleTemplate> rules = kind.isEmpty() ? List.of() : new PlanRules(of, faults).read(section);
    PlanValues values = PlanValues.of(section);
    Duration reviewEvery = values.duration("review-every", REVIEW_EVERY);
    requireAboveZero(section, "review-every", reviewEvery);
    Optional<PriceSight> sight = sight(of);
    Optional<ExitStyle> style = style();
    return faults.count() > before
        ? Optional.empty()
        : Optional.of(
            new PlanTemplate(
                name, of, rules, style.orElseThrow(), reviewEvery, sight.orElseThrow()));
  }

  private Optional<PriceSight> sight(InstrumentKind kind) {
    int before = faults.count();
    Section quotes = section.optional("quotes", PlanKeys.QUOTES);
    PlanValues values = PlanValues.of(quotes);
    Duration stale =
        values.duration(
            "stale-after",
            switch (kind) {
              case OPTION -> OPTION_STALE_AFTER;
              case STOCK -> STOCK_STALE_AFTER;
            });
    requireAboveZero(quotes, "stale-after", stale);
    Duration unknown = values.duration("unknown-after", PriceSight.DEFAULT_PATIENCE);
    requireAboveZero(quotes, "unknown-after", unknown);
    List<PriceSource> sources =
        quotes.value("fallbacks").isEmpty() ? List.of(PriceSource.LAST_TRADE) : sources(quotes);
    return faults.count() > before
        ? Optional.empty()
        : Optional.of(new PriceSight(stale, unknown, sources));
  }

  private List<PriceSource> sources(Section quotes) {
    List<PriceSource> sources = new ArrayList<>();
    List<String> written = quotes.texts("fallbacks", "last-trade");
    for (int i = 0; i < written.size(); i++) {
      String word = written.get(i);
      if (SOURCES.contains(word)) {
        sources.add(PriceSource.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')));
      } else {
        quotes.fault(
            "fallbacks[" + i + "]",
            "is " + new Value.Text(word).found(),
            Keys.nearest(word, SOURCES)
                .map(it -> "did you mean " + it + "?")
                .orElse("use " + Keys.either(SOURCES)));
      }
    }
    return sources;
  }

  private static void requireAboveZero(Section section, String key, Duration time) {
    if (!time.isPositive()) {
      section.fault(key, "is no time at all", "give a time above zero, such as 60s");
    }
  }

  private Optional<ExitStyle> style() {
    Optional<Value> written = section.given("exit");
    if (written.isEmpty()) {
      return Optional.of(new ExitStyle.MarketNow());
    }
    return switch (written.get()) {
      case Value.Text text when text.value().strip().equals("market") ->
          Optional.of(new ExitStyle.MarketNow());
      case Value.Fields fields when fields.values().containsKey("limit-then-market") ->
          Section.of(section.at("exit"), fields, () -> List.of("limit-then-market"), faults)
              .flatMap(this::limitThenMarket);
      case Value.Text _,
          Value.Fields _,
          Value.Number _,
          Value.Flag _,
          Value.Empty _,
          Value.Reference _,
          Value.Items _ -> {
        section.fault("exit", "is " + written.get().found(), EXIT_FIX);
        yield Optional.empty();
      }
    };
  }

  private Optional<ExitStyle> limitThenMarket(Section exit) {
    int before = faults.count();
    PlanValues values =
        PlanValues.of(exit.optional("limit-then-market", PlanKeys.LIMIT_THEN_MARKET));
    Optional<Percent> concession = values.percent("concession", "25%");
    Optional<Integer> steps = values.whole("steps", 1, MOST_LIMIT_STEPS);
    Optional<Duration> patience = values.duration("patience", "10s");
    if (faults.count() > before) {
      return Optional.empty();
    }
    if (concession.orElseThrow().points().signum() < 0) {
      exit.fault("limit-then-market.concession", "is negative", "give 0% or more");
      return Optional.empty();
    }
    if (!patience.orElseThrow().isPositive()) {
      exit.fault(
          "limit-then-market.patience", "is no time at all", "give a time above zero, such as 10s");
      return Optional.empty();
    }
    return Optional.of(
        new ExitStyle.LimitThenMarket(
            concession.orElseThrow(), steps.orElseThrow(), patience.orElseThrow()));
  }
}
