package org.positionmanager.worker.engine;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.internal.testservice.TestServicesStarter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.positionmanager.worker.process.FreePort;

/**
 * The SDK's test server behind a port of loopback, so that intake and commands in other processes
 * reach it too; the SDK's own way of binding it would listen on every interface. Its time is real
 * time: nothing is skipped.
 */
final class InMemoryServer implements AutoCloseable {
  private static final int PREFERRED_PORT = 7233;
  private static final Duration UP_WITHIN = Duration.ofSeconds(10);

  private final TestServicesStarter services;
  private final Server server;

  private InMemoryServer(TestServicesStarter services, Server server) {
    this.services = services;
    this.server = server;
  }

  /**
   * Starts it, with the search attributes that positions need.
   *
   * @throws IOException where it cannot listen
   */
  static Engine start() throws IOException {
    TestServicesStarter services = new TestServicesStarter(true, 0);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), FreePort.preferring(PREFERRED_PORT)));
    HealthStatusManager health = new HealthStatusManager();
    for (BindableService service : services.getServices()) {
      builder.addService(service);
      health.setStatus(
          service.bindService().getServiceDescriptor().getName(), ServingStatus.SERVING);
    }
    builder.addService(health.getHealthService());
    InMemoryServer running = new InMemoryServer(services, builder.build().start());
    Engine engine =
        Engine.at(
            "127.0.0.1:" + running.server.getPort(),
            "default",
            "in memory, NOT durable",
            Optional.empty(),
            running);
    register(engine);
    return engine;
  }

  /** The test server takes them one by one, and cannot list them. */
  private static void register(Engine engine) {
    WorkflowServiceStubs stubs = engine.connect(UP_WITHIN);
    try {
      for (String name : DevServer.SEARCH_ATTRIBUTES) {
        OperatorServiceGrpc.newBlockingStub(stubs.getRawChannel())
            .addSearchAttributes(
                AddSearchAttributesRequest.newBuilder()
                    .setNamespace(engine.namespace())
                    .putSearchAttributes(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                    .build());
      }
    } finally {
      stubs.shutdownNow();
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
    services.close();
  }
}
