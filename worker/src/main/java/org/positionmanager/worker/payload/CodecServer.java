package org.positionmanager.worker.payload;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.javalin.Javalin;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Lets the Temporal UI and CLI show what is encrypted, by the protocol of Temporal's codec servers:
 * {@code POST /decode} and {@code POST /encode} with payloads in JSON. The browser of whoever looks
 * asks it, so it listens on loopback of that machine and answers pages of one UI only.
 */
public final class CodecServer implements AutoCloseable {
  /**
   * Headers that the UI sends: it names the namespace, and passes its credentials on if told to.
   */
  private static final String UI_HEADERS = "content-type,x-namespace,authorization";

  private final Javalin http;

  private CodecServer(PayloadCodec codec, URI ui) {
    http =
        Javalin.create(
            server -> {
              server.startup.showJavalinBanner = false;
              server.concurrency.useVirtualThreads = true;
              server.routes.before(context -> allow(context, ui));
              server.routes.options("/*", context -> context.status(HttpStatus.NO_CONTENT));
              server.routes.post("/decode", context -> answer(context, codec::decode));
              server.routes.post("/encode", context -> answer(context, codec::encode));
            });
  }

  /**
   * Listens on loopback.
   *
   * @param ui the origin whose pages may ask, such as {@code http://127.0.0.1:8233}
   * @param port zero for any
   * @throws IOException naming the port where it cannot be had
   */
  public static CodecServer start(PayloadKeys keys, URI ui, int port) throws IOException {
    CodecServer server = new CodecServer(new PayloadEncryption(keys, new SecureRandom()), ui);
    try {
      server.http.start("127.0.0.1", port);
      return server;
    } catch (JavalinBindException e) {
      server.http.stop();
      throw new IOException("port %d is taken: choose another by --port".formatted(port), e);
    }
  }

  private static void allow(Context context, URI ui) {
    String origin = context.header("Origin");
    if (origin != null && !origin.equals(ui.toString())) {
      throw new ForbiddenResponse("pages of %s alone may ask, not %s".formatted(ui, origin));
    }
    context.header("Access-Control-Allow-Origin", ui.toString());
    context.header("Access-Control-Allow-Methods", "POST,OPTIONS");
    context.header("Access-Control-Allow-Headers", UI_HEADERS);
    context.header("Vary", "Origin");
  }

  private static void answer(Context context, UnaryOperator<List<Payload>> work) {
    try {
      Payloads.Builder asked = Payloads.newBuilder();
      JsonFormat.parser().ignoringUnknownFields().merge(context.body(), asked);
      Payloads done =
          Payloads.newBuilder().addAllPayloads(work.apply(asked.getPayloadsList())).build();
      context.contentType("application/json").result(JsonFormat.printer().print(done));
    } catch (InvalidProtocolBufferException e) {
      throw new BadRequestResponse("the body has to be payloads in JSON");
    } catch (PayloadCodecException e) {
      throw new BadRequestResponse(e.getMessage());
    }
  }

  /** Where it listens. */
  public int port() {
    return http.port();
  }

  @Override
  public void close() {
    http.stop();
  }
}
