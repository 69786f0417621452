package org.positionmanager.worker.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.positionmanager.activities.alert.AlertBounds;
import org.positionmanager.activities.alert.delivery.Endpoint;

/** Reads from when on people are told of something, and where. */
final class AlertsReader {
  private static final int MOST = 1000;
  private static final Duration LONGEST = Duration.ofDays(1);

  /** An alert that is found by the next sweep is found within a minute. */
  private static final Duration LONGEST_WITHOUT_WORKER = Duration.ofSeconds(40);

  private final Section section;
  private final Map<String, String> environment;
  private final Faults faults;
  private final List<Setting> settings = new ArrayList<>();

  AlertsReader(Section section, Map<String, String> environment, Faults faults) {
    this.section = section;
    this.environment = environment;
    this.faults = faults;
  }

  Configuration.Alerts read(List<Configuration.Account> accounts) {
    AlertBounds usual = AlertBounds.DEFAULT;
    AlertBounds bounds =
        new AlertBounds(
            whole("rapidPositions", usual.rapidPositions(), 2),
            time("rapidWithin", usual.rapidWithin(), LONGEST),
            whole("lossesInARow", usual.lossesInARow(), 2, 20),
            time("stuckExitAfter", usual.stuckExitAfter(), LONGEST),
            time("staleAfter", usual.staleAfter(), LONGEST),
            time("silentWatchAfter", usual.silentWatchAfter(), LONGEST),
            time("noWorkerAfter", usual.noWorkerAfter(), LONGEST_WITHOUT_WORKER),
            whole("lateSyncAfter", usual.lateSyncAfter(), 1));
    Duration repeatEvery =
        time("repeatEvery", Configuration.Alerts.DEFAULT.repeatEvery(), Duration.ofDays(7));
    settings.addAll(section.settings("alerts"));
    List<Endpoint> endpoints = new ArrayList<>();
    List<String> unusable = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section written : endpoints()) {
      EndpointReader reader = new EndpointReader(written, environment, faults);
      reader.read(accounts, names).ifPresent(endpoints::add);
      unusable.addAll(reader.unusable());
      settings.addAll(reader.settings());
    }
    return new Configuration.Alerts(bounds, repeatEvery, endpoints, unusable);
  }

  private List<Section> endpoints() {
    Value value = section.given("endpoints").orElse(new Value.Items(List.of()));
    if (!(value instanceof Value.Items items)) {
      section.fault(
          "endpoints", "is " + value.kind(), "write a list, each beginning with \"- name:\"");
      return List.of();
    }
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < items.values().size(); i++) {
      Section.of("alerts.endpoints[" + i + "]", items.values().get(i), Keys.ENDPOINT, faults)
          .ifPresent(sections::add);
    }
    return sections;
  }

  private int whole(String key, int usual, int least) {
    return whole(key, usual, least, MOST);
  }

  private int whole(String key, int usual, int least, int most) {
    return section.whole(
        key,
        usual,
        least,
        most,
        "give a whole number from %d to %d, without quotes".formatted(least, most));
  }

  private Duration time(String key, Duration usual, Duration longest) {
    Duration time = PlanValues.of(section).duration(key, usual);
    section.noted(key, text(time), origin(key));
    if (time.isPositive() && time.compareTo(longest) <= 0) {
      return time;
    }
    section.fault(
        key, "is " + text(time), "write a time above zero, %s at most".formatted(text(longest)));
    return usual;
  }

  private Setting.Origin origin(String key) {
    return section.value(key).isPresent() ? Setting.Origin.FILE : Setting.Origin.DEFAULT;
  }

  /** As it is written in the file, such as {@code 1h30m}. */
  static String text(Duration time) {
    return time.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  List<Setting> settings() {
    return List.copyOf(settings);
  }
}
