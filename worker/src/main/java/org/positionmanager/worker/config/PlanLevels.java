package org.positionmanager.worker.config;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.positionmanager.workflows.plan.InstrumentKind;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/**
 * Reads where stops and targets lie: a gain in percent, average true ranges, or a price that is
 * named as one, so that a forgotten percent sign makes no level.
 */
final class PlanLevels {
  private static final Pattern RANGE =
      Pattern.compile("([-+]?\\d{1,4}(?:\\.\\d{1,6})?)\\s*atr(?:\\((\\d{1,3})\\))?");
  private static final int DAYS = 14;
  private static final int MOST_DAYS = 250;
  private static final BigDecimal MOST_RANGES = BigDecimal.valueOf(1000);

  /** Which way from the entry a level lies. */
  enum Way {
    LOSS("a stop", "-60%", -1),
    GAIN("a target", "80%", 1);

    private final String what;
    private final String example;
    private final int sign;

    Way(String what, String example, int sign) {
      this.what = what;
      this.example = example;
      this.sign = sign;
    }

    String example() {
      return example;
    }
  }

  private final Section section;
  private final InstrumentKind kind;
  private final Faults faults;

  PlanLevels(Section section, InstrumentKind kind, Faults faults) {
    this.section = section;
    this.kind = kind;
    this.faults = faults;
  }

  /** The level at a key that has to be there. */
  Optional<Level> level(String key, Way way) {
    Optional<Value> written = section.given(key);
    if (written.isEmpty()) {
      if (section.value(key).isEmpty()) {
        section.fault(key, "is missing", "give one such as " + way.example);
      }
      return Optional.empty();
    }
    int before = faults.count();
    Optional<Level> level =
        switch (written.get()) {
          case Value.Text text -> level(key, text.value().strip());
          case Value.Fields fields ->
              Section.of(section.at(key), withoutUnderlying(key, fields), PlanKeys.LEVEL, faults)
                  .flatMap(at -> level(key, at));
          case Value.Number _, Value.Flag _, Value.Empty _, Value.Reference _, Value.Items _ ->
              Optional.empty();
        };
    if (level.isEmpty() && faults.count() == before) {
      section.fault(key, "is " + written.get().found(), fix(written.get(), way));
    }
    return level.filter(it -> liesRight(key, it, way));
  }

  private static String fix(Value value, Way way) {
    String number =
        value instanceof Value.Number it ? Value.shown(it.written()) : way.example.replace("%", "");
    return "write %s%% for a gain in percent, \"%s atr\" for average true ranges, or {price: 4.50}"
        .formatted(number, way == Way.LOSS ? "-2" : "3");
  }

  private Optional<Level> level(String key, String text) {
    if (text.toLowerCase(Locale.ROOT).startsWith("underlying")) {
      refuseUnderlying(key);
      return Optional.empty();
    }
    if (text.equals("stored")) {
      section.fault(
          key, "is the text stored", "say what counts where the row has none: {stored-else: -2%}");
      return Optional.empty();
    }
    if (PlanValues.isPercent(text)) {
      return Optional.of(new Level.AtGain(Percent.parse(text)));
    }
    Matcher range = RANGE.matcher(text);
    return range.matches()
        ? range(
            key,
            new BigDecimal(range.group(1)),
            range.group(2) == null ? DAYS : Integer.parseInt(range.group(2)))
        : Optional.empty();
  }

  private Optional<Level> range(String key, BigDecimal ranges, int days) {
    if (days < 1 || days > MOST_DAYS) {
      section.fault(key, "is made of " + days + " days", "give 1 to " + MOST_DAYS);
      return Optional.empty();
    }
    if (ranges.signum() == 0) {
      section.fault(key, "is no range at all", "give some, such as -2 atr or 3 atr");
      return Optional.empty();
    }
    return Optional.of(new Level.AtRange(ranges, days, Optional.empty()));
  }

  /** A level of the underlying is refused with its reason, and what else is there is read on. */
  private Value.Fields withoutUnderlying(String key, Value.Fields fields) {
    if (!fields.values().containsKey("underlying")) {
      return fields;
    }
    refuseUnderlying(key + ".underlying");
    SequencedMap<String, Value> rest = new LinkedHashMap<>(fields.values());
    rest.remove("underlying");
    return new Value.Fields(rest);
  }

  private void refuseUnderlying(String key) {
    section.fault(
        key,
        "is a level of the underlying",
        kind == InstrumentKind.OPTION
            ? "an option is judged on its premium alone: use underlying-stop: {at: {price: 395}}"
            : "a stock has none: give a level of the stock itself");
  }

  private Optional<Level> level(String key, Section at) {
    List<String> given =
        Stream.of("price", "gain", "atr").filter(it -> at.value(it).isPresent()).toList();
    if (given.size() != 1) {
      if (!given.isEmpty()) {
        section.fault(key, "names " + Keys.either(given), "keep one of them");
      }
      return Optional.empty();
    }
    PlanValues values = PlanValues.of(at);
    if (at.value("price").isPresent()) {
      return values
          .price("price", "4.50")
          .filter(it -> isAboveZero(at, it))
          .map(Level.AtPrice::new);
    }
    if (at.value("gain").isPresent()) {
      return values.percent("gain", "-60%").map(Level.AtGain::new);
    }
    Optional<BigDecimal> ranges =
        values.decimal("atr", "-2", BigDecimal::new).filter(it -> isRange(at, it));
    int days = at.value("days").isEmpty() ? DAYS : values.whole("days", 1, MOST_DAYS).orElse(DAYS);
    return ranges.map(it -> new Level.AtRange(it, days, Optional.empty()));
  }

  private static boolean isAboveZero(Section at, Price price) {
    if (price.isZero()) {
      at.fault("price", "is 0", "give a price above zero");
    }
    return !price.isZero();
  }

  private static boolean isRange(Section at, BigDecimal ranges) {
    boolean isRange = ranges.signum() != 0 && ranges.abs().compareTo(MOST_RANGES) <= 0;
    if (!isRange) {
      at.fault(
          "atr",
          "is " + Value.shown(ranges.toString()),
          "give some, such as -2 or 3, and at most " + MOST_RANGES);
    }
    return isRange;
  }

  /** A stop above the entry, or a target below it, would close each position at once. */
  private boolean liesRight(String key, Level level, Way way) {
    BigDecimal away =
        switch (level) {
          case Level.AtGain(Percent gain) -> gain.points();
          case Level.AtRange range -> range.ranges();
          case Level.AtPrice _ -> BigDecimal.valueOf(way.sign);
        };
    if (away.signum() == way.sign) {
      return true;
    }
    section.fault(
        key,
        "lies %s the entry"
            .formatted(away.signum() == 0 ? "at" : way == Way.LOSS ? "above" : "below"),
        "%s is %s: write it %s"
            .formatted(
                way.what,
                way == Way.LOSS ? "a loss" : "a gain",
                way == Way.LOSS ? "with a minus, such as -60%" : "without a minus, such as 80%"));
    return false;
  }
}
