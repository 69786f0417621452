package org.positionmanager.activities.watch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.activities.broker.MinuteBars;
import org.positionmanager.activities.live.MarketHours;
import org.positionmanager.activities.live.OrderUpdate;
import org.positionmanager.activities.live.QuoteBoard;
import org.positionmanager.activities.live.QuoteFeed;
import org.positionmanager.activities.trading.ContractExpiry;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Direction;

/**
 * The live view of one account: holds what is armed by symbol, judges every quote by the same rules
 * as the workflow, and uses the permission where the plan says exit. What it holds it goes on
 * protecting while ledger, engine or streams are away.
 */
public final class AccountWatch implements LiveSights, AutoCloseable {
  /** Real time for which one look at prices vouches for them. */
  public static final Duration VOUCHED_FOR = Duration.ofSeconds(45);

  /** Exchange time before the open from which holdings are read again. */
  private static final Duration BEFORE_OPEN = Duration.ofMinutes(2);

  private final AccountName account;
  private final Permissions permissions;
  private final LongSupplier nanoClock;
  private final Standstills standstills;
  private final MarketHours hours;
  private final WatchMeters meters;
  private final ExchangeCalendar calendar;
  private final Duration stoodStillAfter;
  private final WatchedHoldings holdings;
  private final ExitSender sender;
  private final QuoteFeed feed;
  private final QuoteBoard.Registration listening;
  private final WatchList list;
  private final UnarmedHeld unarmed;
  private final Judging judging;
  private final MarketView view;
  private final Wakes wakes;
  private final WatchNotes notes;

  /** Whether holdings are left as they were read; of the thread that refreshes. */
  private volatile boolean resting;

  /** Until when polls in place of streams are counted; of the thread that refreshes. */
  private long polledUntil;

  /**
   * What a watch is made of.
   *
   * @param feed opened for this watch, and closed with it
   * @param outbox outlives it: what was sent is told however short a watch was
   * @param stoodStillAfter how long the process may stand still before what is armed is read again
   *     ahead of anything that is sent: the time after which another may hold the watch
   * @param pauses between two looks at whether a quantity is free
   * @param underWay of all watches of this process
   */
  public record Parts(
      Broker broker,
      Permissions permissions,
      ContractExpiry expiries,
      QuoteFeed feed,
      Outbox outbox,
      LongSupplier nanoClock,
      Pauses pauses,
      Duration stoodStillAfter,
      WatchMeters meters,
      ExitsUnderWay underWay) {}

  /** Begins to watch; what is armed has to be {@linkplain #reload loaded} once. */
  public AccountWatch(Parts parts) {
    account = parts.broker().name();
    permissions = parts.permissions();
    nanoClock = parts.nanoClock();
    stoodStillAfter = parts.stoodStillAfter();
    calendar = parts.expiries().calendar();
    standstills = new Standstills(nanoClock, stoodStillAfter);
    hours = new MarketHours(calendar, nanoClock);
    meters = parts.meters();
    feed = parts.feed();
    holdings = new WatchedHoldings(parts.broker(), nanoClock);
    view = new MarketView(standstills, hours, feed.board());
    Freeing freeing = new Freeing(parts.broker(), holdings, parts.pauses(), nanoClock);
    sender =
        new ExitSender(
            parts.broker(),
            holdings,
            freeing,
            parts.outbox(),
            view,
            nanoClock,
            meters,
            parts.underWay());
    list = new WatchList(parts.expiries(), feed::follow);
    notes = new WatchNotes(account, permissions, list, this::vouchFor);
    wakes = new Wakes(parts.outbox().signals(), "wakes-" + account);
    unarmed = new UnarmedHeld(account, permissions, list);
    UntoldSplits splits = new UntoldSplits(list, holdings, unarmed);
    judging = new Judging(view, list, sender, nanoClock, meters, splits);
    polledUntil = nanoClock.getAsLong();
    listening = feed.board().listenToAll(judging::onQuote);
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
    boolean read = readHoldings();
    List<Permission> all = takeAll();
    permissions.acknowledge(all);
    unarmed.readWhereChanged();
    if (read && hours.now().isPresent()) {
      standstills.mended(noticed);
      judging.judgeAll();
    }
  }

