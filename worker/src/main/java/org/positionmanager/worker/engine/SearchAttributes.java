package org.positionmanager.worker.engine;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc.OperatorServiceBlockingStub;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The custom search attributes of a namespace, as positions need them: all keywords. */
final class SearchAttributes {
  private static final IndexedValueType KEYWORD = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
  private static final Duration CALL_WITHIN = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(100);

  private final Engine engine;
  private final OperatorServiceBlockingStub operator;

  private SearchAttributes(Engine engine, OperatorServiceBlockingStub operator) {
    this.engine = engine;
    this.operator = operator;
  }

  /**
   * Registers those that are missing, and returns when the server lists them all.
   *
   * @return those that were missing
   * @throws IllegalStateException naming them and the command that registers them
   */
  static List<String> ensureRegistered(Engine engine, Duration within) {
    if (engine.isInMemory()) {
      // It was made with them, and does not have the service that lists them.
      return List.of();
    }
    OperatorServiceStubs stubs = stubs(engine);
    try {
      return new SearchAttributes(engine, stubs.blockingStub()).ensure(within);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while registering search attributes", e);
    } finally {
      stubs.shutdownNow();
    }
  }

  /**
   * Those that the server lacks.
   *
   * @throws StatusRuntimeException where it does not say
   */
  static List<String> missing(Engine engine) {
    if (engine.isInMemory()) {
      return List.of();
    }
    OperatorServiceStubs stubs = stubs(engine);
    try {
      return List.copyOf(new SearchAttributes(engine, stubs.blockingStub()).missing());
    } finally {
      stubs.shutdownNow();
    }
  }

  private static OperatorServiceStubs stubs(Engine engine) {
    return OperatorServiceStubs.newServiceStubs(
        OperatorServiceStubsOptions.newBuilder(engine.connection()).validateAndBuildWithDefaults());
  }

  private List<String> ensure(Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    List<String> missingAtFirst = null;
    List<String> left = List.of();
    StatusRuntimeException refusal = null;
    do {
      try {
        left = missing();
        missingAtFirst = missingAtFirst == null ? List.copyOf(left) : missingAtFirst;
        if (left.isEmpty()) {
          return missingAtFirst;
        }
        // One a call: of several in one call the server may register the first and drop the rest.
        while (!left.isEmpty()) {
          add(left.getFirst());
          left.removeFirst();
        }
        refusal = null;
      } catch (StatusRuntimeException e) {
        // Another worker may be registering the same: only what is still missing afterwards counts.
        refusal = e;
        if (isFinal(e.getStatus().getCode())) {
          break;
        }
      }
      Thread.sleep(LOOK_AGAIN_AFTER);
    } while (System.nanoTime() < deadline);
    if (missingAtFirst == null) {
      throw unknown(refusal);
    }
    throw refused(left.isEmpty() ? missingAtFirst : left, refusal);
  }

  private static boolean isFinal(Status.Code code) {
    return code == Status.Code.PERMISSION_DENIED
        || code == Status.Code.UNAUTHENTICATED
        || code == Status.Code.UNIMPLEMENTED;
  }

  private List<String> missing() {
    Map<String, IndexedValueType> known =
        operator
            .withDeadlineAfter(CALL_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
            .listSearchAttributes(
                ListSearchAttributesRequest.newBuilder().setNamespace(engine.namespace()).build())
            .getCustomAttributesMap();
    List<String> missing = new ArrayList<>();
    for (String name : DevServer.SEARCH_ATTRIBUTES) {
      IndexedValueType type = known.get(name);
      if (type == null) {
        missing.add(name);
      } else if (type != KEYWORD) {
        throw new IllegalStateException(
            "search attribute %s in namespace %s is of type %s and has to be Keyword: use another namespace, or `temporal operator search-attribute remove %s --name %s` and register it again"
                .formatted(name, engine.namespace(), plain(type), where(), name));
      }
    }
    return missing;
  }

  private void add(String name) {
    operator
        .withDeadlineAfter(CALL_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .addSearchAttributes(
            AddSearchAttributesRequest.newBuilder()
                .setNamespace(engine.namespace())
                .putSearchAttributes(name, KEYWORD)
                .build());
  }

  private IllegalStateException refused(List<String> missing, StatusRuntimeException refusal) {
    String command =
        "for name in %s; do temporal operator search-attribute create %s --type Keyword --name $name; done"
            .formatted(String.join(" ", missing), where());
    return new IllegalStateException(
        "search attributes %s are missing and cannot be registered from here (%s): run `%s`"
            .formatted(String.join(", ", missing), reason(refusal), command),
        refusal);
  }

  private IllegalStateException unknown(StatusRuntimeException refusal) {
    return new IllegalStateException(
        "the search attributes of namespace %s cannot be read (%s): look by `temporal operator search-attribute list %s` for the keywords %s"
            .formatted(
                engine.namespace(),
                reason(refusal),
                where(),
                String.join(", ", DevServer.SEARCH_ATTRIBUTES)),
        refusal);
  }

  private static String reason(StatusRuntimeException refusal) {
    return refusal == null
        ? "the server does not list them"
        : String.valueOf(refusal.getMessage()).lines().findFirst().orElse("");
  }

  private String where() {
    return "--address " + engine.address() + " --namespace " + engine.namespace();
  }

  private static String plain(IndexedValueType type) {
    return type.name().replace("INDEXED_VALUE_TYPE_", "");
  }
}
