package org.positionmanager.worker.process;

import java.io.IOException;
import java.io.InputStream;

/** Ends this program when the one that started it has gone. */
public final class ParentWatch {
  private ParentWatch() {}

  /** Watches standard input where the starter asked for it. */
  public static void startIfAsked() {
    if (Boolean.getBoolean(ManagedProcess.EXIT_ON_STDIN_EOF)) {
      Thread.ofPlatform().daemon().name("parent watch").start(() -> await(System.in));
    }
  }

  private static void await(InputStream input) {
    try {
      while (input.read() >= 0) {
        // whatever is said there means only that the starter lives
      }
    } catch (IOException gone) {
      // a broken pipe says the same as its end
    }
    System.exit(0);
  }
}
