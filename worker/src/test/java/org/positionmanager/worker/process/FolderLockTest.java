package org.positionmanager.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One process has a folder, and no longer than it lives. */
@Timeout(90)
class FolderLockTest {
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void anotherProcessIsRefusedInOneLineWithTheFix() throws Exception {
    Path kept = folder.resolve("kept");
    try (FolderLock lock = FolderLock.take(kept)) {
      assertThatThrownBy(() -> otherTakes(kept))
          .hasMessageContaining(kept + " is in use by another process")
          .hasMessageContaining("stop that one or give another folder by --data");
    }
  }

  @Test
  void aSecondTryHereIsRefusedAndDoesNotGiveTheFolderAway() throws Exception {
    Path kept = folder.resolve("kept");
    Path sameFolder = Files.createSymbolicLink(folder.resolve("same"), Files.createDirectory(kept));
    try (FolderLock lock = FolderLock.take(kept)) {
      assertThatThrownBy(() -> FolderLock.take(kept)).hasMessageContaining("is in use");
      assertThatThrownBy(() -> FolderLock.take(sameFolder)).hasMessageContaining("is in use");
      assertThatThrownBy(() -> otherTakes(kept)).hasMessageContaining("is in use");
    }
  }

  @Test
  void whatAnotherProcessHasIsFreeOnceItIsKilled() throws Exception {
    Path kept = folder.resolve("kept");
    ManagedProcess other = otherTakes(kept);
    assertThatThrownBy(() -> FolderLock.take(kept))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is in use by another process")
        .hasMessageNotContaining("\n");
    other.kill();
    await("the folder to be free after its owner was killed")
        .atMost(Duration.ofSeconds(5))
        .ignoreExceptions()
        .untilAsserted(() -> FolderLock.take(kept).close());
  }

  @Test
  void aFolderThatWasGivenBackCanBeTakenAgain() throws IOException {
    FolderLock first = FolderLock.take(folder);
    first.close();
    try (FolderLock second = FolderLock.take(folder)) {
      first.close();
      assertThatThrownBy(() -> FolderLock.take(folder))
          .as("closing the first once more leaves the second alone")
          .hasMessageContaining("is in use");
    }
  }

  @Test
  void twoFilesOfOneFolderAreKeptApart() throws IOException {
    try (FolderLock one = FolderLock.takeFile(folder.resolve("one.db"));
        FolderLock two = FolderLock.takeFile(folder.resolve("two.db"))) {
      assertThat(one).isNotSameAs(two);
      assertThatThrownBy(() -> FolderLock.takeFile(folder.resolve("one.db")))
          .hasMessageStartingWith(folder.resolve("one.db") + " is in use");
    }
  }

  private ManagedProcess otherTakes(Path kept) throws IOException {
    return ManagedProcess.startUntil(
        JavaProgram.of(
            "other",
            Owner.class.getName(),
            List.of("folder", kept.toString()),
            Map.of(),
            folder.resolve("other.log")),
        line -> line.startsWith("owns "),
        READY_WITHIN,
        line -> {});
  }
}
