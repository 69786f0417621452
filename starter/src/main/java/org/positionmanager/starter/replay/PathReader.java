package org.positionmanager.starter.replay;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.positionmanager.starter.CommandException;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.replay.Bar;
import org.positionmanager.workflows.replay.BarPath;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.replay.Sessions;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;

/**
 * Streams the quotes or bars of a file: CSV or JSON lines, plain or gzipped, oldest first. Bad rows
 * are told all together, up to {@value #FAULTS_TOLD}, or left out where asked for.
 *
 * @param direction decides in which order a bar's extremes come
 * @param barLength empty to take the least distance between the first bars
 * @param spread around bars' prices
 */
record PathReader(
    Path file,
    Direction direction,
    Optional<Duration> barLength,
    Price spread,
    Sessions sessions,
    boolean skipBad) {
  static final int FAULTS_TOLD = 20;

  /** Bars that are looked at to learn how long they last. */
  private static final int BARS_LOOKED_AT = 500;

  private static final int GZIP_MAGIC = 0x1f8b;

  /**
   * What a file had.
   *
   * @param rows that were used
   * @param bad rows that were left out
   */
  record Summary(Kind kind, long rows, long bad) {}

  /** What a row is. */
  enum Kind {
    QUOTES,
    BARS
  }

  /**
   * Hands over every quote in order. What was handed over counts only if this returns.
   *
   * @throws CommandException where the file or its rows cannot be read
   */
  Summary read(Consumer<SeenQuote> to) throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw CommandException.badInput("PATH: no such file can be read: " + file);
    }
    try (BufferedReader lines = open()) {
      return new Reading(to).all(lines);
    } catch (ZipException | EOFException e) {
      throw CommandException.badInput(
          "PATH: %s is no whole gzip file: %s".formatted(file, e.getMessage()));
    }
  }

  private BufferedReader open() throws IOException {
    PushbackInputStream bytes = new PushbackInputStream(Files.newInputStream(file), 2);
    byte[] start = bytes.readNBytes(2);
    bytes.unread(start);
    boolean zipped =
        start.length == 2
            && (Byte.toUnsignedInt(start[0]) << Byte.SIZE | Byte.toUnsignedInt(start[1]))
                == GZIP_MAGIC;
    InputStream plain = zipped ? new GZIPInputStream(bytes) : bytes;
    return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
  }

  /** One pass over the file. */
  private final class Reading {
    private final Consumer<SeenQuote> to;
    private final RowParser parser = new RowParser();
    private final List<RowFault> faults = new ArrayList<>();
    private final List<Bar> firstBars = new ArrayList<>();
    private Optional<Kind> kind = Optional.empty();
    private Optional<BarPath> barPath = Optional.empty();
    private Instant before = Instant.MIN;
    private long rows;
    private long bad;

    private Reading(Consumer<SeenQuote> to) {
      this.to = to;
    }

    private Summary all(BufferedReader lines) throws IOException {
      long line = 0;
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        line++;
        String clean = line == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (!clean.isBlank()) {
          one(line, clean);
        }
      }
      refuseBadRows();
      if (rows == 0) {
        throw CommandException.badInput("PATH: %s has no quotes and no bars".formatted(file));
      }
      if (kind.orElseThrow() == Kind.BARS && barPath.isEmpty()) {
        passFirstBars();
      }
      return new Summary(kind.orElseThrow(), rows, bad);
    }

    private void one(long line, String text) {
      try {
        Optional<PathRow> row = parser.parse(line, text);
        if (row.isPresent()) {
          use(row.get());
        }
      } catch (BadRow e) {
        bad++;
        if (faults.size() < FAULTS_TOLD) {
          faults.add(e.fault());
        }
      }
    }

    private void use(PathRow row) throws BadRow {
      if (kind.isEmpty()) {
        kind = Optional.of(kindOf(row));
      }
      switch (kind.get()) {
        case QUOTES -> {
          Quote quote = row.quote();
          inOrder(row, quote.at());
          to.accept(SeenQuote.fresh(quote));
        }
        case BARS -> {
          Bar bar = row.bar();
          inOrder(row, bar.at());
          pass(bar);
        }
      }
      rows++;
    }

    private Kind kindOf(PathRow row) throws BadRow {
      if (row.has(PathColumn.QUOTE)) {
        return Kind.QUOTES;
      }
      if (row.has(PathColumn.BAR)) {
        return Kind.BARS;
      }
      BadRow neither =
          new BadRow(
              row.line(),
              "columns",
              "they are those of neither quotes nor bars",
              "name them t,bp,ap (or timestamp,bid,ask) for quotes, t,o,h,l,c for bars");
      if (skipBad) {
        throw neither;
      }
      // what comes below cannot be read either, and need not be told row by row
      throw CommandException.badInput("PATH: " + neither.fault());
    }

    private void inOrder(PathRow row, Instant at) throws BadRow {
      if (at.isBefore(before)) {
        throw new BadRow(
            row.line(),
            PathColumn.TIME.label(),
            "%s lies before %s of a row above".formatted(at, before),
            "sort the file by time");
      }
      before = at;
    }

    private void pass(Bar bar) {
      if (barPath.isPresent()) {
        barPath.get().of(bar).forEach(to);
        return;
      }
      firstBars.add(bar);
      if (barLength.isPresent() || firstBars.size() == BARS_LOOKED_AT) {
        passFirstBars();
      }
    }

    private void passFirstBars() {
      BarPath path =
          new BarPath(direction, barLength.orElseGet(this::leastDistance), spread, sessions);
      barPath = Optional.of(path);
      firstBars.forEach(bar -> path.of(bar).forEach(to));
      firstBars.clear();
    }

    private Duration leastDistance() {
      Optional<Duration> least = Optional.empty();
      for (int i = 1; i < firstBars.size(); i++) {
        Duration distance = Duration.between(firstBars.get(i - 1).at(), firstBars.get(i).at());
        if (distance.isPositive() && least.map(it -> distance.compareTo(it) < 0).orElse(true)) {
          least = Optional.of(distance);
        }
      }
      return least.orElseThrow(
          () ->
              CommandException.badInput(
                  "--bar: one bar does not tell how long it lasts; say it, such as --bar PT5M"));
    }

    private void refuseBadRows() {
      if (bad == 0 || skipBad) {
        return;
      }
      StringBuilder told =
          new StringBuilder(
              "PATH: %s has %d bad row%s; correct them, or leave them out with --skip-bad"
                  .formatted(file, bad, bad == 1 ? "" : "s"));
      faults.forEach(fault -> told.append("\n  ").append(fault));
      if (bad > faults.size()) {
        told.append("\n  and %d more".formatted(bad - faults.size()));
      }
      throw CommandException.badInput(told.toString());
    }
  }
}
