package org.positionmanager.simulator;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * A small list that is written whole when it changes, and read at the next start; a kill leaves the
 * old one or the new one.
 */
final class KeptFile<T> {
  private final ObjectMapper json = SimulatorCommand.mapper();
  private final Path file;
  private final TypeReference<List<T>> type;

  KeptFile(Path file, TypeReference<List<T>> type) {
    this.file = file;
    this.type = type;
  }

  /**
   * What was written last; empty where nothing ever was.
   *
   * @throws IOException in one line where it cannot be read
   */
  Optional<List<T>> read() throws IOException {
    try {
      return Files.exists(file)
          ? Optional.of(json.readValue(file.toFile(), type))
          : Optional.empty();
    } catch (IOException e) {
      throw new DataFolder.UnusableException(
          file + " cannot be read; remove it to go on without what it keeps");
    }
  }

  void write(List<T> list) {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.write(next, json.writeValueAsBytes(list));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }
}
