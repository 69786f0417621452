package org.positionmanager.activities.alpaca;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.positionmanager.activities.live.StreamFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket that is opened again after each break, with a new conversation each time. Only the
 * newest connection is ever listened to. Frames are handled on the thread that reads them; opening,
 * and looking for late answers, happens on the timer's.
 */
final class KeptSocket implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KeptSocket.class);
  private static final int NORMAL = 1000;
  private static final Duration CLOSES_WITHIN = Duration.ofSeconds(1);

  /** What is said on one connection. Called by one thread at a time, but for {@link #look}. */
  interface Conversation {
    void opened();

    void text(String frame, long arrivedAtNanos) throws IOException;

    void bytes(ByteString frame, long arrivedAtNanos) throws IOException;

    /** Called now and then by the timer, to find what is overdue. */
    void look();
  }

  /** Whose connection it is. */
  interface Owner {
    /** Begins to talk over a new connection. */
    Conversation begin(Line line);

    /** The connection is gone; called once for each, also where it could not be made. */
    void lost(StreamFault fault, String detail);
  }

  private final Request request;
  private final OkHttpClient http;
  private final ScheduledExecutorService timer;
  private final StreamSettings settings;
  private final BackOff backOff;
  private final LongSupplier nanoClock;
  private final Owner owner;
  private final Object lock = new Object();

  // changed under lock, read without it for each frame
  private volatile Optional<Line> current = Optional.empty();

  // guarded by lock
  private boolean started;
  private boolean closed;
  private int failures;

  KeptSocket(
      String url,
      OkHttpClient http,
      ScheduledExecutorService timer,
      StreamSettings settings,
      BackOff backOff,
      LongSupplier nanoClock,
      Owner owner) {
    this.request = new Request.Builder().url(url).build();
    this.http = http;
    this.timer = timer;
    this.settings = settings;
    this.backOff = backOff;
    this.nanoClock = nanoClock;
    this.owner = owner;
  }

  /** Opens the connection, the first time it is called. */
  void start() {
    synchronized (lock) {
      if (started || closed) {
        return;
      }
      started = true;
    }
    later(Duration.ZERO, this::open);
    repeat(settings.lookEach(), this::look);
  }

  private void open() {
    Line line = new Line();
    synchronized (lock) {
      if (closed || current.isPresent()) {
        return;
      }
      current = Optional.of(line);
    }
    line.connect();
  }

  private void look() {
    current.ifPresent(line -> line.conversation.look());
  }

  /** Ends the present connection, if there is one, and opens another. */
  void fail(StreamFault fault, String detail) {
    current.ifPresent(line -> line.fail(fault, detail));
  }

  @Override
  public void close() {
    Optional<Line> last;
    synchronized (lock) {
      closed = true;
      last = current;
      current = Optional.empty();
    }
    last.ifPresent(Line::hangUp);
  }

  private void later(Duration wait, Runnable task) {
    try {
      timer.schedule(safely(task), wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("{}: closed", request.url());
    }
  }

  private void repeat(Duration each, Runnable task) {
    try {
      timer.scheduleAtFixedRate(safely(task), each.toNanos(), each.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("{}: closed", request.url());
    }
  }

  /** A timer's task that throws would silently never be called again. */
  private Runnable safely(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        log.error("{}: {}", request.url(), e.getMessage(), e);
      }
    };
  }

  /** One connection. */
  final class Line extends WebSocketListener {
    private final Conversation conversation = owner.begin(this);
    private volatile Optional<WebSocket> socket = Optional.empty();
    private volatile Optional<Long> settledAt = Optional.empty();

    private void connect() {
      socket = Optional.of(http.newWebSocket(request, this));
    }

    /** The conversation has got what it wanted: the next break is not one more in a row. */
    void settled() {
      settledAt = Optional.of(nanoClock.getAsLong());
    }

    /** Sends a text frame. */
    void send(String frame) {
      socket.ifPresent(open -> open.send(frame));
    }

    /** Sends a binary frame. */
    void send(byte[] frame) {
      socket.ifPresent(open -> open.send(ByteString.of(frame)));
    }

    /** Gives the connection up; another is opened after a while. */
    void fail(StreamFault fault, String detail) {
      Duration wait;
      synchronized (lock) {
        if (closed || !isCurrent()) {
          return;
        }
        current = Optional.empty();
        if (wasSound()) {
          failures = 0;
        }
        wait = backOff.after(fault, failures);
        failures++;
      }
      hangUp();
      owner.lost(fault, detail);
      later(wait, KeptSocket.this::open);
    }

    private boolean wasSound() {
      return settledAt
          .filter(since -> nanoClock.getAsLong() - since >= settings.longestRetry().toNanos())
          .isPresent();
    }

    /** In good order, so that the broker no longer counts it; soon by force. */
    private void hangUp() {
      socket.ifPresent(
          open -> {
            open.close(NORMAL, null);
            later(CLOSES_WITHIN, open::cancel);
          });
    }

    /**
     * Whether it has not been given up. It no longer is before its owner is told that it is lost,
     * so an owner that asks under the lock of its own state never mistakes a lost one.
     */
    boolean isCurrent() {
      Optional<Line> now = current;
      return now.isPresent() && now.get() == this;
    }

    @Override
    public void onOpen(WebSocket open, Response response) {
      socket = Optional.of(open);
      if (isCurrent()) {
        conversation.opened();
      } else {
        hangUp();
      }
    }

    @Override
    public void onMessage(WebSocket open, String text) {
      long arrived = nanoClock.getAsLong();
      handle(() -> conversation.text(text, arrived));
    }

    @Override
    public void onMessage(WebSocket open, ByteString bytes) {
      long arrived = nanoClock.getAsLong();
      handle(() -> conversation.bytes(bytes, arrived));
    }

    private void handle(Handling handling) {
      if (!isCurrent()) {
        return;
      }
      try {
        handling.run();
      } catch (IOException e) {
        fail(StreamFault.UNREADABLE, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        log.error("{}: a frame could not be handled", request.url(), e);
        fail(StreamFault.UNREADABLE, e.toString());
      }
    }

    @Override
    public void onClosing(WebSocket open, int code, String reason) {
      fail(StreamFault.CLOSED, ("closed by the broker: " + code + " " + reason).trim());
    }

    @Override
    public void onFailure(WebSocket open, Throwable failure, Response response) {
      if (response == null) {
        fail(StreamFault.BROKEN, failure.toString());
        return;
      }
      StreamFault fault =
          switch (response.code()) {
            case 401, 403 -> StreamFault.CREDENTIALS;
            case 429 -> StreamFault.CONNECTION_LIMIT;
            default -> response.code() >= 500 ? StreamFault.SERVER : StreamFault.BROKEN;
          };
      fail(fault, "HTTP " + response.code() + " instead of a stream");
    }
  }

  private interface Handling {
    void run() throws IOException;
  }
}
