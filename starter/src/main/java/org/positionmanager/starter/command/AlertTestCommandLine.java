package org.positionmanager.starter.command;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.positionmanager.activities.alert.delivery.Endpoint;
import org.positionmanager.activities.alert.delivery.EndpointSender;
import org.positionmanager.activities.alert.delivery.Outcome;
import org.positionmanager.starter.CommandException;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.worker.config.ConfigurationFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pm alerts test ENDPOINT}. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = "Sends a test message to an endpoint of the configuration.",
    footer = {
      "",
      "Examples:",
      "  pm alerts test ops",
      "  pm alerts test chat --config /etc/pm/pm.yaml",
      "",
      "Exit codes: 0 accepted; 1 not accepted; 2 bad input."
    })
public final class AlertTestCommandLine implements Callable<Integer> {
  @Parameters(paramLabel = "ENDPOINT", description = "Its name in the configuration.")
  private String name;

  @Option(
      names = "--config",
      defaultValue = "${env:PM_CONFIG:-pm.yaml}",
      description = "The workers' configuration (default: ${DEFAULT-VALUE}).")
  private Path config;

  @Override
  public Integer call() throws Exception {
    Configuration.Alerts alerts = ConfigurationFile.alerts(config, System.getenv());
    try (EndpointSender sender =
        new EndpointSender(EndpointSender.Patience.STANDARD, InstantSource.system())) {
      return switch (sender.test(endpoint(alerts))) {
        case Outcome.Accepted accepted -> {
          System.out.println("endpoint " + name + " accepted a test message");
          yield 0;
        }
        case Outcome.NotAccepted refused ->
            throw CommandException.refused(
                "endpoint %s did not take the test message: %s".formatted(name, refused.why()),
                null);
      };
    }
  }

  private Endpoint endpoint(Configuration.Alerts alerts) {
    return alerts.endpoints().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow(() -> CommandException.badInput(unknown(alerts)));
  }

  private String unknown(Configuration.Alerts alerts) {
    List<String> known = alerts.endpoints().stream().map(Endpoint::name).toList();
    return "'%s' is no endpoint that can be delivered to from here; %s%s"
        .formatted(
            name,
            known.isEmpty() ? "configure it under alerts.endpoints" : "use one of " + known,
            alerts.unusable().stream().map(it -> "; " + it).reduce("", String::concat));
  }
}
