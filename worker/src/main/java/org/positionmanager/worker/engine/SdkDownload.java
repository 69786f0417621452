package org.positionmanager.worker.engine;

import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The download that comes with Temporal's SDK for its own tests. The SDK's server cannot be ours:
 * it would outlive a killed owner. So only its download is used, and the CLI runs under our guard.
 */
final class SdkDownload implements CliDownload {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final Duration patience;

  /**
   * @param patience for so long nothing may arrive
   */
  SdkDownload(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void into(Path folder) throws IOException {
    Files.createDirectories(folder);
    CompletableFuture<Void> ended = new CompletableFuture<>();
    // A thread of its own, given up where it hangs: a blocked socket does not hear an interrupt.
    Thread.ofPlatform()
        .daemon()
        .name("temporal cli download")
        .start(
            () -> {
              try {
                TemporalDevServer.start(downloadOnly(folder)).close();
                ended.complete(null);
              } catch (RuntimeException | Error e) {
                ended.completeExceptionally(e);
              }
            });
    await(ended, folder);
  }

  /** With {@code --help} the program ends at once: it is fetched, and no server is started. */
  private static TemporalDevServerOptions downloadOnly(Path folder) {
    return TemporalDevServerOptions.newBuilder()
        .setDownloadDestination(folder.toString())
        .setLogFile(folder.resolve("download.log").toString())
        .setExtraArgs("--help")
        .build();
  }

  private void await(CompletableFuture<Void> ended, Path folder) throws IOException {
    long size = size(folder);
    long grew = System.nanoTime();
    while (true) {
      try {
        ended.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException stillGoing) {
        long now = size(folder);
        if (now != size) {
          size = now;
          grew = System.nanoTime();
        } else if (System.nanoTime() - grew > patience.toNanos()) {
          throw new IOException("nothing arrived for " + patience.toSeconds() + " s");
        }
      } catch (ExecutionException e) {
        if (TemporalCli.below(folder).isPresent()) {
          return;
        }
        throw new IOException(reason(e.getCause()), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String said = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return switch (root) {
      case UnknownHostException unknown -> said + " cannot be resolved";
      case ConnectException refused -> "no connection: " + said;
      case NoRouteToHostException unreachable -> "no connection: " + said;
      default -> said;
    };
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(SdkDownload::sizeOf).sum();
    } catch (UncheckedIOException movedMeanwhile) {
      return -1;
    }
  }

  private static long sizeOf(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException movedMeanwhile) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
