package org.positionmanager.starter.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.positionmanager.starter.CommandException;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.replay.Sessions;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;

/** Files as people and Alpaca write them. */
class PathReaderTest {
  private static final Instant OPEN = Instant.parse("2026-02-11T14:30:00Z");
  private static final Quote FIRST = quote("4.79", "4.81", OPEN);
  private static final Quote SECOND =
      quote("4.8", "4.825", OPEN.plus(Duration.ofMillis(1500)).plusNanos(1));

  @TempDir private Path folder;
  private Optional<Duration> barLength = Optional.empty();
  private Price spread = Price.parse("0");
  private boolean skipBad;
  private PathRows.Summary summary;

  private static Quote quote(String bid, String ask, Instant at) {
    return new Quote(Price.parse(bid), Price.parse(ask), at);
  }

  private List<Quote> read(String text) throws IOException {
    return read(Files.writeString(folder.resolve("path"), text));
  }

  private List<Quote> read(Path file) throws IOException {
    List<SeenQuote> seen = new ArrayList<>();
    summary =
        new PathReader("PATH", file, Direction.LONG, barLength, spread, Sessions.ofNyse(), skipBad)
            .read(seen::add);
    assertThat(seen).allSatisfy(it -> assertThat(it.seenAt()).isEqualTo(it.quote().at()));
    return seen.stream().map(SeenQuote::quote).toList();
  }

