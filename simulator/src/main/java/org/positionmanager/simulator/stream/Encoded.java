package org.positionmanager.simulator.stream;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The frames that were last made: most clients of a feed get the same. May be asked by any thread.
 */
final class Encoded {
  private record Last(List<Message> messages, Wire.Frame frame) {}

  private final Map<Wire, Last> last = new EnumMap<>(Wire.class);

  /** Messages, which are the same object whoever gets them, as one list. */
  synchronized Wire.Frame list(Wire wire, List<Message> messages) {
    Last before = last.get(wire);
    // a message equals itself only, so this says whether it is the same news
    if (before == null || !before.messages().equals(messages)) {
      before = new Last(List.copyOf(messages), wire.list(messages));
      last.put(wire, before);
    }
    return before.frame();
  }
}
