package org.positionmanager.starter.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.starter.migrate.OldSystemRows.LARGE;
import static org.positionmanager.starter.migrate.OldSystemRows.NOW;
import static org.positionmanager.starter.migrate.OldSystemRows.QCOM;
import static org.positionmanager.starter.migrate.OldSystemRows.TINY;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.positionmanager.activities.ledger.MigratedRow;
import org.positionmanager.worker.HeldAtBroker;
import org.positionmanager.workflows.value.Quantity;

/** What holds whatever the old tables have. */
class PlanningPropertiesTest {
  private static final List<String> SYMBOLS = List.of(QCOM, "DE");

  /** One row of whichever table; execution 0 for none. */
  record Any(
      int table, int execution, String account, String symbol, int quantity, String status) {}

  /** What is held of a symbol in both accounts. */
  record Held(int largeQcom, int largeDe, int tinyQcom, int tinyDe) {}

  @Provide
  Arbitrary<List<Any>> rows() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 5),
            Arbitraries.of("large", "large-100k", "tiny", "medium"),
            Arbitraries.of(SYMBOLS),
            Arbitraries.integers().between(-1, 12),
            Arbitraries.of("open", "closing", "closed", "lost"))
        .as(Any::new)
        .list()
        .ofMaxSize(30);
  }

  @Provide
  Arbitrary<Held> held() {
    Arbitrary<Integer> quantity = Arbitraries.integers().between(0, 25);
    return Combinators.combine(quantity, quantity, quantity, quantity).as(Held::new);
  }

  private static OldSystemRows given(List<Any> rows, Held held) {
    OldSystemRows given = new OldSystemRows();
    // ids are keys: an execution is there once
    rows.stream()
        .filter(row -> row.table() == 0 && row.execution() > 0)
        .collect(Collectors.toMap(Any::execution, row -> row, (one, other) -> one))
        .forEach(
            (id, row) ->
                given.execution(
                    id,
                    row.account(),
                    row.symbol(),
                    row.quantity(),
                    row.status().equals("lost") ? "SIMULATED" : "ALPACA_PAPER",
                    NOW.minusSeconds(row.status().equals("closing") ? 60 : 3_600L + id)));
    int number = 1;
    for (Any row : rows) {
      number++;
      if (row.table() == 1 || row.table() == 2) {
        given.position(
            number,
            row.execution(),
            row.account(),
            row.symbol(),
            "" + row.quantity(),
            row.status());
      } else if (row.table() == 3) {
        given.history(number, row.execution(), row.symbol(), row.quantity(), "7.8");
      }
    }
    add(given, held);
    return given;
  }

  private static void add(OldSystemRows given, Held held) {
    if (held.largeQcom() > 0) {
      given.held(LARGE, QCOM, held.largeQcom());
    }
    if (held.largeDe() > 0) {
      given.held(LARGE, "DE", held.largeDe());
    }
    if (held.tinyQcom() > 0) {
      given.held(TINY, QCOM, held.tinyQcom());
    }
    if (held.tinyDe() > 0) {
      given.held(TINY, "DE", held.tinyDe());
    }
  }

  @Property
  void neverMoreIsTakenThanIsHeldAndEachPositionOnce(
      @ForAll("rows") List<Any> rows, @ForAll("held") Held held) {
    OldSystemRows given = given(rows, held);
    MigrationPlan plan = given.plan();
    assertThat(plan.openings().stream().map(it -> it.position().id())).doesNotHaveDuplicates();
    Map<String, Quantity> taken =
        plan.openings().stream()
            .map(MigrationPlan.Opening::position)
            .collect(
                Collectors.toMap(
                    it -> it.id().account() + " " + it.id().instrument(),
                    it -> it.quantity(),
                    Quantity::plus));
    given
        .around()
        .held()
        .forEach(
            (account, answer) ->
                ((HeldAtBroker.Told) answer)
                    .holdings()
                    .forEach(
                        holding -> {
                          String key = account + " " + holding.instrument();
                          Quantity of = taken.getOrDefault(key, Quantity.ZERO);
                          assertThat(of).as(key).isLessThanOrEqualTo(holding.quantity());
                          taken.remove(key);
                        }));
    assertThat(taken).as("taken of what nobody holds").isEmpty();
  }

  @Property
  void eachRowGetsExactlyOneVerdict(@ForAll("rows") List<Any> rows, @ForAll("held") Held held) {
    OldSystemRows given = given(rows, held);
    MigrationPlan plan = given.plan();
    assertThat(plan.verdicts().keySet())
        .containsExactlyElementsOf(given.rows().stream().map(OldRow::key).toList());
    assertThat(plan.verdicts().values()).allMatch(it -> it.verdict() != null);
    List<MigratedRow.Key> openedBy =
        plan.openings().stream().map(MigrationPlan.Opening::row).toList();
    assertThat(openedBy)
        .allMatch(row -> plan.verdictOf(row) instanceof Verdict.Workflow, "is a workflow");
  }

  @Property
  void carriedOutTwiceIsTheSameAsOnce(@ForAll("rows") List<Any> rows, @ForAll("held") Held held) {
    OldSystemRows given = given(rows, held);
    given.after(given.plan());
    MigrationPlan second = given.plan();
    assertThat(second.openings()).isEmpty();
    assertThat(second.closings()).isEmpty();
  }
}
