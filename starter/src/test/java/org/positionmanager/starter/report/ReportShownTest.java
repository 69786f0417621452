package org.positionmanager.starter.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.starter.PmRun;
import org.positionmanager.workflows.json.Payloads;

/** The report as people and machines read it. */
class ReportShownTest {
  private static final Path NOWHERE = Path.of("target", "no-desk-here");
  private static final Pattern LOADED =
      Pattern.compile("(?:src|href|url\\(|@import)\\s*=?\\s*[\"']?([^\"'>\\s]{0,40})");

  private final DayReport report = Days.report(Days.full());

  @Test
  void theTextFitsATerminalOf100Columns() {
    String text = ReportText.of(report);
    assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    assertThat(text)
        .contains(
            "report of 2026-02-11",
            "account large",
            "100,000.00 -> 101,509.75 (+1,509.75)",
            "realised       1,554.50",
            "1,234.50, without 1 position of unknown risk",
            "trailing stop",
            "66.67%",
            "unknown",
            "open still",
            "losing-streak");
  }

  @Test
  void anEmptyDaySaysSo() {
    assertThat(ReportText.of(Days.report(Days.with(List.of(), List.of()))))
        .contains("account large: nothing happened, no snapshot was taken");
    assertThat(ReportPage.of(Days.report(Days.with(List.of(), List.of()))))
        .contains("nothing happened, no snapshot was taken")
        .doesNotContain("<img");
    assertThat(ReportText.of(new DayReport(Days.WEDNESDAY, Days.AFTERNOON, List.of())))
        .contains("no accounts");
  }

  @Test
  void withoutASnapshotEquityIsUnknownAndNotZero() {
    String text = ReportText.of(Days.report(Days.with(List.of(), Days.full().closed())));
    assertThat(text).contains("equity         unknown").doesNotContain("cash");
  }

  @Test
  @DisplayName("the page needs nothing else: what it loads is in it")
  void thePageNeedsNothingElse() throws IOException {
    String page = ReportPage.of(report);
    List<String> loaded = LOADED.matcher(page).results().map(found -> found.group(1)).toList();
    assertThat(loaded).hasSize(3).allMatch(it -> it.startsWith("data:image/png;base64,"));
    assertThat(page).doesNotContain("<script", "http:", "https:", "<link");
    var pictures =
        Pattern.compile("base64,([A-Za-z0-9+/=]+)\"")
            .matcher(page)
            .results()
            .map(found -> Base64.getDecoder().decode(found.group(1)))
            .toList();
    assertThat(pictures).hasSize(3);
    for (byte[] picture : pictures) {
      assertThat(ImageIO.read(new ByteArrayInputStream(picture)).getWidth()).isEqualTo(1920);
    }
  }

  @Test
  void whatOthersWroteIsTextInThePageAndNeverMarkup() {
    assertThat(ReportPage.of(report))
        .contains("&lt;b&gt;1234.56 USD&lt;/b&gt;")
        .doesNotContain("<b>");
  }

  @Test
  void theDocumentForMachinesHasAllOfIt() throws IOException {
    JsonNode read = Payloads.mapper().readTree(Payloads.mapper().writeValueAsString(report));
    assertThat(read.path("period").path("from").asText()).isEqualTo("2026-02-11");
    JsonNode account = read.path("accounts").get(0);
    assertThat(account.path("account").asText()).isEqualTo("large");
    assertThat(account.path("realised").asText()).isEqualTo("1554.5 USD");
    assertThat(account.path("byReason").get(1).path("of").asText()).isEqualTo("TRAILING_STOP");
    assertThat(account.path("closed").get(0).path("best").path("percent").asText())
        .startsWith("66.66");
    assertThat(account.path("closed").get(1).has("worst")).as("unknown, so absent").isFalse();
    assertThat(account.path("nights").get(0).path("gap").asText()).isEqualTo("-500 USD");
    assertThat(account.path("last").path("risk").path("unknown").asInt()).isOne();
    assertThat(account.path("open").get(0).path("risk").asText()).isEqualTo("22.8 USD");
  }

  private static PmRun run(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "report";
    arguments[1] = "--data";
    arguments[2] = NOWHERE.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return PmRun.of(arguments);
  }

  @Test
  void whatCannotBeMeantNamesTheOptionAndTheFix() {
    PmRun both = run("--date", "2026-02-11", "--from", "2026-02-10");
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("--date is one day, --from and --to are several");
    PmRun half = run("--to", "2026-02-10");
    assertThat(half.exitCode()).isEqualTo(2);
    assertThat(half.err()).contains("--from is missing");
    PmRun forms = run("--json", "--html", "x.html");
    assertThat(forms.exitCode()).isEqualTo(2);
    assertThat(forms.err()).contains("--json", "--html", "mutually exclusive");
    PmRun odd = run("--date", "11.2.2026");
    assertThat(odd.exitCode()).isEqualTo(2);
    assertThat(odd.err()).contains("--date: '11.2.2026' is no date; write it as 2026-02-11");
    PmRun nobody = run("--date", "2026-02-11");
    assertThat(nobody.exitCode()).isEqualTo(3);
    assertThat(nobody.err()).contains("no ledger is configured");
  }
}
