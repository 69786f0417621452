package org.positionmanager.worker.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One section of the file. Each read checks the type, reports what does not fit and notes what is
 * in effect; after a fault it answers with the default, so that reading can go on and find more.
 */
final class Section {
  private final String path;
  private final SequencedMap<String, Value> fields;
  private final Faults faults;
  private final List<Setting> settings = new ArrayList<>();

  private Section(String path, SequencedMap<String, Value> fields, Faults faults) {
    this.path = path;
    this.fields = fields;
    this.faults = faults;
  }

  /** The section written at a path; empty, and reported, where something else stands there. */
  static Optional<Section> of(String path, Value value, KnownKeys keys, Faults faults) {
    if (!(value instanceof Value.Fields written)) {
      faults.add(
          path, "is " + value.found(), "give settings by name: " + String.join(", ", keys.names()));
      return Optional.empty();
    }
    Section section = new Section(path, written.values(), faults);
    for (String key : written.values().keySet()) {
      if (!keys.names().contains(key)) {
        Optional<String> retired = keys.retired(key);
        faults.add(
            section.at(keys.shown(key)),
            retired.isPresent() ? "is a setting no longer" : "is unknown",
            retired.orElseGet(() -> keys.insteadOf(key, path)));
      }
    }
    return Optional.of(section);
  }

  /** A section that may be left out: then all its settings have their defaults. */
  Section optional(String key, KnownKeys keys) {
    Value value = fields.getOrDefault(key, new Value.Fields(new LinkedHashMap<>()));
    if (value instanceof Value.Empty) {
      fault(key, "is empty", "give settings by name, or remove it");
    } else {
      Optional<Section> section = of(at(key), value, keys, faults);
      if (section.isPresent()) {
        return section.get();
      }
    }
    return new Section(at(key), new LinkedHashMap<>(), faults);
  }

  /** Where the section is; empty for the whole file. */
  String path() {
    return path;
  }

  /** Where a key of this section is. */
  String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  void fault(String key, String found, String fix) {
    faults.add(at(key), found, fix);
  }

  /** What stands at a key, whatever it is. */
  Optional<Value> value(String key) {
    return Optional.ofNullable(fields.get(key));
  }

  /** What stands at a key that may be left out, but not left empty. */
  Optional<Value> given(String key) {
    Optional<Value> value = value(key);
    if (value.isPresent() && value.get() instanceof Value.Empty) {
      fault(key, "is empty", "give a value, or remove it");
      return Optional.empty();
    }
    return value;
  }

  /** Text that has to be there; not noted. */
  Optional<String> required(String key, String example) {
    Value value = value(key).orElse(null);
    if (value == null || value instanceof Value.Empty) {
      fault(key, value == null ? "is missing" : "is empty", "give one such as " + example);
      return Optional.empty();
    }
    return text(at(key), value, faults);
  }

  /** Text that may be left out; not noted. */
  Optional<String> text(String key) {
    return given(key).flatMap(value -> text(at(key), value, faults));
  }

  /** One of some words. */
  String oneOf(String key, String fallback, List<String> words) {
    return noted(key, oneOf(key, words).orElse(fallback));
  }

