package org.positionmanager.starter.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.CoverageReader;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.Connections;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.sync.Coverage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
      "",
      "Exit codes: 0 everything is covered; 1 something is not; 2 bad input;",
      "3 the ledger does not answer."
    })
public final class CoverageCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Option(
      names = "--account",
      paramLabel = "ACCOUNT",
      description = "Name or alias (default: every active account).")
  private String account;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

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
    List<Coverage> proofs;
    try (LedgerDatabase ledger = connections.ledger()) {
      List<AccountName> meant = AccountChoice.of(ledger, Optional.ofNullable(account), "--account");
      proofs =
          new CoverageReader(ledger)
              .all().stream().filter(proof -> meant.contains(proof.account())).toList();
    }
    boolean covered = proofs.stream().allMatch(Coverage::isComplete);
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("covered", covered);
      answer.put("accounts", proofs);
      System.out.println(Payloads.mapper().writeValueAsString(answer));
    } else if (proofs.isEmpty()) {
      System.out.println("no accounts; a worker registers those of its configuration");
    } else {
      System.out.println(table().of(lines(proofs)));
    }
    return covered ? 0 : 1;
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
