package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.plan.InstrumentKind.OPTION;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.plan.PlanBook;

/** What is wrong with a plan file is told all at once: line, field, what it is and the fix. */
class PlanFaultsTest {
  private PlansYaml yaml;

  @BeforeEach
  void inAFolderOfItsOwn(@TempDir Path folder) {
    yaml = new PlansYaml(folder);
  }

  @Test
  void allFaultsAreToldAtOnceEachWithItsLine() throws Exception {
    assertThat(
            yaml.faults(
                """
                plans:
                  options-day:
                    instrument: option
                    review-evry: 60s
                    quotes: {stale-after: 5, fallbacks: [last-trade, mid]}
                    exit: limit
                    rules:
                      expiry: {befor: 24h}
                      trailing-stop: {keep: 120%}
                      stp: -60%
                      theta-decay:
                        - {dte-at-most: 2, gain-below: 0%}
                        - {dte-at-most: 1, gain-below: 10%}
                  shares:
                    instrument: share
                    rules: {}
                choose:
                  - {account: lagre, strategy: daytrade, plan: option-day}
                  - {plan: shares, shadow: shares, symbol: now}
                """))
        .containsExactly(
            "4: plans.options-day.review-evry is unknown; did you mean"
                + " plans.options-day.review-every?",
            "5: plans.options-day.quotes.stale-after is the number 5; add the unit: 5m for minutes",
            "5: plans.options-day.quotes.fallbacks[1] is the text mid; use near-side or last-trade",
            "6: plans.options-day.exit is the text limit; write market, or {limit-then-market:"
                + " {concession: 25%, steps: 3, patience: 10s}}",
            "8: plans.options-day.rules.expiry.befor is unknown; did you mean"
                + " plans.options-day.rules.expiry.before?",
            "8: plans.options-day.rules.expiry.before is missing; give one such as 24h",
            "9: plans.options-day.rules.trailing-stop is refused, got 120%; keep must be above 0%"
                + " and at most 100%",
            "10: plans.options-day.rules.stp is unknown; did you mean"
                + " plans.options-day.rules.stop?",
            "11: plans.options-day.rules.theta-decay is refused, got 1 after 2; steps:"
                + " dte-at-most must grow from row to row",
            "15: plans.shares.instrument is the text share; use option or stock",
            "18: choose[0].plan is the text option-day, which is no plan of this file; did you"
                + " mean options-day?",
            "18: choose[0].account is the text lagre, which is no account of the configuration;"
                + " did you mean large?",
            "18: choose[0].strategy is the text daytrade; did you mean day_trade?",
            "19: choose[1].symbol is the text now; give a ticker such as NOW or a contract such as"
                + " NOW260220P00110000");
  }

