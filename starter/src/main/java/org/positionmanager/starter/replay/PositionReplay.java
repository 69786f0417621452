package org.positionmanager.starter.replay;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.PositionQuotes;
import org.positionmanager.activities.ledger.PositionRecord;
import org.positionmanager.activities.ledger.PositionRecords;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.starter.command.PositionLookup;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.PlanBook;
import org.positionmanager.workflows.replay.EntryWish;
import org.positionmanager.workflows.replay.FillAt;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.replay.Sessions;
import org.positionmanager.workflows.rules.Basis;

/** Replays the quotes that a position was judged by. */
record PositionReplay(Connections connections, PlanBook book, FillAt fill, BesideOptions options) {
  /** What the plan in force last is called. */
  static final String RECORDED = "recorded";

  /**
   * Reads the ledger.
   *
   * @throws CommandException where the position is not known, was never open, or has no quotes
   */
  ReplayReport of(String id, List<String> plans) throws IOException {
    PositionId position = PositionLookup.find(connections, id);
    try (LedgerDatabase ledger = connections.ledger()) {
      PositionRecord record =
          new PositionRecords(ledger)
              .find(position)
              .orElseThrow(
                  () ->
                      CommandException.badInput(
                          "--position: no position %s is known; see `pm positions --all`"
                              .formatted(position)));
      return of(record, new PositionQuotes(ledger).of(position), plans);
    }
  }

  ReplayReport of(PositionRecord record, List<KeptQuote> quotes, List<String> plans)
      throws IOException {
    Basis basis =
        record
            .basis()
            .orElseThrow(
                () -> CommandException.refused(record.id() + " has not been opened", null));
    if (quotes.isEmpty()) {
      throw CommandException.refused("the ledger has no quotes of " + record.id(), null);
    }
    NamedPlans shipped = new BookPlans(book, record.id().account());
    NamedPlans choice =
        record.plan().map(plan -> NamedPlans.of(RECORDED, plan).and(shipped)).orElse(shipped);
    EntryWish wish =
        new EntryWish(
            basis.instrument(),
            basis.direction(),
            basis.opened(),
            Optional.of(basis.entry()),
            Optional.of(basis.filledAt()));
    Sessions sessions = Sessions.ofNyse().remembered();
    try (Besides besides = options.open(basis.instrument(), basis.direction(), sessions)) {
      ReplayRun run =
          new ReplayRun(wish, record.strategy(), choice, plans, fill, sessions, besides);
      quotes.forEach(kept -> run.see(kept.seen()));
      besides.finish();
      return new ReplayReport(
          "%s: %d recorded quotes".formatted(record.id(), quotes.size()),
          run.opening().orElseThrow(),
          Optional.of(really(record)),
          run.outcomes(),
          run.track());
    }
  }

  private static String really(PositionRecord record) {
    return "really: %s%s%s, realised %s"
        .formatted(
            record.phase(),
            record.reason().map(reason -> " " + reason).orElse(""),
            record.averageExit().map(price -> " at " + price).orElse(""),
            record.realised());
  }
}
