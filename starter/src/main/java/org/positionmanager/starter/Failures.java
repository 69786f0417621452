package org.positionmanager.starter;

import io.grpc.StatusRuntimeException;
import java.util.Optional;
import org.jdbi.v3.core.ConnectionException;
import org.positionmanager.worker.config.ConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** From whatever went wrong in a command to one line and an exit code. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    CommandException known = known(failure);
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + known.getMessage());
    return known.exitCode();
  }

  static CommandException known(Exception failure) {
    if (failure instanceof CommandException known) {
      return known;
    }
    if (failure instanceof ConfigurationException configuration) {
      return CommandException.badInput(String.join("\n", configuration.faults()));
    }
    if (failure instanceof IllegalArgumentException) {
      return CommandException.badInput(firstLine(failure));
    }
    return cause(failure, ConnectionException.class)
        .map(it -> CommandException.unreachable("the ledger does not answer: " + deepest(it), it))
        .or(
            () ->
                cause(failure, StatusRuntimeException.class)
                    .map(
                        it ->
                            CommandException.unreachable(
                                "Temporal does not answer: " + it.getStatus(), it)))
        .orElseGet(() -> CommandException.refused(firstLine(failure), failure));
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> kind) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (kind.isInstance(at)) {
        return Optional.of(kind.cast(at));
      }
    }
    return Optional.empty();
  }

  private static String deepest(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return firstLine(at);
  }

  private static String firstLine(Throwable failure) {
    return Optional.ofNullable(failure.getMessage())
        .flatMap(message -> message.lines().findFirst())
        .filter(line -> !line.isBlank())
        .orElse(failure.getClass().getSimpleName());
  }
}
