package org.positionmanager.activities.alpaca;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import okio.ByteString;
import org.positionmanager.activities.live.LiveQuote;
import org.positionmanager.activities.live.LiveQuotes;
import org.positionmanager.activities.live.StreamFault;
import org.positionmanager.activities.live.StreamReport;
import org.positionmanager.activities.live.StreamState;
import org.positionmanager.activities.live.Unserved;
import org.positionmanager.workflows.instrument.Instrument;

/**
 * One of Alpaca's data streams (DOC: real-time stock data, real-time option data): {@code
 * /v2/{feed}} in JSON, {@code /v1beta1/{feed}} in MessagePack. It is opened with the first
 * instrument that is followed. Quotes are told on the reading thread, reports on the timer's.
 */
final class AlpacaDataStream implements KeptSocket.Owner, AutoCloseable {
  private final String path;
  private final boolean packed;
  private final StreamParts parts;
  private final BooleanSupplier marketOpen;
  private final LiveQuotes.Listener listener;
  private final KeptSocket socket;
  private final SilenceWatch silence;
  private final Object lock = new Object();

  // read without lock for each quote
  private volatile Map<String, Instrument> bySymbol = Map.of();
  private volatile StreamReport report;

  // changed under lock only
  private final Subscriptions subscriptions;
  private volatile Optional<Talk> authenticated = Optional.empty();
  private StreamState.Down down = new StreamState.Down(StreamFault.NOT_YET, "not yet connected");

  AlpacaDataStream(
      String path,
      boolean packed,
      StreamParts parts,
      BooleanSupplier marketOpen,
      LiveQuotes.Listener listener) {
    this.path = path;
    this.packed = packed;
    this.subscriptions = new Subscriptions(parts.settings().streams().symbols().of(packed));
    this.parts = parts;
    this.marketOpen = marketOpen;
    this.listener = listener;
    this.silence = new SilenceWatch(parts.settings().streams().silentAfter());
    this.socket = parts.socket(parts.settings().dataStreamUrl(path), this);
    this.report = new StreamReport(path, new StreamState.Idle(), Set.of(), Map.of());
  }

  void follow(Set<Instrument> instruments) {
    Map<String, Instrument> next =
        instruments.stream().collect(Collectors.toUnmodifiableMap(Instrument::symbol, it -> it));
    synchronized (lock) {
      bySymbol = next;
      subscriptions.want(next.keySet());
      askNext();
      publish();
    }
    if (!instruments.isEmpty()) {
      socket.start();
    }
  }

  StreamReport report() {
    return report;
  }

  /** Opens the connection anew where it is silent and has had its time to speak. */
  void renew() {
    if (silence.isSilent() && silence.isOverdue(parts.nanoClock().getAsLong())) {
      socket.fail(StreamFault.MISSED_QUOTES, "quotes moved that the stream did not bring");
    }
  }

  @Override
  public void close() {
    socket.close();
  }

  /** Sends the next change of subscription. Holds the lock. */
  private void askNext() {
    authenticated.ifPresent(talk -> subscriptions.next().ifPresent(talk::ask));
  }

  /** Tells of a change, if there is one; under the lock, so that reports keep their order. */
  private void publish() {
    synchronized (lock) {
      StreamReport next = currentReport();
      if (!next.equals(report)) {
        report = next;
        try {
          parts.timer().execute(() -> listener.onReport(next));
        } catch (RejectedExecutionException e) {
          // closed: nobody listens any more
        }
      }
    }
  }

  private StreamReport currentReport() {
    StreamState state = state();
    Set<Instrument> served = new HashSet<>();
    Map<Instrument, Unserved> unserved = new HashMap<>();
    Map<String, Unserved> missing = subscriptions.unserved();
    bySymbol.forEach(
        (symbol, instrument) -> {
          if (state.isUp() && !missing.containsKey(symbol)) {
            served.add(instrument);
          } else {
            unserved.put(instrument, reason(state, missing.get(symbol)));
          }
        });
    return new StreamReport(path, state, served, unserved);
  }

  private static Unserved reason(StreamState state, Unserved ofItsOwn) {
    return switch (state) {
      case StreamState.Idle _, StreamState.Down _ -> Unserved.DOWN;
      case StreamState.Silent _ -> Unserved.SILENT;
      case StreamState.Connected _, StreamState.OverLimit _ -> ofItsOwn;
    };
  }

