package org.positionmanager.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import java.util.function.Supplier;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.workflows.json.Payloads;

/**
 * The worker's pages: {@code /healthz} answers 200 while every account makes progress and 503 with
 * the reason while one does not, {@code /metrics} is for Prometheus.
 */
final class WorkerPages implements AutoCloseable {
  private final ObjectMapper json = Payloads.mapper();
  private final Javalin http;

  private WorkerPages(Supplier<Health.Report> health, Supplier<String> metrics) {
    http =
        Javalin.create(
            server -> {
              server.startup.showJavalinBanner = false;
              server.concurrency.useVirtualThreads = true;
              server.routes.get("/healthz", context -> tell(context, health.get()));
              server.routes.get("/metrics", context -> context.result(metrics.get()));
            });
  }

  /**
   * Listens; before any work is taken, so that a host or port that cannot be had costs nothing.
   *
   * @throws WorkerException naming host and port where that is not possible
   */
  static WorkerPages start(
      Configuration.Http at, Supplier<Health.Report> health, Supplier<String> metrics)
      throws WorkerException {
    WorkerPages pages = new WorkerPages(health, metrics);
    try {
      pages.http.start(at.host(), at.port());
      return pages;
    } catch (JavalinBindException e) {
      pages.http.stop();
      throw new WorkerException(
          "http.host %s, http.port %d cannot be listened on: no address of this machine, or a taken port; configure another"
              .formatted(at.host(), at.port()));
    }
  }

  private void tell(Context context, Health.Report report) throws JsonProcessingException {
    context
        .status(report.healthy() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .contentType("application/json")
        .result(json.writeValueAsString(report));
  }

  int port() {
    return http.port();
  }

  @Override
  public void close() {
    http.stop();
  }
}
