package org.positionmanager.worker.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.positionmanager.workflows.identity.AccountName;

/**
 * How a configuration that was read again differs from what a worker does.
 *
 * @param begun accounts that it does not serve yet
 * @param ended accounts that it serves and that are gone from the file
 * @param changed accounts that it serves by other settings, each as the file has it now
 * @param left accounts that it serves and whose credentials cannot be used any more
 * @param unserved accounts that it neither serves nor can serve
 * @param afterRestart a line for each setting that differs and that only a restart brings in
 */
public record ConfigurationChange(
    List<Configuration.Served> begun,
    List<AccountName> ended,
    List<Configuration.Served> changed,
    List<Configuration.Unserved> left,
    List<Configuration.Unserved> unserved,
    List<String> afterRestart) {
  private static final String OF_AN_ACCOUNT = "accounts.";
  private static final String PLANS = "plans";
  private static final String ENDPOINTS = "alerts.endpoints";

  public ConfigurationChange {
    begun = List.copyOf(begun);
    ended = List.copyOf(ended);
    changed = List.copyOf(changed);
    left = List.copyOf(left);
    unserved = List.copyOf(unserved);
    afterRestart = List.copyOf(afterRestart);
  }

  /**
   * Compares.
   *
   * @param started what the worker was started with
   * @param running the accounts that it has now, by whatever was read since
   */
  public static ConfigurationChange of(
      Configuration started, List<Configuration.Served> running, Configuration read) {
    Map<AccountName, Configuration.Served> known =
        running.stream().collect(Collectors.toMap(Configuration.Served::name, Function.identity()));
    List<AccountName> written = read.accounts().stream().map(Configuration.Account::name).toList();
    return new ConfigurationChange(
        read.served().stream().filter(it -> !known.containsKey(it.name())).toList(),
        running.stream()
            .map(Configuration.Served::name)
            .filter(it -> !written.contains(it))
            .toList(),
        read.served().stream()
            .filter(it -> known.containsKey(it.name()) && !it.equals(known.get(it.name())))
            .toList(),
        read.unserved().stream().filter(it -> known.containsKey(it.name())).toList(),
        read.unserved().stream().filter(it -> !known.containsKey(it.name())).toList(),
        afterRestart(started, read));
  }

  private static List<String> afterRestart(Configuration started, Configuration read) {
    Map<String, String> was = common(started);
    Map<String, String> is = common(read);
    List<String> lines = new ArrayList<>();
    for (String name :
        Stream.concat(was.keySet().stream(), is.keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new))) {
      if (!Optional.ofNullable(was.get(name)).equals(Optional.ofNullable(is.get(name)))) {
        lines.add(
            "%s is %s, but %s in what runs; restart the worker to have it"
                .formatted(name, value(is.get(name)), value(was.get(name))));
      }
    }
    // what settings do not show: what stands in the plan file, and secrets, which they mask
    if (!started.plans().book().equals(read.plans().book())
        && lines.stream().noneMatch(it -> it.startsWith(PLANS + " "))) {
      lines.add(
          "%s: %s has changed; restart the worker to have new positions judged by it"
              .formatted(PLANS, read.plans().file().map(Object::toString).orElse("the plan file")));
    }
    if (!started.alerts().equals(read.alerts())
        && lines.stream().noneMatch(it -> it.startsWith("alerts."))) {
      lines.add(ENDPOINTS + ": an address or a secret has changed; restart the worker to have it");
    }
    return lines;
  }

  /** By their names, those of no account. */
  private static Map<String, String> common(Configuration configuration) {
    Map<String, String> values = new HashMap<>();
    configuration.effective().stream()
        .filter(it -> !it.name().startsWith(OF_AN_ACCOUNT))
        .forEach(it -> values.put(it.name(), it.value()));
    return values;
  }

  private static String value(String written) {
    return Optional.ofNullable(written).orElse("not set");
  }
}
