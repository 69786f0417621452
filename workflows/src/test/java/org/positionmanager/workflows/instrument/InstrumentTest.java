package org.positionmanager.workflows.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broker symbols, and which kind of instrument they name. */
class InstrumentTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOW260220P00110000",
        "INTC260220C00049500",
        "PFE260220C00027500",
        "F260220C00000500",
        "GOOGL1260220P12345678"
      })
  void contractsReadBackTheirOccSymbol(String symbol) {
    Instrument read = Instrument.parse(symbol);
    assertThat(read).isInstanceOf(OptionContract.class);
    assertThat(read.symbol()).isEqualTo(symbol);
    assertThat(read.multiplier()).isEqualTo(100);
    assertThat(Instrument.parse(read.toString())).isEqualTo(read);
  }

  @Test
  void anOccSymbolNamesRootExpiryRightAndStrike() {
    OptionContract put = OptionContract.parse("NOW260220P00110000");
    assertThat(put.underlying()).isEqualTo("NOW");
    assertThat(put.expiry()).isEqualTo(LocalDate.of(2026, 2, 20));
    assertThat(put.right()).isEqualTo(OptionContract.Right.PUT);
    assertThat(put.strike()).isEqualByComparingTo("110");
    assertThat(OptionContract.parse("NOW   260220P00110000")).isEqualTo(put);
  }

  @Test
  void aTickerIsNeverAContract() {
    assertThat(Instrument.parse("BMY")).isEqualTo(new Stock("BMY")).hasToString("BMY");
    assertThat(Instrument.parse("BMY").multiplier()).isEqualTo(1);
    assertThat(Instrument.parse("BMY")).isNotEqualTo(Instrument.parse("BMY260220C00057500"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOW260200P00110000", "NOW261301P00110000"})
  void aContractOfNoSuchDayIsRefused(String symbol) {
    assertThatThrownBy(() -> Instrument.parse(symbol))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(symbol);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bmy", "NOW260220X00110000", "1NOW"})
  void whatIsNeitherIsRefused(String symbol) {
    assertThatThrownBy(() -> Instrument.parse(symbol)).isInstanceOf(IllegalArgumentException.class);
  }
}