  @Test
  void aFaultKnowsItsColumnToo() throws Exception {
    assertThat(yaml.all("plans: {}\nchoose:\n  - {plan: a, shadwo: b}\n"))
        .filteredOn(it -> it.field().equals("choose[0].shadwo"))
        .singleElement()
        .satisfies(it -> assertThat(it.place()).contains(new Fault.Place(3, 15)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stop: -60 | stop.at is the number -60; write -60% for a gain in percent, \"-2 atr\" for"
            + " average true ranges, or {price: 4.50}",
        "stop: 60% | stop.at lies above the entry; a stop is a loss: write it with a minus, such"
            + " as -60%",
        "stop: 0% | stop.at lies at the entry; a stop is a loss: write it with a minus, such as"
            + " -60%",
        "target: -80% | target.at lies below the entry; a target is a gain: write it without a"
            + " minus, such as 80%",
        "target: -3 atr | target.at lies below the entry; a target is a gain: write it without a"
            + " minus, such as 80%",
        "target: {atr: 0} | target.at.atr is 0; give some, such as -2 or 3, and at most 1000",
        "target: {atr: 1E+99} | target.at.atr is 1E+99; give some, such as -2 or 3, and at most"
            + " 1000",
        "target: {price: 0.00} | target.at.price is 0; give a price above zero",
        "stop: -2 atr(0) | stop.at is made of 0 days; give 1 to 250",
        "stop: stored | stop.at is the text stored; say what counts where the row has none:"
            + " {stored-else: -2%}",
        "stop: {at: -60%, stored-else: -2%} | stop.stored-else stands beside at; keep one of them:"
            + " stored-else for the row's value where it has one",
        "stop: {price: 1, gain: -5%} | stop.at names price or gain; keep one of them",
        "stop: {price: -1} | stop.at.price is the number -1; write a number such as 4.50",
        "stop: | stop is empty; give a value, or remove it",
        "expiry: 24 | expiry.before is the number 24; add the unit: 24h for hours",
        "expiry: 1440 | expiry.before is the number 1440; add the unit: 1440m for minutes",
        "max-hold: 240 | max-hold.longest is the number 240; add the unit: 240m for minutes",
        "max-hold: 6 | max-hold.longest is the number 6; add the unit: 6h for hours",
        "min-hold: 30m | min-hold is unknown; did you mean"
            + " plans.options.rules.catastrophic-stop.minimum-hold?",
        "minimum-hold: 30m | minimum-hold is unknown; did you mean"
            + " plans.options.rules.catastrophic-stop.minimum-hold?",
        "maximum-hold: 30m | maximum-hold is unknown; did you mean plans.options.rules.max-hold?",
        "activation: 30% | activation is unknown; use catastrophic-stop, expiry, expiry-cut-off,"
            + " assignment-guard, day-trade-close, graded-close, overnight-check, max-hold, stop,"
            + " underlying-stop, break-even, trailing-stop, trailing-percent, trailing-amount,"
            + " trailing-ladder, theta-decay, time-stop, target, shrinking-target, dte-ladder,"
            + " partial-exit or roll-proposal",
        "expiry: one day | expiry.before is the text one day; write a time with its unit, such as"
            + " 90s, 30m or 4h",
        "max-hold: 0m | max-hold is refused, got 0m; it must be above zero",
        "graded-close: [{before-close: 30m}, {before-close: 1h30m}] | graded-close is refused, got"
            + " 1h30m after 30m; stages: before-close must fall from row to row",
        "trailing-stop: 75 | trailing-stop.keep is the number 75; add the sign: 75%",
        "expiry-cut-off: {days-before: 0, at: 25:00} | expiry-cut-off.at is the text 25:00; write a"
            + " time of day in New York, such as 15:00",
        "expiry-cut-off: {days-before: 0, at: 9:30} | expiry-cut-off.at is the text 9:30; write it"
            + " as 09:30",
        "expiry-cut-off: {days-before: 0.5, at: 15:00} | expiry-cut-off.days-before is the number"
            + " 0.5; give a whole number from 0 to 3650, without quotes",
        "break-even: {activation: 10%, keep: 10%} | break-even is refused, got 10%; activation must"
            + " be above keep 10%",
        "graded-close: {} | graded-close.stages is missing; give a list of {before-close: ...,"
            + " gain-below: ...}",
        "graded-close: 30m | graded-close.stages is the text 30m; give a list of {before-close:"
            + " ..., gain-below: ...}",
        "partial-exit: [{gain: 50%, share: 60%}, {gain: 75%, share: 50%}] | partial-exit is"
            + " refused, got 110%; stages: shares must be at most 100% together",
        "partial-exit: [{gain: 50%, share: 0%}] | partial-exit.stages[0] is refused, got 0%; share"
            + " must be above 0% and at most 100%",
        "target: {at: 80%, confirm: {quotes: 1}} | target.confirm.quotes is the number 1; give a"
            + " whole number from 2 to 1000, without quotes",
        "target: {at: 80%, confirm: {}} | target.confirm names neither quotes nor lasting; give one"
            + " of them: {quotes: 2} or {lasting: 30s}",
        "target: {at: 80%, confirm: {lasting: 0s}} | target.confirm.lasting is no time at all; give"
            + " a time above zero, such as 30s",
        "expiry: {before: 24h, confirm: {quotes: 2}} | expiry.confirm is unknown; use before",
        "underlying-stop: 395 | underlying-stop.at is the number 395; write stored for the row's"
            + " level of the underlying, or {price: 395}",
      })
  void aRuleThatCannotBeIsRefusedWithTheFix(String written, String fault) throws Exception {
    assertThat(yaml.ruleFaults(OPTION, written)).containsExactly(fault);
  }

  @Test
  void aRuleOutsideRulesIsToldWhereItBelongs() throws Exception {
    assertThat(
            yaml.faults(
                """
                plans:
                  a: {instrument: option, stop: -60%, rules: {target: 80%}}
                  b: {instrument: stock, rules: {stop: -2%}}
                choose: [{plan: a}, {plan: b}]
                """))
        .containsExactly("2: plans.a.stop is unknown; did you mean plans.a.rules.stop?");
  }

  @Test
  void aRuleGivenTwiceIsRefusedAtTheSecond() throws Exception {
    assertThat(yaml.faults(PlansYaml.with(OPTION, "stop: -60%\nstop: -50%")))
        .containsExactly("6: plans.options.rules.stop is given twice; keep one of them");
  }

  @ParameterizedTest
  @DisplayName("what is not YAML is told with the line to look at, the cause and the fix")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "plans:~<TAB>a: 1                | 2: is indented by a tab; use spaces",
        "plans:~  a:~    b: 1~<TAB>c: 2  | 4: is indented by a tab; use spaces",
        "plans:~  a: {instrument: option~choose: [] | 2: opens a { that is not closed; close it"
            + " with }",
        "plans:~  a: [1, 2~  b: 2        | 2: opens a [ that is not closed; close it with ]",
        "plans:~  a: \"abc~  b: 2        | 2: opens a quote that is not closed; close it",
        "plans:~  a: x: 1                | 2: has a second colon in one value; put the value in"
            + " quotes",
        "plans:~  a: 1~   b: 2           | 3: is indented below a line that has a value already;"
            + " indent it as its neighbours",
        "plans:~  a: 1~ b: 2             | 3: does not stand below the lines that it belongs to;"
            + " indent it as its neighbours, each - of a list alike",
        "plans:~  - a~  b: 1             | 3: does not stand below the lines that it belongs to;"
            + " indent it as its neighbours, each - of a list alike",
        "plans:~  a: 1~  b~  c: 2        | 3: has no colon behind its key; write key: value",
        "plans:~  a: @foo                | 2: has a value that begins with @; put the value in"
            + " quotes",
        "plans:~  a: `x`                 | 2: has a value that begins with `; put the value in"
            + " quotes",
        "plans:~  a: 'it's'              | 2: goes on behind a value that has ended; put all of it"
            + " in one pair of quotes; a quote in it is doubled",
        "plans: {a: 1}}                  | 1: has a } too many; remove it",
        "plans: }                        | 1: has a } too many; remove it",
        "plans: - b                      | 1: begins a list behind a key; begin it in a line of its"
            + " own, or write it as [a, b]",
        "plans:~  a: \"\\q\"             | 2: has \\q in double quotes, which YAML does not know;"
            + " use single quotes",
        "plans:~  a: <BEL>               | 2: has a character that no text has, U+0007; remove it",
      })
  void whatIsNotYamlIsTold(String text, String fault) throws Exception {
    String yamlText = text.replace('~', '\n').replace("<TAB>", "\t").replace("<BEL>", "\u0007");
    assertThat(yaml.faults(yamlText + "\n")).containsExactly(fault);
  }

  @Test
  @DisplayName("a file that is not there is told as that")
  void aFileThatIsNotThere(@TempDir Path folder) {
    assertThatThrownBy(() -> PlanFile.read(folder.resolve("nope.yaml")))
        .hasMessage(
            folder
                + "/nope.yaml: does not exist; give the plan file with plans: FILE or --plans"
                + " FILE");
  }

  @Test
  void anEmptyFileAndOneWithoutPlansSayHowToBegin() throws Exception {
    assertThat(yaml.all("# nothing\n"))
        .singleElement()
        .satisfies(
            it -> assertThat(it.fix()).isEqualTo("begin with what `pm plan defaults` prints"));
    assertThat(yaml.faults("choose: []\n"))
        .containsExactly(
            " plans is missing; name at least one plan; begin with what `pm plan defaults` prints",
            "1: choose is an empty list; list which positions each plan is for, such as -"
                + " {strategy: day_trade, plan: NAME}");
  }

  @Test
  void aPlanWithoutRulesIsRefused() throws Exception {
    assertThat(
            yaml.faults(
                """
                plans:
                  a: {instrument: option}
                  b: {instrument: stock, rules: {}}
                choose: [{plan: a}, {plan: b}]
                """))
        .containsExactly(
            "2: plans.a.rules is missing; give at least one rule, such as stop: -60%",
            "3: plans.b.rules is an empty section; give at least one rule, such as stop: -60%");
  }

  @Test
  void positionsWithoutAPlanAreNamed() throws Exception {
    assertThat(
            yaml.faults(
                """
                plans:
                  a: {instrument: option, rules: {stop: -60%}}
                  b: {instrument: stock, rules: {stop: -2%}}
                choose:
                  - {strategy: [day_trade, swing_trade], plan: a}
                  - {account: tiny, plan: a}
                  - {plan: b}
                """))
        .containsExactly(
            "4: choose leaves options of conservative or stock without a plan; end the list with a"
                + " choice for every option: - {plan: a}");
  }

  @Test
  void aChoiceThatIsNeverReachedIsRefused() throws Exception {
    assertThat(
            yaml.faults(
                """
                plans:
                  a: {instrument: option, rules: {stop: -60%}}
                  b: {instrument: stock, rules: {stop: -2%}}
                choose:
                  - {plan: a}
                  - {plan: b}
                  - {account: tiny, plan: a}
                """))
        .containsExactly(
            "7: choose[2] is never reached: line 5 has all of its positions; put it above that"
                + " one, or remove it");
  }

  @Test
  void choicesOfAnotherKindOfInstrumentAndShadowsOfThemselvesAreRefused() throws Exception {
    assertThat(
            yaml.faults(
                """
                plans:
                  a: {instrument: option, rules: {stop: -60%}}
                  b: {instrument: stock, rules: {stop: -2%}}
                choose:
                  - {instrument: stock, plan: a}
                  - {plan: a, shadow: b}
                  - {plan: b, shadow: b}
                """))
        .containsExactly(
            "5: choose[0].instrument is for stocks, and plan a for options; choose plans for the"
                + " same kind of instrument",
            "6: choose[1].shadow is for stocks, and plan a for options; choose plans for the same"
                + " kind of instrument",
            "7: choose[2].shadow is the plan itself; name another, or remove it");
  }

  @Test
  void anAliasMeansItsAccount() throws Exception {
    PlanBook book =
        yaml.read(
            """
            plans:
              a: {instrument: option, rules: {stop: -60%}}
              b: {instrument: stock, rules: {stop: -2%}}
            choose:
              - {account: [large-100k, tiny], symbol: NOW, plan: a}
              - {plan: a}
              - {plan: b}
            """);
    assertThat(book.choices().getFirst().accounts())
        .isEqualTo(Set.of(new AccountName("large"), new AccountName("tiny")));
    assertThat(book.choices().getFirst().where()).isEqualTo("line 5");
  }
}
