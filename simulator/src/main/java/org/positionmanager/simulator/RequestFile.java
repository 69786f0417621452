package org.positionmanager.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All requests of an exchange's lives, one a line, found again by their number. Writers take turns
 * by the log's lock; readers need none, as lines never change.
 */
final class RequestFile implements AutoCloseable {
  /** Of one line in so many it is known where it begins. */
  private static final int STEP = 1_000;

  private static final ObjectMapper JSON = SimulatorCommand.mapper();

  private final Path path;
  private final FileChannel channel;
  private final TreeMap<Integer, Long> beginnings;

  private RequestFile(Path path, FileChannel channel, TreeMap<Integer, Long> beginnings) {
    this.path = path;
    this.channel = channel;
    this.beginnings = beginnings;
  }

  /**
   * Goes on in a file, or begins it.
   *
   * @param earlier is told of what earlier lives wrote, in order
   * @throws IOException where it cannot be read or written
   */
  static RequestFile open(Path path, Consumer<RequestLog.Entry> earlier) throws IOException {
    TreeMap<Integer, Long> beginnings = new TreeMap<>();
    if (Files.exists(path)) {
      readAgain(path, beginnings, earlier);
    }
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    channel.position(channel.size());
    endLine(channel);
    return new RequestFile(path, channel, beginnings);
  }

  private static void readAgain(
      Path path, TreeMap<Integer, Long> beginnings, Consumer<RequestLog.Entry> earlier)
      throws IOException {
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(path))) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      long beginning = 0;
      for (int next = bytes.read(); next >= 0; next = bytes.read()) {
        line.write(next);
        if (next == '\n') {
          Optional<RequestLog.Entry> entry = entry(line.toString(StandardCharsets.UTF_8));
          if (entry.isPresent()) {
            note(beginnings, entry.get().sequence(), beginning);
            earlier.accept(entry.get());
          }
          beginning += line.size();
          line.reset();
        }
      }
    }
  }

  /** Empty for a line that a kill cut short; the request was not answered. */
  private static Optional<RequestLog.Entry> entry(String line) {
    try {
      return Optional.of(JSON.readValue(line, RequestLog.Entry.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static void note(TreeMap<Integer, Long> beginnings, int sequence, long beginning) {
    if (sequence % STEP == 1) {
      beginnings.put(sequence, beginning);
    }
  }

  /** What a kill cut short gets a line of its own, so that the next request has one too. */
  private static void endLine(FileChannel channel) throws IOException {
    ByteBuffer end = ByteBuffer.allocate(1);
    if (channel.size() > 0) {
      channel.read(end, channel.size() - 1);
      if (end.get(0) != '\n') {
        write(channel, "\n");
      }
    }
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Writes one more, of the next number. */
  void append(RequestLog.Entry entry) {
    try {
      synchronized (beginnings) {
        note(beginnings, entry.sequence(), channel.position());
      }
      write(channel, JSON.writeValueAsString(entry) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("the log of requests cannot be written", e);
    }
  }

  /**
   * Shows those behind a number, oldest first, until the reader has enough.
   *
   * @param last the number of the last to be shown
   * @param reader says whether it wants to see the next
   */
  void read(int after, int last, Predicate<RequestLog.Entry> reader) {
    try (FileChannel lines = FileChannel.open(path, StandardOpenOption.READ)) {
      lines.position(beginning(after + 1));
      BufferedReader text =
          new BufferedReader(Channels.newReader(lines, StandardCharsets.UTF_8.newDecoder(), -1));
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        Optional<RequestLog.Entry> entry = entry(line).filter(it -> it.sequence() > after);
        if (entry.isPresent() && (entry.get().sequence() > last || !reader.test(entry.get()))) {
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log of requests cannot be read", e);
    }
  }

  private long beginning(int sequence) {
    synchronized (beginnings) {
      Map.Entry<Integer, Long> before = beginnings.floorEntry(sequence);
      return before == null ? 0 : before.getValue();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
