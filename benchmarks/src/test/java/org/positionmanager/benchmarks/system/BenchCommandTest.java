package org.positionmanager.benchmarks.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.starter.PmCommand;
import picocli.CommandLine;

class BenchCommandTest {
  private static String refusal(String... arguments) {
    StringWriter said = new StringWriter();
    CommandLine line = new CommandLine(new BenchCommand()).setErr(new PrintWriter(said));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    assertThat(line.execute(arguments)).isEqualTo(2);
    return said.toString();
  }

  @Test
  @DisplayName("pm finds it")
  void isACommand() {
    assertThat(ServiceLoader.load(PmCommand.class))
        .anySatisfy(it -> assertThat(it.command()).isInstanceOf(BenchCommand.class));
  }

  @Test
  @DisplayName("bad usage starts nothing, and names the option and what fits")
  void refuses() {
    assertThat(refusal("--positions", "0")).contains("--positions must be from 1 to 20000, not 0");
    assertThat(refusal("--only", "breaches")).contains("--only").contains("breaches");
    assertThat(refusal("--soak", "-5m")).contains("--soak").contains("write one such as 30m");
  }

  @ParameterizedTest
  @CsvSource({"30m, PT30M", "90s, PT90S", "1h30m, PT1H30M", "PT45S, PT45S"})
  void readsTimes(String written, Duration meant) {
    assertThat(new TimeReader().convert(written)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({"30", "0s", "soon", "-30m"})
  void refusesOtherTimes(String written) {
    assertThatThrownBy(() -> new TimeReader().convert(written))
        .hasMessage("'" + written + "' is no time above zero; write one such as 30m, 90s or 1h30m");
  }

  @Test
  @DisplayName("the help names every part that --only takes")
  void listsParts() {
    String help = new CommandLine(new BenchCommand()).getUsageMessage();
    for (Part part : Part.values()) {
      assertThat(help).contains(part.word());
    }
  }
}
