package org.positionmanager.worker.database;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.positionmanager.worker.process.ParentWatch;

/** A program that keeps a ledger server on the folder until it is killed. */
public final class LedgerOwner {
  private LedgerOwner() {}

  /** Says {@code up} and the id of the server's process. */
  public static void main(String[] arguments) throws InterruptedException {
    ParentWatch.startIfAsked();
    try {
      LedgerServer server = LedgerServer.start(Path.of(arguments[0]));
      System.out.println("up " + server.postmaster().orElseThrow().pid());
    } catch (IOException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }
}
