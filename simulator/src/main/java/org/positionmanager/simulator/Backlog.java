package org.positionmanager.simulator;

import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * How many connections may wait to be accepted. Java's default is 50: of a thousand clients that
 * connect at once the system drops the others, and they try again after 1, 3 and 7 s.
 */
final class Backlog implements LifeCycle.Listener {
  /** The system's own limit may be lower: 4,096 on Linux. */
  private static final int CONNECTIONS = 10_000;

  @Override
  public void lifeCycleStarting(LifeCycle server) {
    for (Connector connector : ((Server) server).getConnectors()) {
      if (connector instanceof ServerConnector listening) {
        listening.setAcceptQueueSize(CONNECTIONS);
      }
    }
  }
}
