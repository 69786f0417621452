package org.positionmanager.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Every request in order, never changed: what reached the broker has one answer. With a file all of
 * them are kept and can be asked for; without one only the latest, and how many went is told.
 */
final class RequestLog implements AutoCloseable {
  /** Some 80 MB of them. */
  private static final int KEPT_WITHOUT_A_FILE = 200_000;

  /** Those that are asked for most; the others are read from the file. */
  private static final int KEPT_BESIDE_A_FILE = 20_000;

  /**
   * A request as it arrived.
   *
   * @param account empty where its key is unknown
   * @param route the address that it was answered at, with its parameters' names, for instance
   *     {@code /v2/orders/{id}}; empty where there is none
   * @param body of what changes something; empty otherwise, and where there is no route
   */
  record Entry(
      int sequence,
      String account,
      String method,
      String route,
      String path,
      String query,
      String body,
      Instant at) {
    Entry {
      // of a life that did not write it
      route = route == null ? "" : route;
    }

    /** What the answer's header X-Request-ID says, to find one by the other. */
    String id() {
      return Assets.id("request " + sequence);
    }
  }

  /** Requests of one account, by one method, to one route. */
  record Sort(String account, String method, String route) implements Comparable<Sort> {
    private static final Comparator<Sort> ORDER =
        Comparator.comparing(Sort::account).thenComparing(Sort::route).thenComparing(Sort::method);

    @Override
    public int compareTo(Sort other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * What is asked for.
   *
   * @param path a regular expression for the whole of it
   * @param since exchange time, inclusive
   * @param after the number of a request; only later ones
   * @param limit at most so many
   */
  record Query(
      Optional<String> account,
      Optional<String> method,
      Optional<Pattern> path,
      Optional<Instant> since,
      int after,
      int limit) {
    private boolean matches(Entry entry) {
      return entry.sequence() > after
          && account.filter(it -> !it.equals(entry.account())).isEmpty()
          && method.filter(it -> !it.equalsIgnoreCase(entry.method())).isEmpty()
          && path.filter(it -> !it.matcher(entry.path()).matches()).isEmpty()
          && since.filter(entry.at()::isBefore).isEmpty();
    }
  }

  /**
   * Some of what was asked for.
   *
   * @param next to ask {@code after} with for the rest; empty where this is all
   * @param dropped how many of the first requests are not kept any more, whatever was asked for
   */
  record Page(List<Entry> requests, Optional<Integer> next, int dropped) {}

  private final Deque<Entry> latest = new ArrayDeque<>();
  private final Map<Sort, Integer> counts = new TreeMap<>();
  private final Optional<RequestFile> file;
  private final int kept;
  private int last;

  private RequestLog(int kept) {
    this.kept = kept;
    file = Optional.empty();
  }

  /** One that forgets. */
  RequestLog() {
    this(KEPT_WITHOUT_A_FILE);
  }

  /** One that keeps only so many. */
  static RequestLog keeping(int most) {
    return new RequestLog(most);
  }

  /**
   * One that goes on in a file.
   *
   * @throws IOException where it cannot be read or written
   */
  RequestLog(Path path) throws IOException {
    this(path, KEPT_BESIDE_A_FILE);
  }

  /** The same with fewer or more of them in memory. */
  RequestLog(Path path, int kept) throws IOException {
    this.kept = kept;
    file = Optional.of(RequestFile.open(path, this::remember));
  }

  private void remember(Entry entry) {
    last = entry.sequence();
    latest.addLast(entry);
    if (latest.size() > kept) {
      latest.removeFirst();
    }
    counts.merge(new Sort(entry.account(), entry.method(), entry.route()), 1, Integer::sum);
  }

  /** Keeps a request; its number is given here. */
  synchronized Entry add(
      String account,
      String method,
      String route,
      String path,
      String query,
      String body,
      Instant at) {
    Entry entry = new Entry(last + 1, account, method, route, path, query, body, at);
    remember(entry);
    file.ifPresent(it -> it.append(entry));
    return entry;
  }

  /** What is kept of what is asked for, oldest first. */
  Page find(Query query) {
    List<Entry> found = new ArrayList<>();
    // one more than asked for tells that there are more
    Predicate<Entry> reader =
        entry -> {
          if (query.matches(entry)) {
            found.add(entry);
          }
          return found.size() <= query.limit();
        };
    int end;
    int dropped;
    synchronized (this) {
      end = last;
      int forgotten = latest.isEmpty() ? last : latest.getFirst().sequence() - 1;
      dropped = file.isPresent() ? 0 : forgotten;
      if (file.isEmpty() || query.after() >= forgotten) {
        // goes on while the reader wants more
        latest.stream().filter(it -> it.sequence() > query.after()).allMatch(reader);
        end = query.after();
      }
    }
    if (end > query.after()) {
      file.orElseThrow().read(query.after(), end, reader);
    }
    if (found.size() <= query.limit()) {
      return new Page(found, Optional.empty(), dropped);
    }
    List<Entry> page = List.copyOf(found.subList(0, query.limit()));
    return new Page(page, Optional.of(page.getLast().sequence()), dropped);
  }

  /** How many there were ever, of each sort. */
  synchronized Map<Sort, Integer> counts() {
    return new TreeMap<>(counts);
  }

  @Override
  public synchronized void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }
}
