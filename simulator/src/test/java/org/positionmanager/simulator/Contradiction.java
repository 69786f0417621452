package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Where Alpaca's specification is contradicted by itself, by Alpaca's documentation or by what
 * Alpaca answers. Each is mended in a copy of an answer, for what it names alone.
 */
enum Contradiction {
  /** A leg's legs are "always null" by their description, and an object by their type. */
  LEGS_OF_LEGS {
    @Override
    void mend(String path, int status, JsonNode answer) {
      answer
          .findValues("legs")
          .forEach(
              legs ->
                  legs.forEach(
                      leg -> {
                        if (leg.path("legs").isNull()) {
                          ((ObjectNode) leg).remove("legs");
                        }
                      }));
    }
  },

  /** Activities without a trade have a date-time by the specification, a date as Alpaca answers. */
  DATE_OF_ACTIVITIES {
    @Override
    void mend(String path, int status, JsonNode answer) {
      if (path.startsWith("/v2/account/activities")) {
        for (JsonNode activity : answer) {
          if (activity.path("date").asText().length() == DATE_LENGTH) {
            ((ObjectNode) activity).put("date", activity.path("date").asText() + "T00:00:00Z");
          }
        }
      }
    }
  },

  /** The last page's token is null by "nullable", a word that the validator does not know. */
  TOKEN_OF_THE_LAST_PAGE {
    @Override
    void mend(String path, int status, JsonNode answer) {
      if (answer.isObject() && answer.path("next_page_token").isNull()) {
        ((ObjectNode) answer).put("next_page_token", "");
      }
    }
  },

  /** Of positions closed at once each has its own status; the body is an order, whatever it is. */
  REFUSED_CLOSINGS {
    @Override
    void mend(String path, int status, JsonNode answer) {
      if (path.equals("/v2/positions") && status == 207) {
        for (JsonNode closing : answer) {
          if (closing.path("status").asInt() != 200 && closing.at("/body/code").isNumber()) {
            ((ObjectNode) closing).remove("body");
          }
        }
      }
    }
  },

  /** Errors have a code and a message; a key that is not known gets the message alone. */
  UNAUTHORIZED {
    @Override
    void mend(String path, int status, JsonNode answer) {
      if (status == 401 && !answer.has("code")) {
        ((ObjectNode) answer).put("code", 0);
      }
    }
  };

  private static final int DATE_LENGTH = 10;

  abstract void mend(String path, int status, JsonNode answer);

  /** A copy that the specification allows if what is named here is all that is wrong. */
  JsonNode mended(String path, int status, JsonNode answer) {
    JsonNode copy = answer.deepCopy();
    mend(path, status, copy);
    return copy;
  }
}
