package org.positionmanager.simulator;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says what was not tested where a person sees it: test runners keep what tests print. */
final class Loud {
  private static final PrintStream ERR =
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  private Loud() {}

  /** Says so in one line, once. */
  static void say(String line) {
    if (SAID.add(line)) {
      ERR.println(line);
    }
  }

  /** Skips the test that asks, and says so, unless a thing is there. */
  static void needs(boolean isThere, String otherwise) {
    if (!isThere) {
      say("SKIPPED: " + otherwise);
    }
    assumeTrue(isThere, otherwise);
  }
}
