package org.positionmanager.activities.watch;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.live.LiveQuote;
import org.positionmanager.activities.live.QuoteFeed;
import org.positionmanager.activities.trading.ContractExpiry;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.watch.ArmedExit;
import org.positionmanager.workflows.watch.ExitSent;

/**
 * A watch between a small broker, permissions in memory and workflows that listen, on a clock that
 * the test moves. It is ten in the morning; positions were entered at 100.
 */
final class WatchScene implements AutoCloseable {
  static final Instrument WMT = Instrument.parse("WMT");
  static final Instrument DE = Instrument.parse("DE");
  static final Duration STOOD_STILL_AFTER = Duration.ofSeconds(3);
  private static final Instant TEN = Instant.parse("2026-02-11T15:00:00Z");

  /** Exchange time at which all positions were filled. */
  static final Instant FILLED = TEN.minusSeconds(30);

  private static final Duration STEP = Duration.ofMillis(500);

  final FakeAccount account = new FakeAccount();
  final FakePermissions permissions = new FakePermissions();
  final FakeWorkflows workflows = new FakeWorkflows();
  final MeterRegistry registry = new SimpleMeterRegistry();
  final QuietInputs inputs = new QuietInputs();
  final AtomicLong nanos = new AtomicLong();
  final WatchMeters meters = new WatchMeters(registry, FakeAccount.NAME, nanos::get);
  final AccountWatch watch;

  private final ExitsUnderWay underWay = new ExitsUnderWay();
  private final Outbox outbox = new Outbox(workflows, permissions, underWay, "outbox");
  private final QuoteFeed feed;
  private volatile boolean closedToday;
  private volatile boolean clockStands;
  private volatile Runnable whenPaused = () -> {};
  private int positions;

  WatchScene() {
    Calendar calendar = new Calendar();
    feed = inputs.feed(calendar, nanos::get);
    watch =
        new AccountWatch(
            new AccountWatch.Parts(
                account,
                permissions,
                new ContractExpiry(calendar),
                feed,
                outbox,
                nanos::get,
                this::pause,
                STOOD_STILL_AFTER,
                meters,
                underWay));
  }

  private final class Calendar implements ExchangeCalendar {
    private final List<TradingSession> days =
        List.of(
            session(LocalDate.of(2026, 2, 11)),
            session(LocalDate.of(2026, 2, 12)),
            session(LocalDate.of(2026, 2, 13)));

    private static TradingSession session(LocalDate date) {
      return new TradingSession(
          date, Instant.parse(date + "T14:30:00Z"), Instant.parse(date + "T21:00:00Z"));
    }

    @Override
    public List<TradingSession> sessions(LocalDate fromInclusive, LocalDate toInclusive) {
      return days;
    }

    @Override
    public MarketMoment moment() {
      Instant now = now();
      return new MarketMoment(
          now,
          days.stream().filter(day -> day.contains(now) && !closedToday).findFirst(),
          days.stream().filter(day -> day.openInclusive().isAfter(now)).findFirst().orElseThrow(),
          1);
    }
  }

  Instant now() {
    return TEN.plusNanos(nanos.get());
  }

  /** A holiday. */
  void isClosedToday() {
    closedToday = true;
  }

  /** A position of 10, held by the account, which exits at 95 or below. */
  PositionId opens(Instrument instrument) {
    PositionId position = position(instrument);
    account.holds(instrument, 10);
    permissions.arm(armed(position, 1, 1));
    return position;
  }

  /** One more position, not armed yet. */
  PositionId position(Instrument instrument) {
    return new PositionId(FakeAccount.NAME, instrument, new UUID(0, ++positions));
  }

  ArmedExit armed(PositionId position, int arming, int exit) {
    return armed(position, arming, exit, new StopLoss(new Level.AtPrice(Price.parse("95"))));
  }

