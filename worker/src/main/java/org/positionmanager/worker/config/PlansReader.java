package org.positionmanager.worker.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.plan.PlanBook;

/** Reads which file of plans the configuration names, and the file. */
final class PlansReader {
  private static final String KEY = "plans";

  private final Section top;
  private final Faults faults;

  PlansReader(Section top, Faults faults) {
    this.top = top;
    this.faults = faults;
  }

  /**
   * The plans in effect: after a fault the shipped ones, and the faults tell.
   *
   * @param accounts those of the configuration, which choices may name
   */
  Configuration.Plans read(List<Configuration.Account> accounts) {
    Optional<String> written = top.text(KEY);
    if (written.isEmpty()) {
      top.noted(KEY, "shipped", Setting.Origin.DEFAULT);
      return new Configuration.Plans(Optional.empty(), PlanFile.shipped());
    }
    try {
      Path file = Path.of(written.get()).toAbsolutePath();
      top.noted(KEY, file.toString(), Setting.Origin.FILE);
      PlanBook book =
          PlanFile.read(
              file, faults.count() > 0 ? Optional.empty() : Optional.of(byName(accounts)));
      return new Configuration.Plans(Optional.of(file), book);
    } catch (InvalidPathException e) {
      top.fault(KEY, "is " + new Value.Text(written.get()).found(), "give the path of a file");
    } catch (ConfigurationException e) {
      faults.addAll(e.all());
    }
    return new Configuration.Plans(Optional.empty(), PlanFile.shipped());
  }

  /** The accounts by their names and aliases. */
  static SequencedMap<String, AccountName> byName(List<Configuration.Account> accounts) {
    SequencedMap<String, AccountName> named = new LinkedHashMap<>();
    for (Configuration.Account account : accounts) {
      named.put(account.name().value(), account.name());
      account.aliases().forEach(alias -> named.putIfAbsent(alias, account.name()));
    }
    return named;
  }

  List<Setting> settings() {
    return top.settings("").stream().filter(it -> it.name().equals(KEY)).toList();
  }
}
