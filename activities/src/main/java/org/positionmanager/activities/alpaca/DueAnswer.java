package org.positionmanager.activities.alpaca;

import java.util.Optional;
import org.positionmanager.activities.live.StreamFault;

/** An answer that a connection waits for; a connection that does not give it is given up. */
final class DueAnswer {
  private final KeptSocket.Line line;
  private final StreamParts parts;
  private volatile Optional<Long> dueAt = Optional.empty();

  DueAnswer(KeptSocket.Line line, StreamParts parts) {
    this.line = line;
    this.parts = parts;
  }

  void expect() {
    long patience = parts.settings().streams().answerWithin().toNanos();
    dueAt = Optional.of(parts.nanoClock().getAsLong() + patience);
  }

  void arrived() {
    dueAt = Optional.empty();
  }

  void giveUpIfLate() {
    long now = parts.nanoClock().getAsLong();
    if (dueAt.filter(due -> now - due >= 0).isPresent()) {
      line.fail(
          StreamFault.NO_ANSWER,
          "no answer within " + parts.settings().streams().answerWithin().toMillis() + " ms");
    }
  }
}
