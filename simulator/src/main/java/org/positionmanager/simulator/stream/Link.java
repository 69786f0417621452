package org.positionmanager.simulator.stream;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * The way out to one client: frames in order, one under way at a time, so that a client that does
 * not read holds up nobody else.
 */
final class Link {
  private final Session session;
  private final int mostWaiting;
  private final Queue<Wire.Frame> waiting = new ArrayDeque<>();
  private int waitingMessages;
  private boolean underWay;
  private boolean pumping;
  private boolean closing;

  /**
   * Makes one.
   *
   * @param mostWaiting messages that may wait before the client counts as slow
   */
  Link(Session session, int mostWaiting) {
    this.session = session;
    this.mostWaiting = mostWaiting;
  }

  /** Sends a frame as soon as those before it have gone; false where the client is too slow. */
  boolean send(Wire.Frame frame) {
    synchronized (this) {
      if (closing) {
        return true;
      }
      if (waitingMessages + frame.messages() > mostWaiting && underWay) {
        return false;
      }
      waiting.add(frame);
      waitingMessages += frame.messages();
    }
    pump();
    return true;
  }

  /** Sends a last frame, without those that wait, and closes. */
  void close(Wire.Frame last) {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
      waiting.clear();
      waiting.add(last);
      waitingMessages = last.messages();
    }
    pump();
  }

  /** Whether more can be sent. */
  boolean isOpen() {
    return session.isOpen();
  }

  /** Cuts the connection, whatever is under way. */
  void cut() {
    session.disconnect();
  }

  /** Sends what waits; a loop, because frames that go out at once must not nest. */
  private void pump() {
    while (true) {
      Wire.Frame next;
      synchronized (this) {
        if (underWay || pumping) {
          return;
        }
        next = waiting.poll();
        if (next == null) {
          if (closing) {
            session.close(1000, "", Callback.NOOP);
          }
          return;
        }
        waitingMessages -= next.messages();
        underWay = true;
        pumping = true;
      }
      Callback sent = Callback.from(this::sent, failure -> session.disconnect());
      if (next.text().isPresent()) {
        session.sendText(next.text().get(), sent);
      } else {
        session.sendBinary(ByteBuffer.wrap(next.bytes()), sent);
      }
      synchronized (this) {
        pumping = false;
        if (underWay) {
          return;
        }
      }
    }
  }

  private void sent() {
    synchronized (this) {
      underWay = false;
      if (pumping) {
        return;
      }
    }
    pump();
  }
}
