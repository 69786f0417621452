package org.positionmanager.starter.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.CoverageReader;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.Connections;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.sync.Coverage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pm coverage}. */
@Command(
    name = "coverage",
    mixinStandardHelpOptions = true,
    description = "Shows whether everything that is held is watched.",
    footer = {
      "",
      "Workers prove every 15 seconds, for each account, that every holding at the broker has a live",
      "workflow for all of it, an armed exit that a live watch goes by, and a recent evaluation.",
      "A proof that is older than 45 seconds proves nothing.",
      "",
      "Examples:",
      "  pm coverage",
      "  pm coverage --account large --json",
      "  pm coverage --watch",
      "",
      "Exit codes: 0 everything is covered; 1 something is not; 2 bad input;",
      "3 the ledger does not answer."
    })
public final class CoverageCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Mixin private Listing listing;

  private record Line(Coverage proof, Optional<Coverage.Gap> gap) {
    String id() {
      return gap.flatMap(Coverage.Gap::position)
          .map(PositionId::execution)
          .map(it -> it.toString().substring(0, 8))
          .orElse("");
    }
  }

  @Override
  public Integer call() throws Exception {
    try (LedgerDatabase ledger = connections.ledger()) {
      listing.requireAccount(ledger);
      CoverageReader reader = new CoverageReader(ledger);
      listing.print(() -> proofs(reader), rows -> listing.text(rows, CoverageCommandLine::words));
      return proofs(reader).stream().allMatch(Coverage::isComplete) ? 0 : 1;
    }
  }

  private List<Coverage> proofs(CoverageReader reader) {
    return reader.all().stream()
        .filter(proof -> listing.isOf(Optional.of(proof.account())))
        .toList();
  }

  private static String words(List<Coverage> proofs) {
    return proofs.isEmpty()
        ? "no accounts; a worker registers those of its configuration"
        : table().of(lines(proofs));
  }

  private static List<Line> lines(List<Coverage> proofs) {
    List<Line> lines = new ArrayList<>();
    for (Coverage proof : proofs) {
      proof.gaps().forEach(gap -> lines.add(new Line(proof, Optional.of(gap))));
      if (proof.isComplete()) {
        lines.add(new Line(proof, Optional.empty()));
      }
    }
    return lines;
  }

  private static Table<Line> table() {
    return new Table<Line>()
        .words("account", it -> it.proof().account().value())
        .number("held", it -> "" + it.proof().held())
        .number("open", it -> "" + it.proof().open())
        .words(
            "covered",
            it -> it.gap().map(gap -> gap.reason().name()).orElse("all"),
            it -> it.gap().isPresent() ? Tone.BAD : Tone.PLAIN)
        .words(
            "instrument",
            it ->
                it.gap()
                    .flatMap(Coverage.Gap::instrument)
                    .map(instrument -> instrument.symbol())
                    .orElse(""))
        .words("position", Line::id)
        .words("why", it -> it.gap().map(Coverage.Gap::text).orElse(""));
  }
}
