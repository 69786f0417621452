package org.positionmanager.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A network on loopback between a client and a server, which a test can break. */
final class BreakableLink implements AutoCloseable {
  private final ServerSocket entrance;
  private volatile int to;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean refusing;
  private boolean frozen;

  BreakableLink(int to) {
    this.to = to;
    try {
      entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = entrance.accept();
        if (refusing) {
          client.close();
        } else {
          join(client);
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void join(Socket client) throws IOException {
    Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
    sockets.add(client);
    sockets.add(server);
    Thread.ofVirtual().start(() -> carry(client, server));
    Thread.ofVirtual().start(() -> carry(server, client));
  }

  private void carry(Socket from, Socket into) {
    try (from;
        into) {
      InputStream in = from.getInputStream();
      OutputStream out = into.getOutputStream();
      byte[] bytes = new byte[65_536];
      int count = in.read(bytes);
      while (count >= 0) {
        awaitThaw();
        out.write(bytes, 0, count);
        count = in.read(bytes);
      }
    } catch (IOException e) {
      // One side has gone; the other is closed with it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitThaw() throws InterruptedException {
    lock.lock();
    try {
      while (frozen) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Breaks every connection; new ones are taken. */
  void cut() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  /** Breaks every connection and takes no new one until it is mended. */
  void down() throws IOException {
    refusing = true;
    cut();
  }

  /** Breaks every connection; new ones are to another server. */
  void leadTo(int other) throws IOException {
    to = other;
    cut();
  }

  void mend() {
    refusing = false;
  }

  /** Carries nothing, in neither direction, and tells nobody: connections look well. */
  void freeze(boolean stop) {
    lock.lock();
    try {
      frozen = stop;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    freeze(false);
    entrance.close();
    cut();
  }
}
