package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.watch.ArmedExit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is armed, parsed once: all of it is read again each half minute and at each take-over, and
 * most of it is as it was.
 */
final class ParsedExits {
  private static final Logger log = LoggerFactory.getLogger(ParsedExits.class);

  private record Parsed(String text, ArmedExit exit) {}

  private final ObjectMapper json = Payloads.mapper();
  private final Map<PositionId, Parsed> known = new ConcurrentHashMap<>();

  /** What this build cannot read is not sent: the workflow's reviews protect the position. */
  Optional<ArmedExit> of(PositionId position, String text) {
    Optional<ArmedExit> before =
        Optional.ofNullable(known.get(position))
            .filter(it -> it.text().equals(text))
            .map(Parsed::exit);
    return before.isPresent() ? before : parsed(position, text);
  }

  private Optional<ArmedExit> parsed(PositionId position, String text) {
    try {
      ArmedExit exit = json.readValue(text, ArmedExit.class);
      known.put(position, new Parsed(text, exit));
      return Optional.of(exit);
    } catch (JsonProcessingException e) {
      log.error("{}: what is armed cannot be read, only reviews protect it", position, e);
      return Optional.empty();
    }
  }

  /** There are no others any more. */
  void retain(Set<PositionId> positions) {
    known.keySet().retainAll(positions);
  }
}
