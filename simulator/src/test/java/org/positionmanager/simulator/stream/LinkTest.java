package org.positionmanager.simulator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The way out to a client whose network takes frames at once, later, or not at all. */
class LinkTest {
  private final List<String> sent = new ArrayList<>();
  private final List<Callback> held = new ArrayList<>();
  private boolean holds;
  private boolean closed;

  private final Session session =
      (Session)
          Proxy.newProxyInstance(
              Session.class.getClassLoader(),
              new Class<?>[] {Session.class},
              (proxy, method, arguments) -> {
                switch (method.getName()) {
                  case "sendText" -> take((String) arguments[0], (Callback) arguments[1]);
                  case "close" -> closed = true;
                  default -> throw new UnsupportedOperationException(method.getName());
                }
                return null;
              });

  private void take(String text, Callback callback) {
    sent.add(text);
    if (holds) {
      held.add(callback);
    } else {
      callback.succeed();
    }
  }

  private static Wire.Frame frame(int number) {
    return Wire.JSON_TEXT.one(new Message(Map.of("n", number)));
  }

  @Test
  @DisplayName("thousands of frames that waited for one go out in order, without nesting")
  void drains() {
    Link link = new Link(session, 100_000);
    holds = true;
    for (int i = 0; i < 50_000; i++) {
      assertThat(link.send(frame(i))).isTrue();
    }
    assertThat(sent).hasSize(1);
    holds = false;
    held.getFirst().succeed();
    assertThat(sent)
        .containsExactlyElementsOf(
            IntStream.range(0, 50_000).mapToObj(i -> "{\"n\":" + i + "}").toList());
  }

  @Test
  @DisplayName("a client for which too much waits is slow; its last frame goes before the rest")
  void findsSlowClients() {
    Link link = new Link(session, 3);
    holds = true;
    for (int i = 0; i < 4; i++) {
      assertThat(link.send(frame(i))).isTrue();
    }
    assertThat(link.send(frame(4))).isFalse();
    link.close(frame(407));
    holds = false;
    held.getFirst().succeed();
    assertThat(sent).containsExactly("{\"n\":0}", "{\"n\":407}");
    assertThat(closed).isTrue();
  }
}