  /** One of an enumeration's names in lower case. */
  <E extends Enum<E>> E choice(String key, E fallback) {
    List<E> all = List.of(fallback.getDeclaringClass().getEnumConstants());
    String written = oneOf(key, word(fallback), all.stream().map(Section::word).toList());
    return all.stream().filter(it -> word(it).equals(written)).findFirst().orElse(fallback);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** One of some words, which may be left out; not noted. */
  Optional<String> oneOf(String key, List<String> words) {
    Optional<String> written = text(key);
    if (written.isPresent() && !words.contains(written.get())) {
      fault(
          key,
          "is " + new Value.Text(written.get()).found(),
          Keys.nearest(written.get(), words)
              .map(it -> "did you mean " + it + "?")
              .orElseGet(() -> "use " + Keys.either(words)));
    }
    return written;
  }

  /** {@code true} or {@code false}; false where it is left out. */
  boolean flag(String key) {
    return flag(key, false);
  }

  /** {@code true} or {@code false}; the fallback where it is left out. */
  boolean flag(String key, boolean fallback) {
    return noted(key, givenFlag(key).orElse(fallback));
  }

  /** {@code true} or {@code false}, which may be left out; not noted. */
  Optional<Boolean> givenFlag(String key) {
    Optional<Value> value = given(key);
    if (value.isPresent() && !(value.get() instanceof Value.Flag)) {
      fault(key, "is " + value.get().found(), "write true or false");
    }
    return value.filter(Value.Flag.class::isInstance).map(it -> ((Value.Flag) it).value());
  }

  /** A whole number in a range, both ends included; the fix says which. */
  int whole(String key, int fallback, int least, int most, String fix) {
    return noted(key, whole(key, least, most, fix).orElse(fallback));
  }

  /** A whole number in a range, which may be left out; not noted. */
  Optional<Integer> whole(String key, int least, int most, String fix) {
    Optional<Value> value = given(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Value.Number number
        && isIn(number.value(), BigDecimal.valueOf(least), BigDecimal.valueOf(most))
        && number.value().stripTrailingZeros().scale() <= 0) {
      return Optional.of(number.value().intValueExact());
    }
    fault(key, "is " + value.get().found(), fix);
    return Optional.empty();
  }

  /** A time in a range, both ends included. */
  Duration duration(String key, Duration fallback, Duration least, Duration most) {
    Optional<Value> value = given(key);
    Optional<Duration> written =
        value
            .filter(Value.Text.class::isInstance)
            .flatMap(it -> WrittenDuration.parse(((Value.Text) it).value()))
            .filter(it -> it.compareTo(least) >= 0 && it.compareTo(most) <= 0);
    if (value.isPresent() && written.isEmpty()) {
      fault(
          key,
          "is " + value.get().found(),
          "write a time from %s to %s, such as %s"
              .formatted(
                  WrittenDuration.shown(least),
                  WrittenDuration.shown(most),
                  WrittenDuration.shown(fallback)));
    }
    Duration duration = written.orElse(fallback);
    noted(key, WrittenDuration.shown(duration));
    return duration;
  }

  /** A list of texts; empty where it is left out. */
  List<String> texts(String key, String example) {
    Value value = given(key).orElse(new Value.Items(List.of()));
    if (!(value instanceof Value.Items items)) {
      fault(key, "is " + value.found(), "write a list such as [" + example + "]");
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < items.values().size(); i++) {
      String at = at(key) + "[" + i + "]";
      if (items.values().get(i) instanceof Value.Empty) {
        faults.add(at, "is empty", "give a value");
      } else {
        text(at, items.values().get(i), faults).ifPresent(texts::add);
      }
    }
    if (texts.size() < items.values().size()) {
      // The rest would be told by wrong places in the list.
      return List.of();
    }
    return noted(key, List.copyOf(texts));
  }

  /** Notes what is in effect and hands it on; lists without their brackets. */
  <T> T noted(String key, T value) {
    noted(
        key,
        value instanceof List<?> list
            ? String.join(", ", list.stream().map(String::valueOf).toList())
            : String.valueOf(value),
        fields.containsKey(key) ? Setting.Origin.FILE : Setting.Origin.DEFAULT);
    return value;
  }

  void noted(String key, String shown, Setting.Origin origin) {
    settings.add(new Setting(key, shown, origin));
  }

  /** What was noted, named as parts of a prefix. */
  List<Setting> settings(String prefix) {
    return settings.stream()
        .map(
            it ->
                new Setting(
                    prefix.isEmpty() ? it.name() : prefix + "." + it.name(),
                    it.value(),
                    it.origin()))
        .toList();
  }

  private static Optional<String> text(String at, Value value, Faults faults) {
    return switch (value) {
      case Value.Text text -> Optional.of(text.value().strip());
      case Value.Number _, Value.Flag _ -> unfit(at, value, "put it in quotes", faults);
      case Value.Reference _ -> unfit(at, value, "write it out", faults);
      case Value.Items _, Value.Fields _, Value.Empty _ -> unfit(at, value, "give text", faults);
    };
  }

  private static Optional<String> unfit(String at, Value value, String fix, Faults faults) {
    faults.add(at, "is " + value.found(), fix);
    return Optional.empty();
  }

  private static boolean isIn(BigDecimal value, BigDecimal least, BigDecimal most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }
}
