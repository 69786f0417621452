package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.standing.AccountStanding;
import org.positionmanager.activities.standing.StandingTaker;
import org.positionmanager.activities.trading.FakeBroker;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.NyseCalendar;
import org.positionmanager.workflows.market.TradingSession;

/** An account is looked at when it is time, by one of those who serve it. */
class StandingTakerTest extends LedgerOnPostgres {
  private static final Instant CLOSE = Instant.parse("2026-02-11T21:00:00Z");

  private FakeBroker broker;
  private Instant now;
  private StandingTaker taker;

  private final ExchangeCalendar calendar =
      new ExchangeCalendar() {
        @Override
        public List<TradingSession> sessions(LocalDate fromInclusive, LocalDate toInclusive) {
          return fromInclusive
              .datesUntil(toInclusive.plusDays(1))
              .map(NyseCalendar::on)
              .flatMap(Optional::stream)
              .toList();
        }

        @Override
        public MarketMoment moment() {
          return StandingLedgerTest.market(now);
        }
      };

  @BeforeEach
  void ready() {
    migrated();
    broker = new FakeBroker();
    now = AT;
    taker = another();
  }

  private StandingTaker another() {
    return new StandingTaker(broker, calendar, new StandingLedger(tiny, TINY));
  }

  @Test
  void aReadThatFailsKeepsNothingAndIsToldToTheCaller() {
    assertThatThrownBy(taker::look)
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("account: not now");
    assertThat(count(tiny, "account_snapshots")).isZero();
    broker.funds = Optional.of(StandingLedgerTest.funds("100000"));
    assertThat(taker.look().at()).as("the next look").isEqualTo(AT);
    assertThat(count(tiny, "account_snapshots")).isOne();
  }

  @Test
  void twoWhoServeTheAccountLookOnceAMinuteTogether() {
    broker.funds = Optional.of(StandingLedgerTest.funds("100000"));
    AccountStanding first = taker.look();
    now = AT.plusSeconds(30);
    assertThat(another().look()).isEqualTo(first);
    assertThat(broker.fundsAsked).isOne();
    now = AT.plusSeconds(60);
    AccountStanding second = another().look();
    assertThat(second.at()).isEqualTo(now);
    assertThat(taker.look()).isEqualTo(second);
    assertThat(broker.fundsAsked).isEqualTo(2);
  }

  @Test
  void theCloseHasALookOfItsOwn() {
    broker.funds = Optional.of(StandingLedgerTest.funds("100000"));
    now = CLOSE.minusSeconds(20);
    taker.look();
    now = CLOSE.plusSeconds(4);
    assertThat(taker.look().at()).isEqualTo(now);
    now = CLOSE.plusSeconds(600);
    taker.look();
    assertThat(broker.fundsAsked).isEqualTo(2);
  }
}
