package org.positionmanager.activities.alert.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.json.Payloads;

/**
 * One message to an endpoint: an alert, or several in a summary.
 *
 * @param id by which a repetition is recognised
 * @param body JSON
 */
record AlertMessage(String id, String body) {
  /** A chat shows no more than can be read. */
  private static final int LINES = 20;

  private static final String HMAC = "HmacSHA256";

  /** At least one alert. */
  static AlertMessage of(Endpoint endpoint, List<Due> alerts, Instant now) {
    String first = alerts.getFirst().id(endpoint.name());
    String id = alerts.size() == 1 ? first : first + "+" + (alerts.size() - 1);
    String text = text(alerts.stream().map(Due::alert).toList());
    return new AlertMessage(
        id,
        switch (endpoint.format()) {
          case SLACK -> slack(text);
          case WEBHOOK -> webhook(endpoint, id, alerts, text, now);
        });
  }

  /** What {@code pm alerts test} sends. */
  static AlertMessage test(Endpoint endpoint, Instant now) {
    String text = "position manager: a test of endpoint " + endpoint.name();
    String id = "%s/test/%s".formatted(endpoint.name(), now);
    return new AlertMessage(
        id,
        switch (endpoint.format()) {
          case SLACK -> slack(text);
          case WEBHOOK -> webhook(endpoint, id, List.of(), text, now);
        });
  }

  private static String webhook(
      Endpoint endpoint, String id, List<Due> alerts, String text, Instant now) {
    ObjectMapper json = Payloads.mapper();
    ObjectNode body = json.createObjectNode();
    body.put("delivery", id).put("sentAt", now.toString()).put("text", text);
    var list = body.putArray("alerts");
    for (Due due : alerts) {
      ObjectNode alert = json.valueToTree(due.alert());
      alert.put("delivery", due.id(endpoint.name()));
      list.add(alert);
    }
    return written(body);
  }

  private static String slack(String text) {
    // the three characters that Slack's own markup begins with
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return written(Payloads.mapper().createObjectNode().put("text", escaped));
  }

  private static String written(ObjectNode body) {
    try {
      return Payloads.mapper().writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an alert cannot be written as JSON", e);
    }
  }

  private static String text(List<AlertRecord> alerts) {
    if (alerts.size() == 1) {
      return line(alerts.getFirst());
    }
    String lines =
        alerts.stream().limit(LINES).map(AlertMessage::line).collect(Collectors.joining("\n"));
    int more = alerts.size() - LINES;
    return "%d alerts:\n%s%s"
        .formatted(
            alerts.size(), lines, more > 0 ? "\nand %d more: pm alerts".formatted(more) : "");
  }

  private static String line(AlertRecord alert) {
    return "%s %s %s%s: %s (alert %d)"
        .formatted(
            alert.severity(),
            alert.account().map(AccountName::value).orElse("desk"),
            alert.kind(),
            alert.position().map(it -> " " + it.instrument().symbol()).orElse(""),
            alert.message(),
            alert.id());
  }

  /** {@code sha256=} and the body's HMAC in hexadecimal digits; empty without a key. */
  Optional<String> signature(Endpoint endpoint) {
    return endpoint.signedWith().map(key -> "sha256=" + hmac(key));
  }

  private String hmac(SecretText key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), HMAC));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
