package org.positionmanager.activities.alpaca;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes whole requests and then misbehaves, below what an HTTP server would let a test do. */
final class BrokenServer implements AutoCloseable {
  /** What is done with a connection whose request has arrived. */
  enum Fault {
    /** Closes without a word. */
    DROPS,
    /** Says nothing, ever. */
    HANGS,
    /** Promises a body, sends half of it and closes. */
    CUTS_THE_BODY,
    /** Answers with something that is not HTTP. */
    BABBLES,
    /** Answers well, lets the client keep the connection, and closes it without a word. */
    CLOSES_WHAT_IS_KEPT
  }

  private final ServerSocket socket;
  private final Fault fault;
  private final Semaphore closed = new Semaphore(0);
  private final AtomicInteger requests = new AtomicInteger();
  private final List<Socket> hanging = new CopyOnWriteArrayList<>();

  BrokenServer(Fault fault) {
    this.fault = fault;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  private void serve() {
    try {
      while (true) {
        take(socket.accept());
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void take(Socket one) throws IOException {
    if (one.getInputStream().read(new byte[8192]) < 0) {
      one.close();
      return;
    }
    requests.incrementAndGet();
    switch (fault) {
      case DROPS -> one.close();
      case HANGS -> hanging.add(one);
      case CUTS_THE_BODY ->
          say(one, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"id\":\"o-1\",");
      case BABBLES -> say(one, "what?\r\n\r\n");
      case CLOSES_WHAT_IS_KEPT -> {
        say(one, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");
        closed.release();
      }
    }
  }

  private static void say(Socket one, String words) throws IOException {
    one.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
    one.close();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Returns when the connection of the next answer is closed. */
  void awaitClosed() throws InterruptedException {
    closed.acquire();
  }

  /** Requests that arrived, one for each connection. */
  int requests() {
    return requests.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket one : hanging) {
      one.close();
    }
  }
}
