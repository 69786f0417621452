package org.positionmanager.worker.engine;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.positionmanager.worker.payload.PayloadEncryption;
import org.positionmanager.worker.payload.PayloadKeys;
import org.positionmanager.worker.process.ManagedProcess;
import org.positionmanager.workflows.json.Payloads;

/**
 * A Temporal server to work with.
 *
 * @param description where it came from, for people
 * @param uiUrl the Temporal UI, where we know it
 * @param owned what to stop with us; nothing for a server that others run
 * @param keys by which payloads are encrypted before they reach it
 */
public record Engine(
    WorkflowServiceStubsOptions connection,
    String namespace,
    String description,
    Optional<String> uiUrl,
    AutoCloseable owned,
    PayloadKeys keys)
    implements AutoCloseable {

  /** A server at a plain address. */
  static Engine at(
      String address,
      String namespace,
      String description,
      Optional<String> uiUrl,
      AutoCloseable owned) {
    return new Engine(
        WorkflowServiceStubsOptions.newBuilder().setTarget(address).validateAndBuildWithDefaults(),
        namespace,
        description,
        uiUrl,
        owned,
        PayloadKeys.NONE);
  }

  /** The same server, to which payloads are given encrypted by these keys. */
  public Engine withKeys(PayloadKeys other) {
    return new Engine(connection, namespace, description, uiUrl, owned, other);
  }

  /** host:port. */
  public String address() {
    return connection.getTarget();
  }

  /** Its process now; empty where others run it, or it runs in this one. */
  public Optional<ManagedProcess> process() {
    return switch (owned) {
      case ManagedProcess process -> Optional.of(process);
      case KeptServer kept -> Optional.of(kept.process());
      default -> Optional.empty();
    };
  }

  /** Whether it is the test server, which was made with the search attributes and cannot tell. */
  boolean isInMemory() {
    return owned instanceof InMemoryServer;
  }

  /**
   * Connects.
   *
   * @throws IllegalStateException where the server does not answer within the time
   */
  public WorkflowServiceStubs connect(Duration within) {
    return connect(connection, within);
  }

  /**
   * Connects as a worker does that can end its polls.
   *
   * @throws IllegalStateException where the server does not answer within the time
   */
  public WorkflowServiceStubs connect(Duration within, ActivityPolls polls) {
    return connect(
        WorkflowServiceStubsOptions.newBuilder(connection)
            .addGrpcClientInterceptor(polls)
            .validateAndBuildWithDefaults(),
        within);
  }

  private WorkflowServiceStubs connect(WorkflowServiceStubsOptions options, Duration within) {
    WorkflowServiceStubs stubs = null;
    try {
      stubs = WorkflowServiceStubs.newServiceStubs(options);
      stubs.connect(within);
      return stubs;
    } catch (RuntimeException e) {
      if (stubs != null) {
        stubs.shutdownNow();
      }
      throw new IllegalStateException(
          "Temporal at %s does not answer: %s".formatted(address(), e.getMessage()), e);
    }
  }

  /** A client that writes payloads as the whole system does. */
  public WorkflowClient client(WorkflowServiceStubs stubs, String identity) {
    return WorkflowClient.newInstance(
        stubs,
        WorkflowClientOptions.newBuilder()
            .setNamespace(namespace)
            .setIdentity(identity)
            .setDataConverter(PayloadEncryption.over(Payloads.converter(), keys))
            .build());
  }

  /**
   * Registers the search attributes that positions are found by where the server lacks some. Safe
   * to call by several workers at once, and again.
   *
   * @return those that were missing
   * @throws IllegalStateException in one line, with the missing ones and the command to run, where
   *     the server does not let us
   */
  public List<String> ensureSearchAttributes(Duration within) {
    return SearchAttributes.ensureRegistered(this, within);
  }

  /**
   * Search attributes that positions are found by and that the server lacks.
   *
   * @throws io.grpc.StatusRuntimeException where it does not say
   */
  public List<String> missingSearchAttributes() {
    return SearchAttributes.missing(this);
  }

  @Override
  public void close() throws Exception {
    owned.close();
  }
}
