package org.positionmanager.starter.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.positionmanager.starter.Connections;
import org.positionmanager.starter.text.Table;
import org.positionmanager.worker.config.ConfigurationFile;
import org.positionmanager.worker.config.Setting;
import org.positionmanager.workflows.json.Payloads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pm doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Checks configuration, engine, ledger, workers and records; changes nothing.",
    footer = {
      "",
      "Examples:",
      "  pm doctor",
      "  pm doctor --config pm.yaml --json",
      "  pm doctor --settings     every setting, where it came from, secrets masked",
      "",
      "Exit codes: 0 nothing is broken; 1 something is."
    })
public final class DoctorCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Option(
      names = "--config",
      defaultValue = "${env:PM_CONFIG:-pm.yaml}",
      description =
          "The workers' configuration, checked where it exists (default: ${DEFAULT-VALUE}).")
  private Path config;

  @Option(
      names = "--settings",
      description = "Lists every setting with its value and where it came from instead.")
  private boolean settings;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (settings) {
      List<Setting> effective = ConfigurationFile.read(config, System.getenv()).effective();
      System.out.println(
          json
              ? Payloads.mapper().writeValueAsString(effective)
              : String.join(System.lineSeparator(), Setting.aligned(effective)));
      return 0;
    }
    List<Finding> findings = new Examination(connections, config).findings();
    System.out.println(
        json
            ? Payloads.mapper().writeValueAsString(findings)
            : new Table<Finding>()
                .words("what", Finding::subject)
                .words("", it -> it.level().name(), it -> it.level().tone)
                .words("found", Finding::says)
                .of(findings));
    return findings.stream().anyMatch(it -> it.level() == Finding.Level.BROKEN) ? 1 : 0;
  }
}
