package org.positionmanager.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** A clear no, with Alpaca's status, code and words. */
final class Rejection extends RuntimeException {
  private final int status;
  private final Map<String, Object> body = new LinkedHashMap<>();

  Rejection(int status, long code, String message) {
    super(message, null, false, false);
    this.status = status;
    body.put("code", code);
    body.put("message", message);
  }

  Rejection with(String field, Object value) {
    body.put(field, value);
    return this;
  }

  int status() {
    return status;
  }

  Map<String, Object> body() {
    return body;
  }
}
