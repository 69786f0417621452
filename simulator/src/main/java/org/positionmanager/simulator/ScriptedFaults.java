package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.positionmanager.simulator.stream.StreamFaults;

/**
 * The faults that an exchange begins with: those of its earlier life, or in its first life those of
 * its scenario.
 */
final class ScriptedFaults {
  private ScriptedFaults() {}

  /**
   * Of requests.
   *
   * @throws IOException where what an earlier life kept cannot be read
   * @throws IllegalArgumentException where the scenario's make no sense
   */
  static Faults ofRequests(Scenario scenario, Optional<DataFolder> data) throws IOException {
    Optional<KeptFile<Faults.State>> file = data.map(DataFolder::faults);
    Optional<List<Faults.State>> earlier = earlier(file);
    Faults faults = new Faults(scenario.seed(), earlier.orElse(List.of()), keeper(file));
    if (earlier.isEmpty()) {
      each(
          "faults",
          scenario.faults(),
          fault -> faults.add(FaultForms.ofRequests(fault, scenario.start())));
    }
    return faults;
  }

  /**
   * Of streams.
   *
   * @param clock tells exchange time
   * @throws IOException where what an earlier life kept cannot be read
   * @throws IllegalArgumentException where the scenario's make no sense
   */
  static StreamFaults ofStreams(Scenario scenario, InstantSource clock, Optional<DataFolder> data)
      throws IOException {
    Optional<KeptFile<StreamFaults.State>> file = data.map(DataFolder::streamFaults);
    Optional<List<StreamFaults.State>> earlier = earlier(file);
    StreamFaults faults =
        new StreamFaults(scenario.seed(), clock, earlier.orElse(List.of()), keeper(file));
    if (earlier.isEmpty()) {
      each(
          "streamFaults",
          scenario.streamFaults(),
          fault -> faults.add(FaultForms.ofStreams(fault, scenario.start())));
    }
    return faults;
  }

  private static <T> Optional<List<T>> earlier(Optional<KeptFile<T>> file) throws IOException {
    return file.isPresent() ? file.get().read() : Optional.empty();
  }

  private static <T> Consumer<List<T>> keeper(Optional<KeptFile<T>> file) {
    return file.<Consumer<List<T>>>map(it -> it::write).orElse(list -> {});
  }

  private static void each(String field, List<JsonNode> faults, Consumer<JsonNode> add) {
    for (int i = 0; i < faults.size(); i++) {
      try {
        add.accept(faults.get(i));
      } catch (Rejection refused) {
        throw new IllegalArgumentException(
            "%s[%d]: %s".formatted(field, i, refused.getMessage()), refused);
      }
    }
  }
}
