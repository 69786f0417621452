package org.positionmanager.worker.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.positionmanager.worker.process.ManagedProcess;
import org.positionmanager.worker.process.ParentWatch;

/** A program that keeps a dev server on the file until it is killed. */
public final class DevServerOwner {
  private DevServerOwner() {}

  /** Takes binary and file; says {@code up} and the id of the server's process. */
  public static void main(String[] arguments) throws InterruptedException {
    ParentWatch.startIfAsked();
    try {
      Engine engine =
          DevServer.start(Path.of(arguments[0]), Path.of(arguments[1]), DevServer.Ports.free());
      System.out.println("up " + ((ManagedProcess) engine.owned()).pid());
    } catch (IOException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }
}
