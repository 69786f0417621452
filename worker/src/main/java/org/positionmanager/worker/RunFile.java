package org.positionmanager.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.worker.database.DatabaseUrl;

/**
 * Where a desk that runs on this machine has its engine and ledger; written into its data folder
 * while it runs, readable by its owner only, so that commands find it.
 *
 * @param temporal host:port
 * @param database as {@code DATABASE_URL}
 * @param process of the program that wrote it
 */
public record RunFile(String temporal, String database, long process) {
  private static final String NAME = "run.json";

  /** The desk that runs on a folder; empty where none does. */
  public static Optional<RunFile> in(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      RunFile run = new ObjectMapper().readValue(Files.readString(file), RunFile.class);
      return Optional.of(run)
          .filter(it -> ProcessHandle.of(it.process()).filter(ProcessHandle::isAlive).isPresent());
    } catch (JsonProcessingException e) {
      throw new IOException(file + " cannot be read: " + e.getOriginalMessage() + "; remove it", e);
    }
  }

  /** Writes it; closing what is returned removes it. */
  public static AutoCloseable write(Path folder, String temporal, LedgerDatabase.Address ledger)
      throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(NAME);
    Files.deleteIfExists(file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(
        file,
        new ObjectMapper()
            .writeValueAsString(
                new RunFile(temporal, DatabaseUrl.of(ledger), ProcessHandle.current().pid())));
    return () -> Files.deleteIfExists(file);
  }

  @Override
  public String toString() {
    return "RunFile[" + temporal + ", process " + process + "]";
  }
}
