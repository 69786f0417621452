package org.positionmanager.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every request in order, never changed: what reached the broker has one answer. In memory the
 * latest, and how many of each sort there were in all; in a file all of them where there is one.
 */
final class RequestLog implements AutoCloseable {
  private static final int KEPT_IN_MEMORY = 50_000;

  /**
   * A request as it arrived.
   *
   * @param body of what changes something; empty otherwise
   */
  record Entry(
      int sequence,
      String account,
      String method,
      String path,
      String query,
      String body,
      Instant at) {
    /** What the answer's header X-Request-ID says, to find one by the other. */
    String id() {
      return Assets.id("request " + sequence);
    }
  }

  private final ObjectMapper json = SimulatorCommand.mapper();
  private final Deque<Entry> latest = new ArrayDeque<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Optional<FileChannel> file;
  private int last;

  /** One that forgets. */
  RequestLog() {
    file = Optional.empty();
  }

  /**
   * One that goes on in a file.
   *
   * @throws IOException where it cannot be read or written
   */
  RequestLog(Path path) throws IOException {
    if (Files.exists(path)) {
      try (Stream<String> lines = Files.lines(path)) {
        lines.forEach(this::readAgain);
      }
    }
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    channel.position(channel.size());
    endLine(channel);
    file = Optional.of(channel);
  }

  private void readAgain(String line) {
    try {
      remember(json.readValue(line, Entry.class));
    } catch (JsonProcessingException e) {
      // a line that a kill cut short; the request was not answered
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

  private void remember(Entry entry) {
    last = entry.sequence();
    latest.addLast(entry);
    if (latest.size() > KEPT_IN_MEMORY) {
      latest.removeFirst();
    }
    counts.merge(entry.account() + " " + entry.method(), 1, Integer::sum);
  }

  /** Keeps a request. */
  synchronized Entry add(
      String account, String method, String path, String query, String body, Instant at) {
    Entry entry = new Entry(last + 1, account, method, path, query == null ? "" : query, body, at);
    remember(entry);
    if (file.isPresent()) {
      try {
        write(file.get(), json.writeValueAsString(entry) + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException("the log of requests cannot be written", e);
      }
    }
    return entry;
  }

  /** The latest, oldest first. */
  synchronized List<Entry> all() {
    return new ArrayList<>(latest);
  }

  /** How many there were ever, by account and method. */
  synchronized Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  @Override
  public synchronized void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }
}
