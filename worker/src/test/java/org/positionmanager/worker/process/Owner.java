package org.positionmanager.worker.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * A program that owns something and waits to be killed. What it owns is named by its first
 * argument; it says {@code owns} and the id of what it started when it has it.
 */
public final class Owner {
  private Owner() {}

  /** Takes what is owned, and whatever that needs. */
  public static void main(String[] arguments) throws InterruptedException {
    ParentWatch.startIfAsked();
    try {
      own(arguments);
    } catch (IOException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }

  private static void own(String[] arguments) throws IOException {
    List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
    switch (arguments[0]) {
      case "folder" -> {
        FolderLock lock = FolderLock.take(Path.of(rest.getFirst()));
        System.out.println("owns " + lock);
      }
      case "guarded" -> System.out.println("owns " + child(rest, false).pid());
      case "watching" -> System.out.println("owns " + child(rest, true).pid());
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static ManagedProcess child(List<String> rest, boolean watchesStdin) throws IOException {
    Path log = Path.of(rest.getFirst());
    List<String> line =
        watchesStdin
            ? JavaProgram.of(
                    "child", Owner.class.getName(), rest.subList(1, rest.size()), Map.of(), log)
                .line()
            : rest.subList(1, rest.size());
    Predicate<String> ready = said -> said.startsWith(watchesStdin ? "owns" : "ready");
    return ManagedProcess.startUntil(
        new ManagedProcess.Command("child", line, Map.of(), log, watchesStdin),
        ready,
        Duration.ofSeconds(20),
        said -> {});
  }
}