  ArmedExit armed(PositionId position, int arming, int exit, ExitRule... rules) {
    return new ArmedExit(
        position,
        arming,
        exit,
        new Plan(
            1,
            List.of(rules),
            new ExitStyle.MarketNow(),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5)),
        basis(position.instrument(), Quantity.of(10)));
  }

  /** After a split that its workflow was told of: so many new shares for each, stop at 5% below. */
  ArmedExit scaled(PositionId position, int arming, int shares) {
    Price entry = new Price(BigDecimal.valueOf(100).divide(BigDecimal.valueOf(shares)));
    ArmedExit whole =
        armed(
            position,
            arming,
            1,
            new StopLoss(
                new Level.AtPrice(new Price(entry.value().multiply(new BigDecimal("0.95"))))));
    return new ArmedExit(
        position,
        arming,
        1,
        whole.plan(),
        new Basis(
            position.instrument(),
            Direction.LONG,
            entry,
            Quantity.of(10L * shares),
            entry,
            FILLED));
  }

  /** As no workflow arms it: its judge fails as soon as it has to say how much to close. */
  ArmedExit armedWithoutQuantity(PositionId position) {
    ArmedExit whole = armed(position, 1, 1);
    return new ArmedExit(position, 1, 1, whole.plan(), basis(position.instrument(), null));
  }

  private static Basis basis(Instrument instrument, Quantity opened) {
    Price entry = Price.parse("100");
    return new Basis(instrument, Direction.LONG, entry, opened, entry, FILLED);
  }

  /** Arms it and lets the watch hear of it. */
  void arms(ArmedExit armed) throws PermissionsUnreadable {
    permissions.arm(armed);
    watch.reload(armed.position());
  }

  /** Takes the permission away and lets the watch hear of it. */
  void disarms(PositionId position, int arming) {
    permissions.disarm(position, arming);
    try {
      watch.reload(position);
    } catch (PermissionsUnreadable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The watch waits for something: the test's time goes on instead. */
  void pause(Duration time) throws InterruptedException {
    whenPaused.run();
    if (clockStands) {
      Thread.sleep(time);
    } else {
      passes(time);
    }
  }

  /** Happens each time the watch waits. */
  void whenPaused(Runnable then) {
    whenPaused = then;
  }

  /** Waiting takes real time from now on, and none of the test's. */
  void clockStands() {
    clockStands = true;
  }

  /** A quote arrives by the stream. */
  void price(Instrument instrument, String price) {
    quote(instrument, price, now());
  }

  /** Likewise, with the exchange's stamp. */
  void quote(Instrument instrument, String price, Instant at) {
    offer(instrument, new Quote(Price.parse(price), Price.parse(price), at));
  }

  /** Likewise, with a bid below its ask. */
  void spread(Instrument instrument, String bid, String ask) {
    offer(instrument, new Quote(Price.parse(bid), Price.parse(ask), now()));
  }

  private void offer(Instrument instrument, Quote quote) {
    feed.board()
        .offer(new LiveQuote(instrument, quote, LiveQuote.Origin.STREAM, nanos.incrementAndGet()));
  }

  /** Time passes while the process runs. */
  void passes(Duration time) {
    for (Duration left = time; left.isPositive(); left = left.minus(STEP)) {
      nanos.addAndGet((left.compareTo(STEP) < 0 ? left : STEP).toNanos());
      watch.pulse();
    }
  }

  /** Time passes while the process does not run; it has not noticed yet. */
  void standsStill(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** Waits for what the workflow is told, so many times, and no more often. */
  List<ExitSent> awaitTold(PositionId position, int times) {
    await().alias("told of " + position).until(() -> workflows.of(position).size() >= times);
    settles();
    return workflows.of(position);
  }

  /** Gives what must not happen the time to happen. */
  void settles() {
    int before = happened();
    await().during(Duration.ofMillis(150)).until(() -> happened() == before);
  }

  private int happened() {
    return account.submissions() + workflows.told.size();
  }

  static boolean isAccepted(ExitSent sent) {
    return sent.outcome().filter(SubmitOutcome.Accepted.class::isInstance).isPresent();
  }

  @Override
  public void close() {
    watch.close();
    try {
      outbox.drain(Duration.ofMillis(500));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    outbox.close();
  }
}