  /**
   * While the market is closed nothing is judged, and order updates tell of what fills: holdings
   * are read again shortly before it opens.
   */
  private boolean readHoldings() {
    boolean closed = hours.now().filter(now -> now.isClosedFor(BEFORE_OPEN)).isPresent();
    resting = closed && holdings.areKnown() && !standstills.mustReload();
    return resting || holdings.refresh();
  }

  /** What is read and what is taken belong together: a change in between would be lost. */
  private synchronized List<Permission> takeAll() throws PermissionsUnreadable {
    List<Permission> all = permissions.all();
    unarmed.changeTo(all);
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
    judging.judge(position);
  }

  private synchronized Optional<Permission> takeOne(PositionId position)
      throws PermissionsUnreadable {
    Optional<Permission> changed = permissions.of(position);
    unarmed.changes(position, changed);
    if (list.find(position).isEmpty()) {
      holdings.moved();
    }
    changed.ifPresentOrElse(list::replace, () -> list.remove(position));
    return changed;
  }

  /** Fills in what nobody watched, until it is closed. */
  PeakGap fillGaps(MinuteBars bars) {
    return new PeakGap(
            new PeakGap.Parts(
                list,
                hours::now,
                calendar,
                view::quote,
                judging::judge,
                bars,
                nanoClock,
                stoodStillAfter))
        .start(account.value());
  }

  /** The broker told of an order: holdings are read at the next {@link #refresh}. */
  public void ordersMoved() {
    holdings.moved();
  }

  /** Likewise, with what it told. */
  public void onOrder(OrderUpdate update) {
    holdings.moved();
    meters.updated(update);
  }

  /**
   * Clock anew, and where they may have changed holdings and what is tracked without being armed;
   * without effect on what is known where they cannot be read. Then judges where time alone may
   * change what a plan says.
   */
  public void refresh() {
    hours.refresh();
    if (resting && hours.isOpen()) {
      resting = false;
      holdings.moved();
    }
    holdings.refreshWhereMoved();
    unarmed.readWhereChanged();
    judging.judgeWhereDue();
    view.openMoment().ifPresent(now -> wakes.wake(list.all(), now));
    countPolling();
  }

  /** Judges where time alone may change what a plan says; never blocks. */
  void judgeWhereDue() {
    judging.judgeWhereDue();
  }

  private void countPolling() {
    long now = nanoClock.getAsLong();
    if (unserved() > 0 && hours.isOpen()) {
      meters.polledFor(now - polledUntil);
    }
    polledUntil = now;
  }

  /** How many instruments do not come by their stream now. */
  int unserved() {
    return feed.reports().stream().mapToInt(report -> report.unserved().size()).sum();
  }

  /** How many positions it watches, armed or not. */
  int positions() {
    return list.size();
  }

  /** Whether positions without a quote are being told. */
  boolean isTelling() {
    return wakes.isUnderWay();
  }

  Duration sincePulse() {
    return standstills.sincePulse();
  }

  /** What is to be written down of what it sees. */
  WatchNotes notes() {
    return notes;
  }

  private Duration vouchFor(Instrument instrument) {
    return quote(instrument).map(it -> VOUCHED_FOR).orElse(Duration.ZERO);
  }

  @Override
  public Optional<Quote> quote(Instrument instrument) {
    return view.heard(instrument, VOUCHED_FOR, nanoClock.getAsLong());
  }

  @Override
  public Optional<Holding> steady(Instrument instrument, Direction direction) {
    return mustReload() ? Optional.empty() : holdings.steady(instrument, direction);
  }

  /** How many positions it goes by a permission for. */
  public int armed() {
    return (int) list.all().stream().filter(it -> it.permission().armed().isPresent()).count();
  }

  /** Stops judging at once, and awaits what is under way. */
  @Override
  public void close() {
    listening.close();
    feed.close();
    wakes.close();
    sender.close();
  }
}
