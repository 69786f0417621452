package org.positionmanager.activities.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.live.LiveQuote;
import org.positionmanager.activities.live.MarketHours;
import org.positionmanager.activities.live.QuoteBoard;
import org.positionmanager.activities.live.QuoteFeed;
import org.positionmanager.activities.trading.ContractExpiry;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.rules.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live view of one account: holds what is armed by symbol, judges every quote by the same rules
 * as the workflow, and uses the permission where the plan says exit. What it holds it goes on
 * protecting while ledger, engine or streams are away.
 */
public final class AccountWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AccountWatch.class);

  /** For how long one look at prices vouches for them. */
  private static final Duration VOUCHED_FOR = Duration.ofSeconds(45);

  private final AccountName account;
  private final Permissions permissions;
  private final LongSupplier nanoClock;
  private final Standstills standstills;
  private final MarketHours hours;
  private final WatchedHoldings holdings;
  private final Outbox outbox;
  private final ExitSender sender;
  private final QuoteFeed feed;
  private final QuoteBoard.Registration listening;
  private final WatchList list;

  /** Positions whose judge failed the last time. */
  private final Set<PositionId> failing = ConcurrentHashMap.newKeySet();

  /**
   * What a watch is made of.
   *
   * @param feed opened for this watch, and closed with it
   * @param stoodStillAfter how long the process may stand still before what is armed is read again
   *     ahead of anything that is sent: the time after which another may hold the watch
   * @param pauses between two looks at whether a quantity is free
   */
  public record Parts(
      Broker broker,
      Permissions permissions,
      ContractExpiry expiries,
      QuoteFeed feed,
      WorkflowSignals signals,
      LongSupplier nanoClock,
      Pauses pauses,
      Duration stoodStillAfter,
      MeterRegistry meters) {}

  /** Begins to watch; what is armed has to be {@linkplain #reload loaded} once. */
  public AccountWatch(Parts parts) {
    account = parts.broker().name();
    permissions = parts.permissions();
    nanoClock = parts.nanoClock();
    standstills = new Standstills(nanoClock, parts.stoodStillAfter());
    hours = new MarketHours(parts.expiries().calendar(), nanoClock);
    holdings = new WatchedHoldings(parts.broker());
    outbox = new Outbox(parts.signals(), "outbox-" + account);
    sender =
        new ExitSender(
            parts.broker(),
            holdings,
            new Freeing(parts.broker(), holdings, parts.pauses(), nanoClock),
            outbox,
            () -> openMoment().isPresent(),
            this::quote,
            nanoClock,
            parts.meters());
    feed = parts.feed();
    list = new WatchList(parts.expiries(), feed::follow);
    Gauge.builder("watch.positions", list, WatchList::size)
        .tag("account", account.value())
        .register(parts.meters());
    listening = feed.board().listenToAll(this::onQuote);
  }

  /** The process runs: called by one thread that waits for nothing else. */
  public void pulse() {
    standstills.pulse();
  }

  /** Whether nothing may be sent before {@link #reload}. */
  public boolean mustReload() {
    return standstills.mustReload();
  }

  /**
   * Reads clock, holdings and all permissions anew. Until it succeeds after a standstill nothing is
   * sent.
   *
   * @throws PermissionsUnreadable where the ledger does not answer; what was armed stays
   */
  public void reload() throws PermissionsUnreadable {
    long noticed = standstills.noticed();
    hours.refresh();
    boolean read = holdings.refresh();
    List<Permission> all = takeAll();
    permissions.acknowledge(all);
    if (read && hours.now().isPresent()) {
      standstills.mended(noticed);
      judgeAll();
    }
  }

  /** What is read and what is taken belong together: a change in between would be lost. */
  private synchronized List<Permission> takeAll() throws PermissionsUnreadable {
    List<Permission> all = permissions.all();
    list.replaceAll(all);
    return all;
  }

  /** Reads one permission anew, because it was announced to have changed. */
  public void reload(PositionId position) throws PermissionsUnreadable {
    Optional<Permission> changed = takeOne(position);
    if (changed.isEmpty()) {
      return;
    }
    permissions.acknowledge(List.of(changed.get()));
    openMoment()
        .ifPresent(
            now -> list.find(position).ifPresent(one -> judge(one, now, nanoClock.getAsLong())));
  }

  private synchronized Optional<Permission> takeOne(PositionId position)
      throws PermissionsUnreadable {
    Optional<Permission> changed = permissions.of(position);
    if (list.find(position).isEmpty()) {
      holdings.moved();
    }
    changed.ifPresentOrElse(list::replace, () -> list.remove(position));
    return changed;
  }

  /** Also by quotes that came while nothing could be sent. */
  private void judgeAll() {
    long noticedAt = nanoClock.getAsLong();
    openMoment().ifPresent(now -> list.all().forEach(one -> judge(one, now, noticedAt)));
  }

  /** Time alone may change what a plan says of a quote that is there, or of none. */
  private void judgeWhereDue() {
    long noticedAt = nanoClock.getAsLong();
    openMoment()
        .ifPresent(
            now ->
                list.all()
                    .forEach(
                        one ->
                            act(
                                one,
                                it ->
                                    it.judgeWhereDue(now, () -> observation(it, now), noticedAt))));
  }

  /** On the thread that reads: only compares, and hands over what has to be sent. */
  private void onQuote(LiveQuote live) {
    List<Guarded> concerned = list.concernedBy(live.instrument());
    if (!concerned.isEmpty()) {
      openMoment()
          .ifPresent(now -> concerned.forEach(one -> judge(one, now, live.arrivedAtNanos())));
    }
  }

  /** Empty while nothing may be sent: after a standstill, and while the market is closed. */
  private Optional<MarketMoment> openMoment() {
    return standstills.mustReload() ? Optional.empty() : hours.now().filter(MarketMoment::isOpen);
  }

  private void judge(Guarded one, MarketMoment now, long noticedAtNanos) {
    act(one, it -> it.judge(() -> observation(it, now), noticedAtNanos));
  }

  /** One that fails keeps no other from its exit; told once until it goes well again. */
  private void act(Guarded one, Function<Guarded, Optional<Breach>> judging) {
    try {
      judging.apply(one).ifPresent(breach -> sender.use(one, breach));
      if (!failing.isEmpty()) {
        failing.remove(one.position());
      }
    } catch (RuntimeException | Error e) {
      if (failing.add(one.position())) {
        log.error("{}: cannot be judged, only its reviews protect it", one.position(), e);
      }
    }
  }

  /** The board's quote is the one that came in, or a newer one. */
  private Observation observation(Guarded one, MarketMoment now) {
    Instrument instrument = one.position().instrument();
    return new Observation(
        now,
        quote(instrument),
        Optional.empty(),
        one.expiresAt(),
        Optional.empty(),
        one.asksForUnderlying() ? quote(new Stock(instrument.underlying())) : Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Optional<Quote> quote(Instrument instrument) {
    return feed.board().standing(instrument).map(standing -> standing.newest().quote());
  }

  /** The broker told of an order: holdings are read at the next {@link #refresh}. */
  public void ordersMoved() {
    holdings.moved();
  }

  /**
   * Clock anew, and holdings where they may have changed; without effect on what is known where
   * they cannot be read. Then judges where time alone may change what a plan says.
   */
  public void refresh() {
    hours.refresh();
    holdings.refreshWhereMoved();
    judgeWhereDue();
  }

  /**
   * Notes what was seen.
   *
   * @param all also of positions of which nothing changed since the last time, to vouch for them
   */
  public void note(boolean all) throws PermissionsUnreadable {
    List<SeenByWatch> seen = new ArrayList<>();
    for (Guarded one : list.all()) {
      if (all || one.hasChanged()) {
        one.toNote(vouchFor(one.position().instrument())).ifPresent(seen::add);
      }
    }
    permissions.note(seen);
  }

  private Duration vouchFor(Instrument instrument) {
    if (mustReload()) {
      return Duration.ZERO;
    }
    return feed.board()
        .standing(instrument)
        .filter(it -> it.unheardFor(nanoClock.getAsLong()).compareTo(VOUCHED_FOR) < 0)
        .map(it -> VOUCHED_FOR)
        .orElse(Duration.ZERO);
  }

  /** How many positions it goes by a permission for. */
  public int armed() {
    return (int) list.all().stream().filter(it -> it.permission().armed().isPresent()).count();
  }

  /** Stops judging at once, awaits what is under way, and gives it a moment to be told. */
  @Override
  public void close() {
    listening.close();
    feed.close();
    sender.close();
    try {
      if (!outbox.drain(Duration.ofMillis(500))) {
        log.warn(
            "{}: {} exits could not be told; their workflows find them", account, outbox.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    outbox.close();
  }
}
