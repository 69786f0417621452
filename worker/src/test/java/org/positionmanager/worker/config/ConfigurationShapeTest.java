package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.worker.config.PmYaml.GOOD;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words, numbers, lists and sections are each only taken where they belong. */
class ConfigurationShapeTest {
  private PmYaml yaml;

  @BeforeEach
  void inAFolderOfItsOwn(@TempDir Path folder) {
    yaml = new PmYaml(folder);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "'yes', the text yes",
        "yes, the text yes",
        "'true', the text true",
        "1, the number 1",
        "[true], a list",
        "{a: 1}, a section",
      })
  void liveIsTrueOrFalseAndNothingElse(String written, String found) throws Exception {
    assertThat(yaml.faults(GOOD + "    live: " + written + "\n"))
        .containsExactly("accounts[0].live is " + found + "; write true or false");
  }

  @ParameterizedTest
  @CsvSource({
    "abc, the text abc",
    "'\"8080\"', the text 8080",
    "80.5, the number 80.5",
    "-1, the number -1",
    "65536, the number 65536",
    "99999999999, the number 99999999999",
    "true, true",
  })
  void aPortIsAWholeNumberInItsRange(String written, String found) throws Exception {
    assertThat(yaml.faults(GOOD + "http: {port: " + written + "}\n"))
        .containsExactly(
            "http.port is "
                + found
                + "; give a whole number from 0 (any free port) to 65535, without quotes");
  }

  @ParameterizedTest
  @CsvSource({"many, the text many", "-5, the number -5", "10001, the number 10001"})
  void aRateLimitIsAWholeNumberInItsRange(String written, String found) throws Exception {
    assertThat(yaml.faults(GOOD + "broker: {requestsPerMinute: " + written + "}\n"))
        .containsExactly(
            "broker.requestsPerMinute is "
                + found
                + "; give a whole number from 1 to 10000 (200 is Alpaca's limit), without quotes");
  }

  @Test
  void noRateLimitIsForASimulatorOnly() throws Exception {
    String unlimited = GOOD + "broker: {requestsPerMinute: 0";
    assertThat(yaml.faults(unlimited + "}\n"))
        .containsExactly(
            "broker.requestsPerMinute is 0 (no limit), which only a simulator grants; give a whole"
                + " number from 1 to 10000 (200 is Alpaca's limit), without quotes");
    assertThat(yaml.read(unlimited + ", url: 'http://127.0.0.1:1'}\n").broker().requestsPerMinute())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "broker: [a]      | broker is a list; give settings by name: url, tradingUrl, dataUrl,"
            + " stockFeed, optionFeed, requestsPerMinute, streams",
        "broker: fast     | broker is the text fast; give settings by name: url, tradingUrl,"
            + " dataUrl, stockFeed, optionFeed, requestsPerMinute, streams",
        "http: 8080       | http is the number 8080; give settings by name: host, port",
        "broker:          | broker is empty; give settings by name, or remove it",
        "http: {port: }   | http.port is empty; give a value, or remove it",
        "http: {port: ~}  | http.port is empty; give a value, or remove it",
        "broker: {stockFeed: ''} | broker.stockFeed is empty; give a value, or remove it",
      })
  void aSectionOfTheWrongShapeIsRefused(String line, String fault) throws Exception {
    assertThat(yaml.faults(GOOD + line + "\n")).containsExactly(fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "accounts: {name: large} | is a section",
        "accounts: large         | is the text large",
        "accounts:               | is empty",
        "accounts: []            | is an empty list",
        "http: {port: 1}         | is missing",
      })
  void accountsAreAListThatHoldsSome(String text, String found) throws Exception {
    assertThat(yaml.faults(text + "\n"))
        .containsExactly(
            "accounts " + found + "; list at least one account, each beginning with \"- name:\"");
  }

  @ParameterizedTest
  @CsvSource({"large, the text large", "[], an empty list", "~, empty", "7, the number 7"})
  void anAccountIsASection(String written, String found) throws Exception {
    assertThat(yaml.faults("accounts: [" + written + "]\n"))
        .containsExactly(
            "accounts[0] is "
                + found
                + "; give settings by name: name, aliases, brokerAccountNumber, live, credentials,"
                + " marketData, limits, killSwitch, tier");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "requestsPerMinute: .nan, requestsPerMinute is the text .nan",
        "requestsPerMinute: .inf, requestsPerMinute is the text .inf",
        "requestsPerMinute: 1e999999999, requestsPerMinute is the number 1e999999999",
        "requestsPerMinute: 1e-400, requestsPerMinute is the number 1e-400",
      })
  void aNumberBeyondAllRangesIsRefused(String setting, String fault) throws Exception {
    assertThat(yaml.faults(GOOD + "broker: {" + setting + "}\n"))
        .singleElement()
        .asString()
        .startsWith("broker." + fault + "; ");
  }

  @Test
  void oneMistakeDoesNotMakeTheRestOfTheFileWrong() throws Exception {
    String text =
        GOOD.replace("[large-100k]", "[7, large]")
            + "broker: {tradingUrl: 'https://api.alpaca.markets'}\n";
    assertThat(yaml.faults(text))
        .containsExactly("accounts[0].aliases[0] is the number 7; put it in quotes");
    assertThat(yaml.faults(GOOD + "broker: {url: 'http:/x', requestsPerMinute: 0}\n"))
        .singleElement()
        .asString()
        .startsWith("broker.url ");
  }

  @Test
  void textThatYamlReadsAsANumberHasToBeQuoted() throws Exception {
    for (String number : List.of("123456789", "01234567", "12e5", "1_000", "0x1F")) {
      assertThat(yaml.faults(GOOD.replace("PA1", number)))
          .containsExactly(
              "accounts[0].brokerAccountNumber is the number " + number + "; put it in quotes");
    }
    assertThat(
            yaml.read(GOOD.replace("PA1", "'01234567'"))
                .accounts()
                .getFirst()
                .brokerAccountNumber())
        .isEqualTo("01234567");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "large-100k | is the text large-100k; write a list such as [large-100k]",
        "           | is empty; give a value, or remove it",
        "{a: b}     | is a section; write a list such as [large-100k]",
      })
  void aliasesAreAList(String written, String fault) throws Exception {
    String text = GOOD.replace("[large-100k]", written == null ? "" : written);
    assertThat(yaml.faults(text)).containsExactly("accounts[0].aliases " + fault);
  }

  @ParameterizedTest
  @CsvSource({
    "7, the number 7; put it in quotes",
    "~, empty; give a value",
    "[a], a list; give text"
  })
  void anAliasIsText(String written, String fault) throws Exception {
    assertThat(yaml.faults(GOOD.replace("[large-100k]", "[" + written + "]")))
        .containsExactly("accounts[0].aliases[0] is " + fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "brokr: {url: a}            | brokr is unknown; did you mean broker?",
        "http: {prot: 1}            | http.prot is unknown; did you mean http.port?",
        "http: {Port: 1}            | http.Port is unknown; did you mean http.port?",
        "broker: {stock_feed: iex}  | broker.stock_feed is unknown; did you mean broker.stockFeed?",
        "port: 8080                 | port is unknown; did you mean http.port?",
        "http: {stockFeed: sip}     | http.stockFeed is unknown; did you mean broker.stockFeed?",
        "webhook: here              | webhook is unknown; use accounts, accountDefaults, broker, plans, watch, sync, http or alerts",
      })
  void anUnknownKeySuggestsTheNearest(String line, String fault) throws Exception {
    assertThat(yaml.faults(GOOD + line + "\n")).containsExactly(fault);
  }

  @Test
  void anUnknownKeyInsideAnAccountSaysWhichAccount() throws Exception {
    assertThat(yaml.faults(GOOD + "    brokerAcountNumber: PA1\n"))
        .containsExactly(
            "accounts[0].brokerAcountNumber is unknown; did you mean"
                + " accounts[0].brokerAccountNumber?");
  }

  @Test
  void aKeyGivenTwiceIsRefusedWhereverItIs() throws Exception {
    String twice =
        GOOD
            + """
                live: false
                live: true
            http: {port: 1, port: 2}
            http: {port: 3}
            """;
    assertThat(yaml.faults(twice))
        .containsExactly(
            "accounts[0].live is given twice; keep one of them",
            "http.port is given twice; keep one of them",
            "http is given twice; keep one of them");
  }

  @Test
  void whatYamlCanRepeatByReferenceIsWrittenOut() throws Exception {
    String reference =
        """
        accounts:
          - {name: &name large, brokerAccountNumber: *name,
             credentials: {keyEnv: KEY, secretEnv: SECRET}}
        """;
    assertThat(yaml.faults(reference))
        .containsExactly("accounts[0].brokerAccountNumber is the reference *name; write it out");
  }

  @Test
  void aSecondDocumentIsRefused() throws Exception {
    assertThat(yaml.faults(GOOD + "---\n" + GOOD))
        .containsExactly("holds a second document; keep one, without a line ---");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''      | is empty; list accounts",
        "'# none'| is empty; list accounts",
        "- a     | is a list; give settings by name: accounts, accountDefaults, broker, plans, watch, sync, http, alerts",
        "hello   | is the text hello; give settings by name: accounts, accountDefaults, broker, plans, watch, sync, http, alerts",
      })
  void aFileWithoutSettingsIsRefused(String text, String fault) throws Exception {
    assertThat(yaml.faults(text + "\n")).containsExactly(fault);
  }

  @Test
  void brokenYamlSaysInWhichLine() throws Exception {
    assertThat(yaml.faults("accounts:\n  - name: [large\nhttp: {\n"))
        .containsExactly("line 2 opens a [ that is not closed; close it with ]");
  }

  @Test
  void faultsOfEveryPartAreReportedTogetherInTheirOrder() throws Exception {
    String text =
        GOOD.replace("PA1", "1")
            + """
                live: maybe
            broker: {stokFeed: sip, optionFeed: 7}
            http: []
            """;
    assertThat(yaml.faults(text))
        .containsExactly(
            "accounts[0].brokerAccountNumber is the number 1; put it in quotes",
            "accounts[0].live is the text maybe; write true or false",
            "broker.stokFeed is unknown; did you mean broker.stockFeed?",
            "broker.optionFeed is the number 7; put it in quotes",
            "http is an empty list; give settings by name: host, port");
  }

  @Test
  void aLongOrBrokenValueIsShownOnOneShortLine() throws Exception {
    String text = GOOD + "    live: \"" + "x".repeat(30) + "\\n" + "y".repeat(60) + "\"\n";
    assertThat(yaml.faults(text))
        .containsExactly(
            "accounts[0].live is the text " + "x".repeat(30) + " yyyyyyyyy…; write true or false");
  }
}
