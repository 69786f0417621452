package org.positionmanager.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;

/** Alpaca's account configurations. */
final class ConfigurationsRest {
  private final Exchange exchange;

  /** Unknown and retired fields are passed over, as clients of other ages send them. */
  private final ObjectMapper json =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  ConfigurationsRest(Exchange exchange) {
    this.exchange = exchange;
  }

  Object configurations(Account account, Context request) {
    synchronized (exchange) {
      return account.wishes();
    }
  }

  /** Changes what is given. */
  Object change(Account account, Context request) {
    synchronized (exchange) {
      exchange.match();
      ObjectNode merged = json.valueToTree(account.wishes());
      body(request)
          .properties()
          .forEach(
              field -> {
                if (!field.getValue().isNull()) {
                  merged.set(field.getKey(), field.getValue());
                }
              });
      try {
        exchange.record(
            new Happening.Wished(account.name, json.treeToValue(merged, AccountWishes.class)));
      } catch (JsonProcessingException e) {
        throw new Rejection(422, 40010001, firstLine(e));
      }
      return account.wishes();
    }
  }

  private static String firstLine(JsonProcessingException e) {
    Throwable cause = e.getCause() instanceof IllegalArgumentException it ? it : e;
    return cause.getMessage().lines().findFirst().orElse("invalid configuration");
  }

  private JsonNode body(Context request) {
    try {
      JsonNode body = json.readTree(request.body());
      if (body != null && body.isObject()) {
        return body;
      }
    } catch (JsonProcessingException e) {
      // answered below like a body that is missing
    }
    throw new Rejection(400, 40010000, "request body format is invalid");
  }
}
