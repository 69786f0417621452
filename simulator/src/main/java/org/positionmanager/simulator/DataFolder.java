package org.positionmanager.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.positionmanager.simulator.stream.StreamFaults;

/**
 * A folder that an exchange lives in over many processes: {@code journal.jsonl} with one happening
 * a line behind a heading, {@code clock} with the bound of exchange time, {@code requests.jsonl}
 * with every request, and the faults that are set. One process at a time.
 *
 * <p>A line that a kill cut short was never answered to anyone and is dropped at the next start.
 */
final class DataFolder implements Journal, ExchangeClock.Bound, AutoCloseable {
  /** What a journal belongs to; an exchange with another beginning must not go on with it. */
  record Heading(int journal, Instant start, long seed, Map<String, BigDecimal> cash) {
    static Heading of(Scenario scenario) {
      return new Heading(
          2,
          scenario.start(),
          scenario.seed(),
          scenario.accounts().stream()
              .collect(
                  Collectors.toMap(
                      Scenario.AccountSeed::name,
                      it -> it.cash().stripTrailingZeros(),
                      (one, other) -> one,
                      TreeMap::new)));
    }
  }

  /** A folder that cannot be used; the message names it and the fix. */
  static final class UnusableException extends IOException {
    UnusableException(String message) {
      super(message);
    }
  }

  private static final int CLOCK_WIDTH = 40;

  private final ObjectMapper json = SimulatorCommand.mapper();
  private final Path folder;
  private final FileChannel journal;
  private final FileLock lock;
  private final FileChannel clock;
  private long appended;
  private boolean dirty;

  private DataFolder(Path folder, FileChannel journal, FileLock lock, FileChannel clock) {
    this.folder = folder;
    this.journal = journal;
    this.lock = lock;
    this.clock = clock;
  }

  /**
   * Opens a folder, making it where it is missing.
   *
   * @throws UnusableException where another process has it
   */
  static DataFolder open(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel journal = channel(folder.resolve("journal.jsonl"));
    FileLock lock = null;
    try {
      lock = journal.tryLock();
    } catch (OverlappingFileLockException ours) {
      // the same answer as for a lock of another process
    }
    if (lock == null) {
      journal.close();
      throw new UnusableException(
          "--data " + folder + " is in use by another simulator; stop it or give another folder");
    }
    return new DataFolder(folder, journal, lock, channel(folder.resolve("clock")));
  }

  private static FileChannel channel(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /**
   * Passes on all that happened in earlier lives, in order; writes the heading where there was
   * none.
   *
   * @throws UnusableException where the journal is another scenario's or cannot be read
   */
  void replay(Scenario scenario, Consumer<Happening> happenings) throws IOException {
    String text = readAll(journal);
    int whole = text.lastIndexOf('\n') + 1;
    long bytes = text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length;
    journal.truncate(bytes).position(bytes);
    Heading expected = Heading.of(scenario);
    if (whole == 0) {
      write(expected);
      force();
      return;
    }
    int number = 0;
    for (String line : text.substring(0, whole).lines().toList()) {
      number++;
      try {
        if (number == 1) {
          check(json.readValue(line, Heading.class), expected);
        } else {
          happenings.accept(json.readValue(line, Happening.class));
          appended++;
        }
      } catch (JsonProcessingException | Rejection e) {
        throw new UnusableException(
            "--data %s: line %d of journal.jsonl cannot be read; remove the folder to begin anew"
                .formatted(folder, number));
      }
    }
  }

  private void check(Heading found, Heading expected) throws UnusableException {
    if (!found.equals(expected)) {
      throw new UnusableException(
          "--data %s belongs to another scenario (%s, not %s); give another folder or remove it"
              .formatted(folder, found, expected));
    }
  }

  private static String readAll(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
      // reads on
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  /**
   * The log of requests beside the journal.
   *
   * @throws IOException where it cannot be read or written
   */
  RequestLog requests() throws IOException {
    return new RequestLog(folder.resolve("requests.jsonl"));
  }

  /** Faults of requests that are set. */
  KeptFile<Faults.State> faults() {
    return new KeptFile<>(folder.resolve("faults.json"), new TypeReference<>() {});
  }

  /** Faults of streams that are set. */
  KeptFile<StreamFaults.State> streamFaults() {
    return new KeptFile<>(folder.resolve("stream-faults.json"), new TypeReference<>() {});
  }

  /** How many happenings the journal holds. */
  long size() {
    return appended;
  }

  @Override
  public void append(Happening happening) {
    try {
      write(happening);
      appended++;
    } catch (IOException e) {
      throw new UncheckedIOException("journal in " + folder + " cannot be written", e);
    }
  }

  private void write(Object line) throws IOException {
    // by the declared type, or the name of the happening would be left out
    byte[] text =
        line instanceof Happening
            ? json.writerFor(Happening.class).writeValueAsBytes(line)
            : json.writeValueAsBytes(line);
    ByteBuffer buffer = ByteBuffer.allocate(text.length + 1).put(text).put((byte) '\n').flip();
    while (buffer.hasRemaining()) {
      journal.write(buffer);
    }
    dirty = true;
  }

  @Override
  public void force() {
    if (!dirty) {
      return;
    }
    try {
      journal.force(false);
      dirty = false;
    } catch (IOException e) {
      throw new UncheckedIOException("journal in " + folder + " cannot be written", e);
    }
  }

  @Override
  public Optional<Instant> load() {
    try {
      String text = readAll(clock).trim();
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (IOException e) {
      throw new UncheckedIOException("clock in " + folder + " cannot be read", e);
    }
  }

  @Override
  public void store(Instant bound) {
    try {
      String line = ("%-" + (CLOCK_WIDTH - 1) + "s\n").formatted(bound);
      clock.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("clock in " + folder + " cannot be written", e);
    }
  }

  @Override
  public void close() throws IOException {
    force();
    lock.release();
    journal.close();
    clock.close();
  }
}
