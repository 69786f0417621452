package org.positionmanager.simulator.stream;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a data stream complains of; codes and words are Alpaca's (DOC: real-time data, errors). */
enum StreamError {
  INVALID_SYNTAX(400, "invalid syntax"),
  NOT_AUTHENTICATED(401, "not authenticated"),
  AUTH_FAILED(402, "auth failed"),
  ALREADY_AUTHENTICATED(403, "already authenticated"),
  AUTH_TIMEOUT(404, "auth timeout"),
  SYMBOL_LIMIT(405, "symbol limit exceeded"),
  CONNECTION_LIMIT(406, "connection limit exceeded"),
  SLOW_CLIENT(407, "slow client"),
  /** Of accounts that may not use this version; in the documentation until 2022. */
  NOT_ENABLED(408, "v2 not enabled"),
  INSUFFICIENT_SUBSCRIPTION(409, "insufficient subscription"),
  INVALID_SUBSCRIBE(410, "invalid subscribe action for this feed"),
  MSGPACK_ONLY(412, "option messages are only available in MsgPack format"),
  NO_STAR_QUOTES(413, "star subscription is not allowed for option quotes");

  private final int code;
  private final String words;

  StreamError(int code, String words) {
    this.code = code;
    this.words = words;
  }

  Message message() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("T", "error");
    fields.put("code", code);
    fields.put("msg", words);
    return new Message(fields);
  }
}
