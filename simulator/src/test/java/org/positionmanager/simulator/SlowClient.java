package org.positionmanager.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket by hand, so that nothing reads what arrives. */
final class SlowClient implements AutoCloseable {
  private static final int SMALL_BUFFER = 1_024;
  private static final int TAIL = 200;

  private final Socket socket = new Socket();
  private final String path;

  SlowClient(int port, String path, String account) throws IOException {
    this.path = path;
    socket.setReceiveBufferSize(SMALL_BUFFER);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    String request =
        """
        GET %s HTTP/1.1
        Host: 127.0.0.1
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
        Sec-WebSocket-Version: 13
        APCA-API-KEY-ID: key-%s
        APCA-API-SECRET-KEY: secret-%s

        """
            .formatted(path, account, account)
            .replace("\n", "\r\n");
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    readUntil("authenticated");
  }

  private void readUntil(String words) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(words) < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("the server ended it after: " + read);
      }
      read.append((char) next);
    }
  }

  /** Sends a text, masked by zero, of up to 125 bytes. */
  void send(String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0x81);
    frame.write(0x80 | payload.length);
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    socket.getOutputStream().write(frame.toByteArray());
  }

  /** Whether the server counts it among its connections no longer. */
  boolean isDropped(Client admin) throws Exception {
    return admin.get("/admin/streams").body().path("connections").path(path).asInt() == 0;
  }

  /** Reads all there is until some words come or the server ends it; returns the last of it. */
  String readOnTo(String words) throws IOException {
    socket.setSoTimeout(10_000);
    byte[] bytes = new byte[65_536];
    String tail = "";
    int count = socket.getInputStream().read(bytes);
    while (count >= 0 && !tail.contains(words)) {
      String read = tail + new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
      tail = read.substring(Math.max(0, read.length() - TAIL));
      count = socket.getInputStream().read(bytes);
    }
    return tail;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
