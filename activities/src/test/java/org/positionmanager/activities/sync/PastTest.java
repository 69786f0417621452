package org.positionmanager.activities.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.broker.AccountActivity;
import org.positionmanager.activities.trading.FakeBroker;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.sync.Closing;
import org.positionmanager.workflows.sync.ShareChange;
import org.positionmanager.workflows.value.Direction;

/** What the broker's activities are taken for. */
class PastTest {
  private static final Instrument OLD = Instrument.parse("DE");
  private static final Instrument NEW = Instrument.parse("DEER");
  private static final Instant SINCE = Instant.parse("2026-02-01T00:00:00Z");
  private final FakeBroker broker = new FakeBroker();

  private AccountActivity tells(String id, String type, Instrument of, String quantity) {
    AccountActivity activity =
        new AccountActivity(
            id,
            type,
            Optional.of(of),
            new BigDecimal(quantity),
            Optional.empty(),
            LocalDate.of(2026, 2, 11));
    broker.activities.add(activity);
    return activity;
  }

  private List<ShareChange> changes() {
    return Past.changes(Past.activities(broker, SINCE), instrument -> true);
  }

  @Test
  void aChangeOfSymbolIsToldAsWhatLeftAndAsWhatCame() {
    tells("20260211120000000::1", "NC", OLD, "-10");
    tells("20260211120000000::2", "NC", NEW, "10");
    Instant at = Instant.parse("2026-02-11T12:00:00Z");
    assertThat(changes())
        .containsExactly(
            new ShareChange(
                "20260211120000000::1", OLD, new BigDecimal("10"), Optional.of(NEW), at),
            new ShareChange(
                "20260211120000000::2", NEW, new BigDecimal("-10"), Optional.of(OLD), at));
  }

  @Test
  void whichOfSeveralNewNamesItWasIsNotGuessed() {
    tells("1", "NC", OLD, "-10");
    tells("2", "NC", NEW, "10");
    tells("3", "NC", Instrument.parse("OTHER"), "10");
    assertThat(changes()).noneMatch(change -> change.instrument().equals(OLD));
  }

  @Test
  void splitsAndTheEndsOfContractsAreToldApart() {
    Instrument call = Instrument.parse("NOW260220P00110000");
    tells("1", "SPLIT", OLD, "10");
    tells("2", "OPEXP", call, "-2");
    tells("3", "OPTRD", NEW, "100");
    List<AccountActivity> all = Past.activities(broker, SINCE);
    Past past = Past.read(broker, all, Set.of(OLD, call, NEW), SINCE);
    assertThat(past.changes())
        .singleElement()
        .satisfies(change -> assertThat(change.to()).isEmpty());
    assertThat(past.closings())
        .singleElement()
        .satisfies(
            closing -> {
              assertThat(closing.kind()).isEqualTo(Closing.Kind.EXPIRED);
              assertThat(closing.closes()).isEqualTo(Direction.LONG);
            });
    assertThat(past.openings())
        .singleElement()
        .satisfies(opening -> assertThat(opening.direction()).isEqualTo(Direction.LONG));
    assertThat(Past.read(broker, all, Set.of(), SINCE)).isEqualTo(Past.NONE);
  }
}
