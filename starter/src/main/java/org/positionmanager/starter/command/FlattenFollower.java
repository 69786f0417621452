package org.positionmanager.starter.command;

import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.positionmanager.starter.CommandException;
import org.positionmanager.worker.process.StopSignal;
import org.positionmanager.workflows.flatten.CloseAcknowledgement;
import org.positionmanager.workflows.flatten.FlattenState;
import org.positionmanager.workflows.flatten.FlattenWorkflow;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.json.Payloads;

/** Tells how an account's flatten goes on, a line for each thing that is new, until it is over. */
final class FlattenFollower {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final AccountName account;
  private final WorkflowStub flatten;
  private final Consumer<String> tell;
  private final Map<PositionId, String> toldOf = new HashMap<>();
  private String toldNote = "";
  private Optional<FlattenState> end = Optional.empty();

  FlattenFollower(WorkflowClient client, AccountName account, Consumer<String> tell) {
    this.account = account;
    this.tell = tell;
    flatten = client.newUntypedWorkflowStub(FlattenWorkflow.id(account));
  }

  /**
   * Follows all until each is over, or somebody stops it.
   *
   * @return the exit code
   */
  static int follow(List<FlattenFollower> followers, StopSignal stop, boolean json)
      throws Exception {
    while (followers.stream().anyMatch(it -> it.end.isEmpty())) {
      for (FlattenFollower follower : followers) {
        follower.look();
      }
      if (followers.stream().anyMatch(it -> it.end.isEmpty()) && stop.await(LOOK_EVERY)) {
        followers.stream()
            .filter(it -> it.end.isEmpty())
            .forEach(
                it ->
                    System.err.println(
                        "the flatten of %s goes on by itself; see workflow %s, or ask again to follow it"
                            .formatted(it.account, FlattenWorkflow.id(it.account))));
        return CommandException.REFUSED;
      }
    }
    if (json) {
      System.out.println(
          Payloads.mapper()
              .writeValueAsString(followers.stream().map(it -> it.end.orElseThrow()).toList()));
    }
    return 0;
  }

  private void look() {
    if (end.isPresent()) {
      return;
    }
    try {
      switch (flatten.describe().getStatus()) {
        case WORKFLOW_EXECUTION_STATUS_RUNNING, WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW ->
            tell(flatten.query("progress", FlattenState.class));
        case WORKFLOW_EXECUTION_STATUS_COMPLETED -> {
          end = Optional.of(flatten.getResult(FlattenState.class));
          end.ifPresent(this::tell);
        }
        default ->
            throw CommandException.refused(
                "the flatten of %s was ended from outside without being flat; see workflow %s"
                    .formatted(account, FlattenWorkflow.id(account)),
                null);
      }
    } catch (WorkflowException | StatusRuntimeException silent) {
      note(
          "engine or worker of account %s does not answer: it goes on once they do; see `pm accounts`"
              .formatted(account));
    }
  }

  private void tell(FlattenState state) {
    for (CloseAcknowledgement reply : state.acknowledged()) {
      String line =
          "%s: %s %s: %s"
              .formatted(
                  account,
                  reply.position().instrument(),
                  reply.reply().status(),
                  reply.reply().message());
      if (!line.equals(toldOf.put(reply.position(), line))) {
        tell.accept(line);
      }
    }
    note(state.trouble().map(it -> "trouble: " + it).orElse(state.note()));
  }

  private void note(String note) {
    if (!note.equals(toldNote)) {
      toldNote = note;
      tell.accept(account + ": " + note);
    }
  }
}
