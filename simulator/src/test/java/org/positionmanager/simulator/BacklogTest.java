package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BacklogTest {
  /** More than Java lets wait by itself, fewer than any system's limit. */
  private static final int CLIENTS = 110;

  /** Less than the second after which a system tries again whose first attempt was dropped. */
  private static final int AT_ONCE_MILLIS = 700;

  @Test
  void aHundredThatConnectAtOnceAreNotDroppedWhereNoneIsAcceptedYet() throws Exception {
    Server server = new Server();
    // no thread accepts
    ServerConnector connector = new ServerConnector(server, 0, 1);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setAccepting(false);
    server.addConnector(connector);
    server.addEventListener(new Backlog());
    server.start();
    List<Socket> clients = new ArrayList<>();
    try {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort());
      for (int i = 0; i < CLIENTS; i++) {
        Socket client = new Socket();
        clients.add(client);
        client.connect(address, AT_ONCE_MILLIS);
      }
      assertThat(clients).allMatch(Socket::isConnected);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
      server.stop();
    }
  }
}
