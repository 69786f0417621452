package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.sync.Comparison;
import org.positionmanager.workflows.sync.EngineView;
import org.positionmanager.workflows.sync.Finding;
import org.positionmanager.workflows.sync.Look;
import org.positionmanager.workflows.sync.SyncRules;

/** What syncs make of any history of broker and ledger. */
class SyncPropertiesTest {
  private static final int HISTORIES = 5_000;
  private static final List<Instrument> INSTRUMENTS =
      List.of(
          Instrument.parse("DE"), Instrument.parse("BMY"), Instrument.parse("NOW260220P00110000"));
  private static final Instrument RENAMED = Instrument.parse("DEER");

  @Property(tries = HISTORIES, seed = "20261121")
  @Label(
      "incidents 7 and 21: after two syncs all agree, nothing held is unwatched, nothing is sold or booked twice")
  void afterTwoSyncsAllAgree(@ForAll long seed) {
    Random chance = new Random(seed);
    SyncWorld world = new SyncWorld();
    List<String> story = new ArrayList<>();
    int rounds = 1 + chance.nextInt(3);
    for (int round = 0; round < rounds; round++) {
      int steps = 1 + chance.nextInt(6);
      for (int step = 0; step < steps; step++) {
        story.add(something(world, chance));
        world.passes(Duration.ofSeconds(1 + chance.nextInt(60)));
      }
      if (chance.nextInt(4) == 0) {
        story.add("a sync while something happens: " + sync(world, chance, true, story));
      }
    }
    // a dispatcher's row has its minute
    world.passes(Duration.ofMinutes(2));
    int trades = world.tradesMade();
    story.add("sync: " + sync(world, chance, false, story));
    story.add("sync: " + sync(world, chance, false, story));
    for (Instrument instrument : world.instruments()) {
      assertThat(world.tracked(instrument))
          .as(
              "%s after%n%s%n%s",
              instrument, String.join("\n", story), String.join("\n", world.openPositions()))
          .isEqualByComparingTo(world.holding(instrument));
    }
    // an order that stood beside an open position is an orphan only once that is over
    assertThat(sync(world, chance, false, story))
        .as("a third sync after %s", story)
        .allMatch(Finding.OrphanOrder.class::isInstance);
    assertThat(sync(world, chance, false, story)).as("a fourth after %s", story).isEmpty();
    assertThat(world.bookedTwice()).as("booked twice after %s", story).isEmpty();
    assertThat(world.tradesMade()).as("orders that a sync sent").isEqualTo(trades);
  }

  /** Two looks, the second at least the broker's lag later, then what both found is put right. */
  private static List<Finding> sync(
      SyncWorld world, Random chance, boolean busy, List<String> story) {
    if (busy && chance.nextInt(4) == 0) {
      return List.of(); // a read fails: nothing is known, nothing is done
    }
    if (busy && chance.nextBoolean()) {
      world.lags(Duration.ofSeconds(chance.nextInt(10)));
    }
    Look first = Comparison.of(world.read(), SyncRules.SHIPPED);
    if (busy) {
      world.passes(Duration.ofSeconds(chance.nextInt(10)));
      String meanwhile = something(world, chance);
      story.add("meanwhile " + meanwhile);
      if (chance.nextBoolean()) {
        world.lags(Duration.ofSeconds(chance.nextInt(10)));
      }
    }
    world.passes(Look.BROKER_LAG);
    Look second = Comparison.of(world.read(), SyncRules.SHIPPED);
    List<Finding> believed = second.believed(first);
    believed.forEach(world::putRight);
    believed.forEach(world::putRight);
    world.passes(Duration.ofSeconds(1));
    return believed;
  }

  private static String something(SyncWorld world, Random chance) {
    Instrument drawn = INSTRUMENTS.get(chance.nextInt(INSTRUMENTS.size()));
    Instrument instrument = world.symbolNow(drawn);
    BigDecimal held = world.holding(instrument);
    BigDecimal part = BigDecimal.valueOf(1 + chance.nextInt(Math.max(1, held.abs().intValue())));
    List<org.positionmanager.workflows.identity.PositionId> open = world.open();
    int which = chance.nextInt(14);
    switch (which) {
      case 0, 1 -> {
        if (held.signum() >= 0) {
          return "opens " + world.opens(instrument, 10 * (1 + chance.nextInt(10)));
        }
      }
      case 2 -> {
        if (held.signum() >= 0) {
          world.buys(instrument, 10 * (1 + chance.nextInt(10)));
          return "buys " + instrument;
        }
      }
      case 3, 4 -> {
        if (held.signum() > 0) {
          world.sells(instrument, part);
          return "sells " + part + " " + instrument;
        }
      }
      case 5 -> {
        if (held.signum() > 0) {
          world.sells(instrument, held.add(part));
          return "sells " + held.add(part) + " " + instrument;
        }
        if (held.signum() < 0) {
          world.buysBack(instrument, part);
          return "buys back " + part + " " + instrument;
        }
      }
      case 6, 7 -> {
        if (!open.isEmpty()) {
          var id = open.get(chance.nextInt(open.size()));
          if (world.isHeld(id)) {
            boolean noticed = chance.nextBoolean();
            world.exits(id, noticed);
            return "exits " + id + (noticed ? "" : " unnoticed");
          }
        }
      }
      case 8 -> {
        if (!open.isEmpty()) {
          var id = open.get(chance.nextInt(open.size()));
          EngineView.Life life =
              EngineView.Life.values()[1 + chance.nextInt(EngineView.Life.values().length - 1)];
          if (world.isAsBought(id.instrument())) {
            world.workflowBecomes(id, life);
          }
          return "workflow of " + id + " " + life;
        }
      }
      case 9 -> {
        world.announcesLate();
        return "announces late";
      }
      case 10 -> {
        if (held.signum() > 0
            && !instrument.symbol().startsWith("NOW")
            && world.isAsBought(instrument)
            && world.isWhole(instrument)
            && world.isAnnounced(instrument)
            && world.tracked(instrument).compareTo(held) == 0) {
          world.splits(instrument, 2, 1);
          return "splits " + instrument;
        }
      }
      case 11 -> {
        if (held.signum() != 0 && instrument.symbol().startsWith("NOW")) {
          world.expires(instrument);
          return "expires " + instrument;
        }
      }
      case 12 -> {
        if (!world.closed().isEmpty()) {
          var id = world.closed().getFirst();
          world.leavesALeg(id);
          world.leavesAnArmedExit(id);
          return "leaves a leg and an armed exit of " + id;
        }
      }
      case 13 -> {
        Instrument from = INSTRUMENTS.getFirst();
        boolean agrees = world.tracked(from).compareTo(world.holding(from)) == 0;
        if (agrees
            && world.holding(from).signum() > 0
            && world.isWhole(from)
            && world.isAsBought(from)
            && world.isAnnounced(from)) {
          world.isRenamed(from, RENAMED);
          return "renames " + from;
        }
      }
      default -> throw new IllegalStateException();
    }
    return "nothing";
  }
}