  private StreamState state() {
    if (authenticated.isEmpty()) {
      boolean begun = down.fault() != StreamFault.NOT_YET || subscriptions.isAnyWanted();
      return begun ? down : new StreamState.Idle();
    }
    if (silence.isSilent()) {
      return new StreamState.Silent();
    }
    return subscriptions.isOverLimit() ? new StreamState.OverLimit() : new StreamState.Connected();
  }

  @Override
  public KeptSocket.Conversation begin(KeptSocket.Line line) {
    return new Talk(line);
  }

  @Override
  public void lost(StreamFault fault, String detail) {
    synchronized (lock) {
      authenticated = Optional.empty();
      subscriptions.lost();
      down = new StreamState.Down(fault, detail);
      publish();
    }
  }

  /** One connection's conversation. */
  private final class Talk implements KeptSocket.Conversation, QuoteFrames.Sink {
    private final KeptSocket.Line line;
    private long arrivedAt;
    private final DueAnswer answer;

    Talk(KeptSocket.Line line) {
      this.line = line;
      this.answer = new DueAnswer(line, parts);
    }

    /** Nothing is sent yet: Alpaca speaks first. */
    @Override
    public void opened() {
      answer.expect();
    }

    @Override
    public void text(String frame, long arrivedAtNanos) throws IOException {
      arrivedAt = arrivedAtNanos;
      QuoteFrames.json(frame, this);
    }

    @Override
    public void bytes(ByteString frame, long arrivedAtNanos) throws IOException {
      arrivedAt = arrivedAtNanos;
      if (packed) {
        QuoteFrames.packed(frame.toByteArray(), this);
      } else {
        QuoteFrames.json(frame.utf8(), this);
      }
    }

    @Override
    public void success(String word) {
      switch (word) {
        case "connected" -> {
          answer.expect();
          StreamRequests.sendAuth(line, packed, parts.settings());
        }
        case "authenticated" -> authenticated();
        default -> {
          // whatever else went well
        }
      }
    }

    private void authenticated() {
      synchronized (lock) {
        if (line.isCurrent()) {
          answer.arrived();
          authenticated = Optional.of(this);
          silence.restart(parts.nanoClock().getAsLong());
          line.settled();
          askNext();
          publish();
        }
      }
    }

    private void ask(Subscriptions.Request request) {
      answer.expect();
      StreamRequests.sendChange(line, packed, request);
    }

    @Override
    public void subscription(List<String> quotes) {
      synchronized (lock) {
        if (line.isCurrent()) {
          answer.arrived();
          subscriptions.confirmed(quotes);
          askNext();
          publish();
        }
      }
    }

    @Override
    public void error(int code, String words) {
      synchronized (lock) {
        if (!line.isCurrent()) {
          return;
        }
        if (StreamErrors.refusesSymbols(code) && subscriptions.isUnderWay()) {
          answer.arrived();
          subscriptions.refused(code == StreamErrors.SYMBOL_LIMIT);
          askNext();
          publish();
          return;
        }
      }
      if (code != StreamErrors.ALREADY_AUTHENTICATED) {
        line.fail(StreamErrors.fault(code), code + " " + words);
      }
    }

    @Override
    public void quote(String symbol, BigDecimal bid, BigDecimal ask, Instant at) {
      Instrument instrument = bySymbol.get(symbol);
      if (instrument == null) {
        return;
      }
      if (silence.heard(arrivedAt)) {
        publish();
      }
      try {
        AlpacaMarketData.offered(instrument, bid, ask, at)
            .ifPresent(
                quote ->
                    listener.onQuote(
                        new LiveQuote(instrument, quote, LiveQuote.Origin.STREAM, arrivedAt)));
      } catch (IllegalArgumentException e) {
        unreadable("quote of " + symbol + ": " + e.getMessage());
      }
    }

    @Override
    public void unreadable(String what) {
      listener.onUnreadable(path, what);
    }

    @Override
    public void look() {
      answer.giveUpIfLate();
      long now = parts.nanoClock().getAsLong();
      boolean changed =
          !marketOpen.getAsBoolean() || bySymbol.isEmpty()
              ? silence.excuse(now)
              : authenticated.isPresent() && silence.look(now);
      if (changed) {
        publish();
      }
    }
  }
}
