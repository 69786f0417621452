package org.positionmanager.starter.replay;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.starter.command.Values;
import org.positionmanager.starter.replay.ReplayReport.Outcome;
import org.positionmanager.starter.text.Lines;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.worker.config.ConfigurationException;
import org.positionmanager.worker.config.PlanFile;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.plan.PlanBook;
import org.positionmanager.workflows.replay.EntryWish;
import org.positionmanager.workflows.replay.FillAt;
import org.positionmanager.workflows.replay.Sessions;
import org.positionmanager.workflows.value.Price;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pm replay}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description =
        "Tells what a plan would have done on a path of quotes or bars, and why not else.",
    footer = {
      "",
      "PATH, and each FILE of prices, is CSV or JSON lines, plain or gzipped, oldest",
      "first: quotes with t,bp,ap (or timestamp,bid,ask), bars with t,o,h,l,c, or",
      "trades with t,p. Times are RFC 3339 with offset, as 2026-02-11T14:30:00Z.",
      "A bar is taken for the worse: a long meets its low before its high.",
      "",
      "Examples:",
      "  pm replay day.csv --instrument NOW260220P00110000 --entry 4.80 --qty 10",
      "  pm replay bars.jsonl.gz --instrument DE --short --strategy stock --explain",
      "  pm replay day.csv --instrument DE --entered-at 2026-02-11T10:00:00-05:00 \\",
      "    --strategy stock --plans plans.yaml --plan mine --plan default --png day.png",
      "  pm replay day.csv --instrument NOW260220P00110000 --underlying now.csv \\",
      "    --equity 121000 --explain",
      "  pm replay --position 7f1c --plan recorded --plan default",
      "",
      "Exit codes: 0 done; 1 cannot be replayed; 2 bad input;",
      "3 the ledger does not answer."
    })
public final class ReplayCommandLine implements Callable<Integer> {
  private static final int WIDEST_PLOT = 120;
  private static final int NARROWEST_PLOT = 40;

  /** What plots are drawn with. */
  enum Ink {
    BRAILLE,
    ASCII
  }

  @Spec private CommandSpec spec;
  @Mixin private Connections connections;

  @ArgGroup(multiplicity = "1")
  private Source source;

  /** Where quotes come from. */
  static final class Source {
    @Parameters(index = "0", paramLabel = "PATH", description = "File with quotes or bars.")
    private Path path;

    @Option(
        names = "--position",
        paramLabel = "ID",
        description = "A position's recorded quotes; whole id or its beginning.")
    private String position;
  }

  @Mixin private EntryOptions opened;

  @Option(
      names = "--plan",
      paramLabel = "NAME",
      description =
          "Plan to try, several times for several: a name of the plan file, default for the one that"
              + " it would choose, or recorded for a position's own.")
  private List<String> plans;

  @Option(
      names = "--plans",
      paramLabel = "FILE",
      description = "The plan file (default: the shipped plans).")
  private Path planFile;

  @Option(
      names = "--account",
      defaultValue = "large",
      description =
          "Account for which the plan file chooses (default: ${DEFAULT-VALUE}; a position's own).")
  private String account;

  @Option(
      names = "--fill",
      defaultValue = "NEAR",
      description = "Where exits fill: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private FillAt fill;

  @Option(
      names = "--bar",
      paramLabel = "LENGTH",
      description = "How long a bar lasts, such as PT1M (default: as the bars stand apart).")
  private Duration bar;

  @Option(
      names = "--spread",
      paramLabel = "PRICE",
      defaultValue = "0",
      description = "Between bid and ask around bars' prices (default: ${DEFAULT-VALUE}).")
  private String spread;

  @Mixin private BesideOptions besides;

  @Option(names = "--explain", description = "Every change in the rules' answers.")
  private boolean explain;

  @Option(
      names = "--explain-levels",
      description = "The same with every move of a level, however small.")
  private boolean explainLevels;

  @Option(names = "--png", paramLabel = "FILE", description = "Draws a picture.")
  private Path png;

  @Option(names = "--no-plot", description = "No plot in the terminal.")
  private boolean noPlot;

  @Option(
      names = "--plot-with",
      description = "${COMPLETION-CANDIDATES} (default: braille where the terminal shows it).")
  private Ink ink;

  @Option(
      names = "--width",
      paramLabel = "COLUMNS",
      description = "Of plot and tables (default: the terminal's, at most 120).")
  private Integer width;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    ReplayReport report = source.path == null ? ofPosition() : ofFile();
    if (png != null) {
      ChartPicture.write(report, png);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json ? Payloads.mapper().writeValueAsString(ReplayAnswer.of(report)) : text(report));
    out.flush();
    return 0;
  }

