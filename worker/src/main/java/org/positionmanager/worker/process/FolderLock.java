package org.positionmanager.worker.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a folder or a file for one process; gone with the process, however it ends. */
public final class FolderLock implements AutoCloseable {
  /**
   * What this process keeps. Asking the system again would do harm: closing any channel on a lock's
   * file gives up the lock, whichever channel took it.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path key;
  private final FileChannel channel;

  private FolderLock(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /**
   * Takes a folder, making it where it is missing.
   *
   * @throws IOException naming the folder and the fix where another process has it
   */
  public static FolderLock take(Path folder) throws IOException {
    Files.createDirectories(folder);
    return take(folder.resolve("in-use.lock"), folder);
  }

  /**
   * Takes one file, by a lock file beside it.
   *
   * @throws IOException naming the file and the fix where another process has it
   */
  public static FolderLock takeFile(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return take(file.resolveSibling(file.getFileName() + ".lock"), file);
  }

  private static FolderLock take(Path lockFile, Path kept) throws IOException {
    Path key = lockFile.toAbsolutePath().getParent().toRealPath().resolve(lockFile.getFileName());
    if (!OURS.add(key)) {
      throw inUse(kept);
    }
    try {
      return new FolderLock(key, locked(lockFile, kept));
    } catch (IOException | RuntimeException e) {
      OURS.remove(key);
      throw e;
    }
  }

  private static FileChannel locked(Path lockFile, Path kept) throws IOException {
    FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw inUse(kept);
    }
    return channel;
  }

  private static IOException inUse(Path kept) {
    return new IOException(
        kept + " is in use by another process; stop that one or give another folder by --data");
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      OURS.remove(key);
    }
  }
}
