package org.positionmanager.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.workflows.identity.AccountName;

/** {@code alerts.open}: how many alerts are open, by account, kind and severity; the whole desk. */
final class OpenAlertMeters {
  private final MultiGauge open;

  OpenAlertMeters(MeterRegistry meters) {
    open =
        MultiGauge.builder("alerts.open")
            .description("Open alerts of the desk, as each process sees them")
            .register(meters);
  }

  void show(List<AlertRecord> alerts) {
    Map<Tags, Long> counts =
        alerts.stream()
            .collect(Collectors.groupingBy(OpenAlertMeters::tags, Collectors.counting()));
    open.register(
        counts.entrySet().stream()
            .map(it -> MultiGauge.Row.of(it.getKey(), it.getValue()))
            .toList(),
        true);
  }

  private static Tags tags(AlertRecord alert) {
    return Tags.of(
        "account", alert.account().map(AccountName::value).orElse("desk"),
        "kind", alert.kind().prefix(),
        "severity", alert.severity().name().toLowerCase(Locale.ROOT));
  }
}
