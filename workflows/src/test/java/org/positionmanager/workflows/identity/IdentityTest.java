package org.positionmanager.workflows.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.instrument.Instrument;

/** Ids read back what they print, and name one thing each. */
class IdentityTest {
  private static final Instrument LONGEST = Instrument.parse("GOOGL1260220P12345678");

  @Property
  void aClientOrderIdFitsTheBrokerAndReadsBack(
      @ForAll long high,
      @ForAll long low,
      @ForAll @IntRange(min = 1) int exit,
      @ForAll @IntRange(min = 1) int attempt) {
    PositionId position = new PositionId(new AccountName("large"), LONGEST, new UUID(high, low));
    ClientOrderId id = ClientOrderId.of(position, exit, attempt);
    assertThat(id.toString()).hasSizeLessThanOrEqualTo(128);
    assertThat(ClientOrderId.parse(id.toString())).isEqualTo(id);
    assertThat(id.belongsTo(position)).isTrue();
  }

  @Test
  void everyExitAndAttemptHasItsOwnId() {
    PositionId position =
        new PositionId(new AccountName("tiny"), Instrument.parse("WMT"), new UUID(1, 2));
    Set<String> ids = new HashSet<>();
    for (int exit = 1; exit <= 12; exit++) {
      for (int attempt = 1; attempt <= 12; attempt++) {
        ids.add(ClientOrderId.of(position, exit, attempt).toString());
      }
    }
    assertThat(ids).hasSize(144);
  }

  @Test
  void exitsAndAttemptsCountFromOne() {
    Instrument stock = Instrument.parse("WMT");
    assertThatThrownBy(() -> new ClientOrderId(stock, new UUID(1, 2), 0, 1))
        .hasMessageContaining("count from 1");
    assertThatThrownBy(() -> new ClientOrderId(stock, new UUID(1, 2), 1, 0))
        .hasMessageContaining("count from 1");
  }

  @Test
  void ordersOfOthersAreNotOurs() {
    assertThat(ClientOrderId.ifOurs(null)).isEmpty();
    assertThat(ClientOrderId.ifOurs("7f1c2a34-0000-4000-8000-000000000000")).isEmpty();
    assertThat(ClientOrderId.ifOurs("pm-WMT-1-1")).isEmpty();
  }

  @Test
  void theSameTickerInTwoAccountsIsTwoPositions() {
    UUID execution = new UUID(1, 2);
    PositionId large = new PositionId(new AccountName("large"), Instrument.parse("WMT"), execution);
    PositionId tiny = new PositionId(new AccountName("tiny"), Instrument.parse("WMT"), execution);
    assertThat(large).isNotEqualTo(tiny);
    assertThat(large.workflowId()).isNotEqualTo(tiny.workflowId());
    assertThat(PositionId.parse(large.workflowId())).isEqualTo(large);
    assertThat(PositionId.parse(tiny.toString())).isEqualTo(tiny);
  }

  @Test
  void accountNamesAreLowerCase() {
    assertThat(new AccountName("large-100k").taskQueue()).isEqualTo("account-large-100k");
    assertThatThrownBy(() -> new AccountName("Large")).hasMessageContaining("Large");
    assertThatThrownBy(() -> new AccountName("")).hasMessageContaining("account name");
  }

  @Test
  void aTickerWithASlashKeepsItsPositionIdReadable() {
    PositionId id =
        new PositionId(
            new AccountName("large"), Instrument.parse("BRK/B"), new java.util.UUID(1, 2));
    assertThat(PositionId.parse(id.workflowId())).isEqualTo(id);
  }

  @Test
  void foreignOrderIdsThatLookAlmostLikeOursAreNotOurs() {
    String uuid = "00000000-0000-4000-8000-000000000001";
    assertThat(ClientOrderId.ifOurs("pm-1X-" + uuid + "-1-1")).isEmpty();
    assertThat(ClientOrderId.ifOurs("pm-NOW-" + uuid + "-99999999999-1")).isEmpty();
    assertThat(ClientOrderId.ifOurs("pm-NOW-" + uuid + "-0-1")).isEmpty();
    assertThat(ClientOrderId.ifOurs("pm-NOW260230P00110000-" + uuid + "-1-1")).isEmpty();
  }

  @Test
  void anExpiryThatTheCalendarDoesNotHaveIsRefused() {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Instrument.parse("NOW260230P00110000"))
        .hasMessageContaining("no such expiry date");
  }
}
