package org.positionmanager.benchmarks.system;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.positionmanager.e2e.Broker;

/** Faults at random, each for some seconds: of requests and of streams, as seeds say. */
final class SoakFaults {
  private static final List<String> OF_REQUESTS =
      List.of(
          "delay",
          "timeout-before",
          "timeout-after",
          "rate-limit",
          "status-before",
          "status-after",
          "cut-after",
          "cut-middle",
          "html-504",
          "html-504-before");
  private static final List<String> OF_STREAMS =
      List.of("lose", "duplicate", "reorder", "delay", "silence");
  private static final List<String> PATHS =
      List.of("/v2/orders.*", "/v2/positions.*", "/v2/stocks.*", ".*");
  private static final List<String> STREAMS = List.of("/stream", "/v2/sip");
  private static final int SHORTEST_SECONDS = 2;
  private static final int LONGEST_SECONDS = 15;
  private static final int LONGEST_DELAY_MILLIS = 3_000;
  private static final double SHARE = 0.3;
  private static final int OFTEN = 1_000_000;

  private final Broker broker;
  private final List<String> accounts;
  private final SplittableRandom random;
  private final Map<String, Integer> set = new TreeMap<>();

  SoakFaults(Broker broker, List<String> accounts, SplittableRandom random) {
    this.broker = broker;
    this.accounts = List.copyOf(accounts);
    this.random = random;
  }

  /** Sets one; it ends by itself. */
  void strike() throws IOException {
    Map<String, Object> fault = new HashMap<>();
    fault.put("account", accounts.get(random.nextInt(accounts.size())));
    fault.put(
        "lasts", Duration.ofSeconds(random.nextInt(SHORTEST_SECONDS, LONGEST_SECONDS)).toString());
    if (random.nextInt(3) == 0) {
      String kind = one(OF_STREAMS);
      fault.put("kind", kind);
      fault.put("stream", one(STREAMS));
      fault.put("share", kind.equals("silence") ? 1.0 : SHARE);
      fault.put("delayMillis", random.nextInt(1, LONGEST_DELAY_MILLIS));
      broker.disturbsStreams(fault);
      set.merge("stream " + kind, 1, Integer::sum);
    } else {
      String kind = one(OF_REQUESTS);
      fault.put("kind", kind);
      fault.put("path", one(PATHS));
      fault.put("status", 500);
      fault.put("times", OFTEN);
      fault.put("probability", SHARE);
      fault.put("millis", random.nextInt(1, LONGEST_DELAY_MILLIS));
      broker.disturbsRequests(fault);
      set.merge(kind, 1, Integer::sum);
    }
  }

  private String one(List<String> some) {
    return some.get(random.nextInt(some.size()));
  }

  /** How many of each kind were set. */
  Map<String, Integer> set() {
    return new TreeMap<>(set);
  }
}
