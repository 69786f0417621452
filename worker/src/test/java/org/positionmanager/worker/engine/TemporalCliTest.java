package org.positionmanager.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The order in which the CLI is looked for, and what a failed step leaves. */
@Timeout(60)
class TemporalCliTest {
  private static final String BASE_URL = "io.temporal.testing.devServerDownloadBaseUrl";

  private final List<String> progress = new ArrayList<>();
  @TempDir private Path folder;
  private Path path;
  private Path cache;

  @BeforeEach
  void makeFolders() throws IOException {
    path = Files.createDirectory(folder.resolve("path"));
    cache = folder.resolve("cache").resolve("position-manager").resolve("temporal");
  }

  @AfterEach
  void forgetTheDownloadServer() {
    System.clearProperty(BASE_URL);
  }

  @Test
  void theProgramOnThePathComesBeforeTheCache() throws IOException {
    Path onPath = program(path.resolve("temporal"), "exit 0");
    program(cache.resolve(TemporalCli.VERSION).resolve("temporal"), "exit 0");
    assertThat(finder(this::mustNotDownload).binary()).isEqualTo(onPath);
    assertThat(progress).isEmpty();
  }

  @Test
  void whatWasBuiltBeforeComesBeforeADownload() throws IOException {
    Path built = program(cache.resolve(TemporalCli.VERSION).resolve("temporal"), "exit 0");
    assertThat(finder(this::mustNotDownload).binary()).isEqualTo(built);
    assertThat(progress).isEmpty();
  }

  @Test
  void aDownloadComesBeforeABuildAndIsKept() throws IOException {
    program(path.resolve("go"), "echo 'must not build' >&2; exit 1");
    EngineFinder finder =
        finder(into -> program(into.resolve("v9").resolve("linux").resolve("temporal"), "exit 0"));
    Path fetched = finder.binary();
    assertThat(fetched).startsWith(cache).hasFileName("temporal");
    assertThat(progress).singleElement().asString().contains("fetching the Temporal CLI");
    assertThat(finder(this::mustNotDownload).binary()).isEqualTo(fetched);
  }

  @Test
  void aFailedDownloadIsToldInOneLineAndGoBuildsIt() throws IOException {
    program(
        path.resolve("go"),
        "printf '#!/bin/sh\\n' > \"$GOBIN/temporal\"; chmod +x \"$GOBIN/temporal\"");
    Path built =
        finder(
                into -> {
                  throw new IOException("its host cannot be resolved");
                })
            .binary();
    assertThat(built).isEqualTo(cache.resolve(TemporalCli.VERSION).resolve("temporal"));
    assertThat(built).isExecutable();
    assertThat(progress)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("fetching the Temporal CLI"),
            line ->
                assertThat(line)
                    .isEqualTo("the Temporal CLI cannot be fetched: its host cannot be resolved"),
            line -> assertThat(line).startsWith("building the Temporal CLI"));
    assertThat(built.getParent()).isDirectoryNotContaining("glob:**/building-*");
  }

  @Test
  void whereNothingCanBeHadOneMessageSaysWhatToInstall() throws IOException {
    program(path.resolve("go"), "echo 'no network' >&2; exit 1");
    EngineFinder finder =
        finder(
            into -> {
              throw new IOException("no network");
            });
    assertThatThrownBy(finder::binary)
        .hasMessageContaining("TEMPORAL_ADDRESS")
        .hasMessageContaining("install the Temporal CLI")
        .hasMessageContaining("install Go")
        .hasMessageNotContaining("\n");
    assertThat(progress).last().asString().startsWith("Go could not build it, see ");
    assertThat(cache.resolve(TemporalCli.VERSION).resolve("build.log")).hasContent("no network");
  }

  @Test
  void theSdkFetchesAnArchiveAndTheProgramInItIsUsed() throws Exception {
    Path archive = folder.resolve("cli.tar.gz");
    program(folder.resolve("packed").resolve("temporal"), "echo usage");
    assertThat(
            new ProcessBuilder(
                    List.of(
                        "tar", "-czf", archive.toString(), "-C", folder + "/packed", "temporal"))
                .start()
                .waitFor())
        .isZero();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    answer(
        server,
        "/cli/",
        "{\"archiveUrl\": \"%s/archive\", \"fileToExtract\": \"temporal\"}"
            .formatted(url)
            .getBytes(StandardCharsets.UTF_8));
    answer(server, "/archive", Files.readAllBytes(archive));
    server.start();
    System.setProperty(BASE_URL, url);
    try {
      Path fetched = finder(new SdkDownload(Duration.ofSeconds(20))).binary();
      assertThat(fetched).startsWith(cache).isExecutable().content().contains("echo usage");
      assertThat(progress).hasSize(1);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aDownloadHostThatRefusesIsGivenUpAtOnce() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    System.setProperty(BASE_URL, "http://127.0.0.1:" + nobody);
    long started = System.nanoTime();
    assertThatThrownBy(() -> new SdkDownload(Duration.ofSeconds(50)).into(folder))
        .hasMessageStartingWith("no connection: ")
        .hasMessageNotContaining("\n");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aDownloadHostThatCannotBeResolvedIsGivenUpAtOnce() {
    System.setProperty(BASE_URL, "http://nowhere.invalid");
    assertThatThrownBy(() -> new SdkDownload(Duration.ofSeconds(50)).into(folder))
        .hasMessage("nowhere.invalid cannot be resolved");
  }

  @Test
  void aDownloadHostThatNeverAnswersIsGivenUpAfterAWhile() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      System.setProperty(BASE_URL, "http://127.0.0.1:" + silent.getLocalPort());
      assertThatThrownBy(() -> new SdkDownload(Duration.ofSeconds(1)).into(folder))
          .hasMessage("nothing arrived for 1 s");
    }
  }

  private EngineFinder finder(CliDownload download) {
    return new EngineFinder(
        Map.of("PATH", path.toString(), "XDG_CACHE_HOME", folder.resolve("cache").toString()),
        download,
        progress::add);
  }

  private void mustNotDownload(Path into) throws IOException {
    throw new IOException("nothing had to be downloaded");
  }

  private static void answer(HttpServer server, String path, byte[] body) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  private static Path program(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