  private ReplayReport ofFile() throws IOException, ConfigurationException {
    EntryWish wish = opened.wish();
    Sessions sessions = Sessions.ofNyse().remembered();
    PathReader reader =
        new PathReader(
            "PATH",
            source.path,
            wish.direction(),
            Optional.ofNullable(bar),
            Values.read("--spread", spread, Price::parse),
            sessions,
            besides.skipsBad());
    try (Besides known = besides.open(wish.instrument(), wish.direction(), sessions)) {
      return new FileReplay(
              reader,
              wish,
              opened.strategy(),
              new BookPlans(book(), Values.read("--account", account, AccountName::new)),
              plans == null ? List.of() : plans,
              fill,
              known)
          .run(spec.commandLine().getErr());
    }
  }

  private ReplayReport ofPosition() throws IOException, ConfigurationException {
    if (opened.isGiven() || bar != null) {
      throw CommandException.badInput(
          "--position: what was opened is known already; leave out --instrument, --entry, --entered-at, --qty, --short, --strategy and --bar");
    }
    return new PositionReplay(connections, book(), fill, besides)
        .of(source.position, plans == null ? List.of() : plans);
  }

  private PlanBook book() throws ConfigurationException {
    return planFile == null ? PlanFile.shipped() : PlanFile.read(planFile);
  }

  private String text(ReplayReport report) {
    StringBuilder text = new StringBuilder();
    text.append(report.title()).append('\n').append(report.source()).append('\n');
    report.really().ifPresent(really -> text.append(really).append('\n'));
    text.append('\n').append(ReplayTable.of(report, textWidth())).append('\n');
    List<String> wants = Want.texts(report.outcomes());
    if (!wants.isEmpty()) {
      text.append('\n');
      wants.stream()
          .flatMap(want -> Lines.wrapped(want, textWidth()).stream())
          .forEach(line -> text.append(Tone.WARNING.of(line)).append('\n'));
    }
    if (explain || explainLevels) {
      for (Outcome outcome : report.outcomes()) {
        text.append("\nplan ").append(outcome.name()).append(", times in New York\n");
        text.append(Explanation.of(report, outcome, explainLevels, textWidth())).append('\n');
      }
    }
    if (!noPlot && !report.track().isEmpty()) {
      text.append('\n').append(TerminalPlot.of(report, width(), isBraille())).append('\n');
    }
    return text.toString().stripTrailing();
  }

  /** Of tables: what no terminal breaks may be wide. */
  private int textWidth() {
    boolean isTerminal = System.console() != null && System.console().isTerminal();
    return width == null && !isTerminal ? WIDEST_PLOT : width();
  }

  /** The terminal's, as picocli finds it for its help; 80 where there is none. */
  private int width() {
    if (width != null && width < NARROWEST_PLOT) {
      throw CommandException.badInput(
          "--width: must be %d or more, got: %d".formatted(NARROWEST_PLOT, width));
    }
    if (width != null) {
      return width;
    }
    CommandSpec asking = CommandSpec.create();
    asking.usageMessage().autoWidth(true);
    return Math.min(WIDEST_PLOT, asking.usageMessage().width());
  }

  private boolean isBraille() {
    if (ink != null) {
      return ink == Ink.BRAILLE;
    }
    Charset charset = System.out.charset();
    return charset.canEncode() && charset.newEncoder().canEncode('⣿');
  }
}
