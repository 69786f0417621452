package org.positionmanager.worker.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a secret manager's own command for one value, which it writes to its standard output. No
 * shell takes part. What it says on standard error is a person's to read: it goes to ours.
 *
 * @param within when a command that has not ended is given up
 */
record SecretCommand(Duration within) {
  /** A person may have to touch a key or unlock something meanwhile. */
  static final SecretCommand PATIENT = new SecretCommand(Duration.ofSeconds(30));

  /** No key is longer; whatever writes more is the wrong command. */
  private static final int MOST_BYTES = 10_000;

  private static final Executor THREAD = work -> Thread.ofVirtual().name("secret").start(work);

  /** Said without what it wrote: that may be the secret, or a part of it. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Runs it.
   *
   * @param line program and arguments
   * @throws Failed to follow its name: "ended with exit code 1"
   */
  String value(List<String> line) throws Failed {
    long end = System.nanoTime() + within.toNanos();
    Process process;
    try {
      process = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new Failed("cannot be run", e);
    }
    // read while it runs: one that fills the pipe would never end
    CompletableFuture<byte[]> output =
        CompletableFuture.supplyAsync(() -> read(process.getInputStream()), THREAD);
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Failed("did not end within " + within.toSeconds() + " s", null);
      }
      if (process.exitValue() != 0) {
        throw new Failed("ended with exit code " + process.exitValue(), null);
      }
      byte[] written = output.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (written.length > MOST_BYTES) {
        throw new Failed("wrote more than any key is long", null);
      }
      return new String(written, UTF_8);
    } catch (TimeoutException e) {
      throw new Failed("ended, but what it started keeps its output open", e);
    } catch (ExecutionException e) {
      throw new Failed("cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failed("was interrupted", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static byte[] read(InputStream stream) {
    try (stream) {
      byte[] written = stream.readNBytes(MOST_BYTES + 1);
      stream.transferTo(OutputStream.nullOutputStream());
      return written;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
