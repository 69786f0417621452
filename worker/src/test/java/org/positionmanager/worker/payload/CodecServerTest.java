package org.positionmanager.worker.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodecServerTest {
  private static final URI UI = URI.create("http://127.0.0.1:8233");
  private static final Payload PLAIN =
      Payload.newBuilder()
          .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
          .setData(ByteString.copyFromUtf8("\"WMT\""))
          .build();

  @TempDir private Path folder;
  private PayloadKeys keys;
  private CodecServer server;

  @BeforeEach
  void start() throws IOException {
    Path file = folder.resolve("keys.txt");
    Files.writeString(file, "2026-11 " + Base64.getEncoder().encodeToString(new byte[32]));
    keys = PayloadKeys.of(Map.of(PayloadKeys.FILE, file.toString()));
    server = CodecServer.start(keys, UI, 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String json(Payload... payloads) throws IOException {
    return JsonFormat.printer()
        .print(Payloads.newBuilder().addAllPayloads(List.of(payloads)).build());
  }

  private static List<Payload> payloads(HttpResponse<String> answer) throws IOException {
    Payloads.Builder read = Payloads.newBuilder();
    JsonFormat.parser().merge(answer.body(), read);
    return read.getPayloadsList();
  }

  @Test
  @DisplayName("the UI is told what is encrypted, and may read the answer")
  void decodes() throws Exception {
    Payload written =
        new PayloadEncryption(keys, new SecureRandom()).encode(List.of(PLAIN)).getFirst();
    HttpResponse<String> answer =
        post("/decode", json(written), "Origin", UI.toString(), "X-Namespace", "default");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(payloads(answer)).containsExactly(PLAIN);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(UI.toString());
  }

  @Test
  @DisplayName("what the UI encodes, as a signal that a person sends, is encrypted")
  void encodes() throws Exception {
    HttpResponse<String> answer = post("/encode", json(PLAIN));
    assertThat(answer.body()).doesNotContain("WMT");
    assertThat(new PayloadEncryption(keys, new SecureRandom()).decode(payloads(answer)))
        .containsExactly(PLAIN);
  }

  @Test
  @DisplayName("pages of other sites are refused")
  void refusesOthers() throws Exception {
    HttpResponse<String> answer =
        post("/decode", json(PLAIN), "Origin", "https://elsewhere.example");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).doesNotContain("WMT");
  }

  @Test
  @DisplayName("a body that is none, and a key that is missing, are told as what they are")
  void badBodies() throws Exception {
    assertThat(post("/decode", "WMT").statusCode()).isEqualTo(400);
    Payload other =
        PLAIN.toBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("binary/encrypted"))
            .putMetadata("encryption-key-id", ByteString.copyFromUtf8("gone"))
            .build();
    HttpResponse<String> answer = post("/decode", json(other));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("key 'gone'");
  }

  @Test
  @DisplayName("a port that is taken is named")
  void takenPort() {
    assertThatThrownBy(() -> CodecServer.start(keys, UI, server.port()))
        .isInstanceOf(IOException.class)
        .hasMessage("port %d is taken: choose another by --port".formatted(server.port()));
  }
}
