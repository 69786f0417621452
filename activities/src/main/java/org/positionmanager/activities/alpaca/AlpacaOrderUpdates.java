package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import okio.ByteString;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.live.OrderUpdate;
import org.positionmanager.activities.live.OrderUpdates;
import org.positionmanager.activities.live.StreamFault;
import org.positionmanager.activities.live.StreamState;

/**
 * The trading stream {@code /stream}: JSON, which paper accounts send in binary frames. It is
 * connected once {@code trade_updates} are confirmed.
 */
final class AlpacaOrderUpdates implements OrderUpdates, KeptSocket.Owner {
  private static final String UPDATES = "trade_updates";

  private final StreamParts parts;
  private final KeptSocket socket;
  private volatile Optional<Listener> listener = Optional.empty();
  private volatile StreamState state = new StreamState.Idle();

  AlpacaOrderUpdates(StreamParts parts) {
    this.parts = parts;
    this.socket = parts.socket(parts.settings().tradingStreamUrl(), this);
  }

  @Override
  public void start(Listener to) {
    if (listener.isPresent()) {
      throw new IllegalStateException("order updates are started already");
    }
    listener = Optional.of(to);
    become(new StreamState.Down(StreamFault.NOT_YET, "not yet connected"));
    socket.start();
  }

  @Override
  public StreamState state() {
    return state;
  }

  private synchronized void connected(KeptSocket.Line line) {
    if (line.isCurrent()) {
      become(new StreamState.Connected());
    }
  }

  private synchronized void become(StreamState next) {
    if (!next.equals(state)) {
      state = next;
      try {
        parts.timer().execute(() -> listener.ifPresent(it -> it.onState(next)));
      } catch (RejectedExecutionException e) {
        // closed: nobody listens any more
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }

  @Override
  public KeptSocket.Conversation begin(KeptSocket.Line line) {
    return new Talk(line);
  }

  @Override
  public void lost(StreamFault fault, String detail) {
    become(new StreamState.Down(fault, detail));
  }

  /** One connection's conversation. */
  private final class Talk implements KeptSocket.Conversation {
    private final KeptSocket.Line line;
    private final DueAnswer answer;

    Talk(KeptSocket.Line line) {
      this.line = line;
      this.answer = new DueAnswer(line, parts);
    }

    /** Unlike the data streams, this one waits for the client to speak. */
    @Override
    public void opened() {
      answer.expect();
      line.send(StreamRequests.auth(parts.settings()));
    }

    @Override
    public void text(String frame, long arrivedAtNanos) throws IOException {
      read(frame, arrivedAtNanos);
    }

    @Override
    public void bytes(ByteString frame, long arrivedAtNanos) throws IOException {
      read(frame.utf8(), arrivedAtNanos);
    }

    private void read(String frame, long arrived) throws IOException {
      JsonNode message =
          AlpacaJson.read(frame).orElseThrow(() -> new IOException("a frame is not JSON"));
      JsonNode data = message.path("data");
      switch (message.path("stream").asText()) {
        case "authorization" -> authorized(data);
        case "listening" -> listening(data);
        case UPDATES -> updated(data, arrived);
        default -> {
          if (message.path("action").asText().equals("error")) {
            failed(data.path("error_message").asText("an error without words"));
          }
        }
      }
    }

    private void authorized(JsonNode data) {
      if (data.path("status").asText().equals("authorized")) {
        answer.expect();
        line.send(StreamRequests.listen());
      } else {
        line.fail(StreamFault.CREDENTIALS, "the stream says " + data.path("status").asText());
      }
    }

    private void listening(JsonNode data) {
      if (data.path("streams").valueStream().anyMatch(it -> it.asText().equals(UPDATES))) {
        answer.arrived();
        line.settled();
        connected(line);
      } else {
        line.fail(StreamFault.NOT_ENTITLED, "the broker does not tell " + UPDATES);
      }
    }

    private void failed(String words) {
      StreamFault fault =
          switch (words) {
            case "slow client" -> StreamFault.SLOW_READER;
            case "auth timeout" -> StreamFault.NO_ANSWER;
            case "connection limit exceeded" -> StreamFault.CONNECTION_LIMIT;
            case "internal error" -> StreamFault.SERVER;
            default -> StreamFault.UNKNOWN;
          };
      line.fail(fault, words);
    }

    private void updated(JsonNode data, long arrived) {
      List<OrderUpdate> updates;
      try {
        updates = OrderUpdateJson.read(data, arrived);
      } catch (BrokerException e) {
        listener.ifPresent(it -> it.onUnreadable(e.getMessage()));
        return;
      }
      listener.ifPresent(it -> updates.forEach(it::onUpdate));
    }

    @Override
    public void look() {
      answer.giveUpIfLate();
    }
  }
}
