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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.positionmanager.starter.CommandException;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.replay.Bar;

/**
 * The rows of a file one by one: CSV or JSON lines, plain or gzipped, oldest first. Bad rows are
 * told all together, up to {@value #FAULTS_TOLD}, or left out where asked for.
 */
final class PathRows implements AutoCloseable {
  static final int FAULTS_TOLD = 20;

  private static final int GZIP_MAGIC = 0x1f8b;

  private final String option;
  private final Path file;
  private final boolean skipBad;
  private final Sink sink;
  private final BufferedReader lines;
  private final RowParser parser;
  private final List<RowFault> faults = new ArrayList<>();
  private Optional<Kind> kind = Optional.empty();
  private Instant before = Instant.MIN;
  private long line;
  private long rows;
  private long bad;

  /** What a row is. */
  enum Kind {
    QUOTES,
    BARS,
    TRADES
  }

  /** Who is told of each row. */
  interface Sink {
    void quote(Quote quote);

    void bar(Bar bar);

    void trade(Trade trade);
  }

  /**
   * What a file had.
   *
   * @param rows that were used
   * @param bad rows that were left out
   */
  record Summary(Path file, Kind kind, long rows, long bad) {}

  /**
   * Opens a file.
   *
   * @param option that named it, for messages
   * @throws CommandException where it cannot be read
   */
  PathRows(String option, Path file, boolean skipBad, Sink sink) throws IOException {
    this.option = option;
    this.file = file;
    this.skipBad = skipBad;
    this.sink = sink;
    parser = new RowParser(option);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw bad("no such file can be read: " + file);
    }
    try {
      lines = open();
    } catch (ZipException | EOFException e) {
      throw noWholeZip(e);
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

  private CommandException bad(String problem) {
    return CommandException.badInput(option + ": " + problem);
  }

  private CommandException noWholeZip(IOException failure) {
    return bad("%s is no whole gzip file: %s".formatted(file, failure.getMessage()));
  }

  /** Reads one line further; false at the end. */
  boolean next() throws IOException {
    String text;
    try {
      text = lines.readLine();
    } catch (ZipException | EOFException e) {
      throw noWholeZip(e);
    }
    if (text == null) {
      return false;
    }
    line++;
    String clean = line == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (!clean.isBlank()) {
      one(clean);
    }
    return true;
  }

  /**
   * What there was, after the last row.
   *
   * @throws CommandException where rows were bad, or there were none
   */
  Summary end() {
    refuseBadRows();
    if (rows == 0) {
      throw bad("%s has no quotes and no bars".formatted(file));
    }
    return new Summary(file, kind.orElseThrow(), rows, bad);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private void one(String text) {
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
        sink.quote(quote);
      }
      case BARS -> {
        Bar bar = row.bar();
        inOrder(row, bar.at());
        sink.bar(bar);
      }
      case TRADES -> {
        Trade trade = row.trade();
        inOrder(row, trade.at());
        sink.trade(trade);
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
    if (row.has(PathColumn.TRADE)) {
      return Kind.TRADES;
    }
    BadRow none =
        new BadRow(
            row.line(),
            "columns",
            "they are those of neither quotes nor bars",
            "name them t,bp,ap (or timestamp,bid,ask) for quotes, t,o,h,l,c for bars, t,p for trades");
    if (skipBad) {
      throw none;
    }
    // what comes below cannot be read either, and need not be told row by row
    throw bad(none.fault().toString());
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

  private void refuseBadRows() {
    if (bad == 0 || skipBad) {
      return;
    }
    StringBuilder told =
        new StringBuilder(
            "%s has %d bad row%s; correct them, or leave them out with --skip-bad"
                .formatted(file, bad, bad == 1 ? "" : "s"));
    faults.forEach(fault -> told.append("\n  ").append(fault));
    if (bad > faults.size()) {
      told.append("\n  and %d more".formatted(bad - faults.size()));
    }
    throw bad(told.toString());
  }
}
