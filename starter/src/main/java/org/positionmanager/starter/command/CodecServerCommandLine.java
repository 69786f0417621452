package org.positionmanager.starter.command;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import org.positionmanager.starter.CommandException;
import org.positionmanager.worker.payload.CodecServer;
import org.positionmanager.worker.payload.PayloadKeys;
import org.positionmanager.worker.process.ParentWatch;
import org.positionmanager.worker.process.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pm codec-server}. */
@Command(
    name = "codec-server",
    mixinStandardHelpOptions = true,
    description =
        "Lets the Temporal UI and CLI on this machine show payloads that are encrypted by the keys in"
            + " PM_PAYLOAD_KEYS_FILE. Listens on loopback.",
    footer = {
      "",
      "Examples:",
      "  PM_PAYLOAD_KEYS_FILE=keys.txt pm codec-server",
      "  temporal workflow show -w ID --codec-endpoint http://127.0.0.1:8234",
      "In the UI: the glasses at the top, 'Use my browser setting', http://127.0.0.1:8234",
      "",
      "Exit codes: 130 or 143 stopped by a signal; 1 cannot start; 2 bad usage."
    })
public final class CodecServerCommandLine implements Callable<Integer> {
  private static final int MOST = 65_535;

  @Option(
      names = "--port",
      defaultValue = "8234",
      description = "Where to listen (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--ui",
      defaultValue = "http://127.0.0.1:8233",
      description = "The Temporal UI whose pages may ask (default: ${DEFAULT-VALUE}).")
  private URI ui;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    ParentWatch.startIfAsked();
    if (port < 0 || port > MOST) {
      throw new ParameterException(
          spec.commandLine(), "--port must be from 0 to 65535, not " + port);
    }
    try (StopSignal stop = StopSignal.install();
        CodecServer server = CodecServer.start(keys(), ui, port)) {
      System.out.println("codec server ready: http://127.0.0.1:" + server.port());
      stop.await();
      return 0;
    } catch (IOException e) {
      throw CommandException.refused(e.getMessage(), e);
    }
  }

  private static PayloadKeys keys() throws IOException {
    PayloadKeys keys = PayloadKeys.of(System.getenv());
    if (!keys.encrypt()) {
      throw new IOException(
          PayloadKeys.FILE + " is not set: name the file with the keys that the workers have");
    }
    return keys;
  }
}
