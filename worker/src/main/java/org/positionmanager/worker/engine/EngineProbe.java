package org.positionmanager.worker.engine;

import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks a server for its namespace, which it reads from where it keeps what it remembers. */
final class EngineProbe implements AutoCloseable {
  private static final Duration WITHIN = Duration.ofSeconds(5);

  private final WorkflowServiceStubs stubs;
  private final DescribeNamespaceRequest request;

  EngineProbe(String address, String namespace) {
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(address)
                .validateAndBuildWithDefaults());
    request = DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build();
  }

  KeptServer.Answer ask() {
    try {
      stubs
          .blockingStub()
          .withDeadlineAfter(WITHIN.toMillis(), TimeUnit.MILLISECONDS)
          .describeNamespace(request);
      return KeptServer.Answer.ANSWERS;
    } catch (StatusRuntimeException e) {
      return switch (e.getStatus().getCode()) {
        // it is there, and has too much to do
        case DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, CANCELLED, ABORTED -> KeptServer.Answer.SILENT;
        default -> KeptServer.Answer.REFUSES;
      };
    }
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
