package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.identity.AccountName;

/** Where streams are, and what their settings refuse. */
class StreamSettingsTest {
  private static AlpacaSettings settings(boolean live, Optional<URI> rest, StreamSettings streams) {
    return new AlpacaSettings(
        new AccountName("tiny"),
        "key-id",
        new ApiSecret("top-secret"),
        live,
        rest,
        rest,
        "iex",
        "indicative",
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        200,
        streams);
  }

  private static StreamSettings at(Optional<URI> base) {
    StreamSettings usual = StreamSettings.DEFAULT;
    return new StreamSettings(
        base,
        usual.pingEach(),
        usual.answerWithin(),
        usual.silentAfter(),
        usual.lookEach(),
        usual.firstRetry(),
        usual.longestRetry(),
        usual.refusedRetry());
  }

  @Test
  @DisplayName("paper and live accounts have their own trading stream, data is one for both")
  void alpacasHosts() {
    AlpacaSettings paper = settings(false, Optional.empty(), StreamSettings.DEFAULT);
    AlpacaSettings live = settings(true, Optional.empty(), StreamSettings.DEFAULT);
    assertThat(paper.tradingStreamUrl()).isEqualTo("wss://paper-api.alpaca.markets/stream");
    assertThat(live.tradingStreamUrl()).isEqualTo("wss://api.alpaca.markets/stream");
    assertThat(live.dataStreamUrl("/v2/sip")).isEqualTo("wss://stream.data.alpaca.markets/v2/sip");
  }

  @Test
  @DisplayName("streams are at the host that replaces Alpaca's, or at one of their own")
  void replacedHosts() {
    Optional<URI> rest = Optional.of(URI.create("http://127.0.0.1:8999/"));
    assertThat(settings(true, rest, StreamSettings.DEFAULT).tradingStreamUrl())
        .isEqualTo("http://127.0.0.1:8999/stream");
    Optional<URI> own = Optional.of(URI.create("ws://127.0.0.1:9000"));
    assertThat(settings(false, rest, at(own)).dataStreamUrl("/v1beta1/indicative"))
        .isEqualTo("ws://127.0.0.1:9000/v1beta1/indicative");
  }

  @Test
  @DisplayName("a duration that makes no sense is refused by its name")
  void refusesNonsense() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(
            () ->
                new StreamSettings(
                    Optional.empty(),
                    second,
                    second,
                    Duration.ZERO,
                    second,
                    second,
                    second,
                    second))
        .hasMessageContaining("silentAfter must be above 0");
    assertThatThrownBy(
            () ->
                new StreamSettings(
                    Optional.empty(),
                    second,
                    second,
                    second,
                    second,
                    second.multipliedBy(2),
                    second,
                    second))
        .hasMessageContaining("longestRetry");
  }
}