  private void assertRefused(String text, String... says) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            CommandException.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(CommandException.BAD_INPUT);
              assertThat(failure.getMessage()).contains(says);
            });
  }

  @ParameterizedTest
  @DisplayName("quotes are read by Alpaca's names, by words, in any order, or without a heading")
  @ValueSource(
      strings = {
        "t,bp,ap,bs,as\n2026-02-11T14:30:00Z,4.79,4.81,1,2\n2026-02-11T09:30:01.500000001-05:00,4.80,4.825,1,1\n",
        "ask,Bid,timestamp\n4.81,4.79,2026-02-11T14:30:00Z\n\n4.825,4.8,2026-02-11T14:30:01.500000001Z",
        "2026-02-11T14:30:00Z, 4.79 ,4.81\r\n2026-02-11T14:30:01.500000001Z,\"4.80\",4.825\r\n",
        "\uFEFFt,bp,ap\n2026-02-11T14:30:00Z,4.79,4.81\n2026-02-11T14:30:01.500000001Z,4.80,4.825",
        "{\"t\":\"2026-02-11T14:30:00Z\",\"bp\":4.79,\"ap\":4.81,\"c\":[\"R\"],\"x\":\"V\"}\n{\"timestamp\":\"2026-02-11T14:30:01.500000001Z\",\"bid\":\"4.80\",\"ask\":4.825}\n"
      })
  void quotesAreRead(String text) throws IOException {
    assertThat(read(text)).containsExactly(FIRST, SECOND);
    assertThat(summary).isEqualTo(new PathRows.Summary(summary.file(), PathRows.Kind.QUOTES, 2, 0));
  }

  @Test
  void gzippedFilesAreRead() throws IOException {
    Path file = folder.resolve("path.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("t,bp,ap\n2026-02-11T14:30:00Z,4.79,4.81\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(read(file)).containsExactly(FIRST);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 9));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("no whole gzip file");
  }

  @ParameterizedTest
  @DisplayName("bars are read from CSV and JSON lines, and last as long as they stand apart")
  @ValueSource(
      strings = {
        "t,o,h,l,c,v\n2026-02-11T14:30:00Z,100,103,97,101,5\n2026-02-11T14:33:00Z,101,101,101,101,1\n2026-02-11T14:36:00Z,101,101,101,101,1\n",
        "{\"t\":\"2026-02-11T14:30:00Z\",\"o\":100,\"h\":103,\"l\":97,\"c\":101,\"vw\":1}\n{\"t\":\"2026-02-11T14:33:00Z\",\"o\":101,\"h\":101,\"l\":101,\"c\":101}\n"
      })
  void barsAreRead(String text) throws IOException {
    assertThat(read(text).subList(0, 4))
        .containsExactly(
            quote("100", "100", OPEN),
            quote("97", "97", OPEN.plusSeconds(60)),
            quote("103", "103", OPEN.plusSeconds(120)),
            quote("101", "101", OPEN.plusSeconds(180).minusMillis(1)));
    assertThat(summary.kind()).isEqualTo(PathRows.Kind.BARS);
  }

  @Test
  void oneBarNeedsItsLength() throws IOException {
    String bar = "t,o,h,l,c\n2026-02-11T14:30:00Z,100,103,97,101\n";
    assertRefused(bar, "--bar: one bar does not tell how long it lasts");
    barLength = Optional.of(Duration.ofMinutes(3));
    spread = Price.parse("0.10");
    assertThat(read(bar)).hasSize(4).contains(quote("96.95", "97.05", OPEN.plusSeconds(60)));
  }

  @Test
  @DisplayName("more bars than are looked at for their length are all handed over")
  void manyBars() throws IOException {
    StringBuilder text = new StringBuilder("t,o,h,l,c\n");
    for (int i = 0; i < 1200; i++) {
      text.append(OPEN.plusSeconds(i * 10L)).append(",1,1,1,1\n");
    }
    assertThat(read(text.toString())).hasSize(4800);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("a bad row is told with line, field and fix")
  @CsvSource(
      delimiter = ';',
      value = {
        "2026-02-11T14:30:00,1,2; line 2, t: '2026-02-11T14:30:00' is no time with an offset; write it as",
        "2026-02-11T14:30:00Z,x,2; line 2, bp: 'x' is no price",
        "2026-02-11T14:30:00Z,1,-2; line 2, ap: '-2' is no price",
        "2026-02-11T14:30:00Z,1; line 2, ap: it is missing",
        "2026-02-11T14:30:00Z,,2; line 2, bp: it is missing",
        "2026-02-11T14:30:00Z,1E999999999,2; line 2, bp: '1E999999999' is no price"
      })
  void badRowsAreTold(String row, String says) {
    assertRefused("t,bp,ap\n" + row + "\n", "has 1 bad row", says);
  }

  @Test
  void rowsOutOfOrderAreTold() {
    assertRefused(
        "t,bp,ap\n2026-02-11T14:30:01Z,1,2\n2026-02-11T14:30:00Z,1,2\n",
        "line 3, t: 2026-02-11T14:30:00Z lies before 2026-02-11T14:30:01Z",
        "sort the file by time");
  }

  @Test
  void barsThatContradictThemselvesAreTold() {
    assertRefused(
        "t,o,h,l,c\n2026-02-11T14:30:00Z,100,99,97,98\n",
        "line 2, o, h, l, c: open and close must lie between low and high");
  }

  @Test
  @DisplayName("bad rows are told all together up to twenty, and how many more there are")
  void manyBadRowsAreTold() {
    StringBuilder text = new StringBuilder("t,bp,ap\n2026-02-11T14:30:00Z,1,2\n");
    for (int i = 0; i < 25; i++) {
      text.append("yesterday,1,2\n");
    }
    assertRefused(text.toString(), "has 25 bad rows", "line 3, t", "line 22, t", "and 5 more");
    assertThatThrownBy(() -> read(text.toString()))
        .satisfies(it -> assertThat(it.getMessage().lines()).hasSize(22));
  }

  @Test
  void badRowsAreLeftOutWhereAskedFor() throws IOException {
    skipBad = true;
    assertThat(
            read(
                "{\"note\":\"begin\"}\n{oops\n{\"t\":\"2026-02-11T14:30:00Z\",\"bp\":4.79,\"ap\":4.81}\n{\"t\":\"x\"}\n"))
        .containsExactly(FIRST);
    assertThat(summary.bad()).isEqualTo(3);
  }

  @Test
  void brokenJsonIsTold() {
    assertRefused("{\"t\":\n", "line 1, row: it is no JSON object");
  }

  @Test
  @DisplayName("trades are quotes of their price, with the spread around it that is asked for")
  void trades() throws IOException {
    spread = Price.parse("0.02");
    assertThat(read("t,price,size\n2026-02-11T14:30:00Z,4.80,3\n")).containsExactly(FIRST);
    assertThat(summary.kind()).isEqualTo(PathRows.Kind.TRADES);
  }

  @Test
  void columnsThatSayNothingAreToldOnce() {
    assertRefused("t,size\n2026-02-11T14:30:00Z,5\n", "line 2, columns", "t,bp,ap", "t,p");
    assertRefused("a,b,c,d\n1,2,3,4\n", "line 2, columns", "t,o,h,l,c");
    assertRefused("2026-02-11T14:30:00Z,1,2,3\n", "line 1 should be a heading");
  }

  @Test
  void aFileWithoutRowsIsTold() {
    assertRefused("", "has no quotes and no bars");
    assertRefused("t,bp,ap\n", "has no quotes and no bars");
    assertThatThrownBy(() -> read(folder)).hasMessageContaining("PATH: no such file can be read");
  }
}
