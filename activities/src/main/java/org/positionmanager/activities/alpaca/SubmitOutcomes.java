package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Supplier;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.ClientOrderId;

/**
 * Says what became of a submission, in this one place. Status, code and fields decide; texts only
 * where Alpaca gives nothing else.
 */
final class SubmitOutcomes {
  private static final long DUPLICATE_OR_INVALID = 40010001;
  private static final long FORBIDDEN = 40310000;

  private SubmitOutcomes() {}

  /**
   * @param lookUp asks for the order by its client order id
   */
  static SubmitOutcome of(Answer answer, ClientOrderId id, Supplier<Optional<OrderView>> lookUp) {
    if (answer.isSuccess()) {
      return accepted(answer, id);
    }
    if (answer.status() == 422 && answer.code() == DUPLICATE_OR_INVALID) {
      return duplicate(answer, lookUp);
    }
    boolean isPlainNo =
        answer.status() >= 400
            && answer.status() < 500
            && answer.status() != 408
            && (answer.json().isPresent() || answer.status() == 401 || answer.status() == 429);
    return isPlainNo
        ? new SubmitOutcome.Refused(refusal(answer))
        : new SubmitOutcome.Unknown(answer.message());
  }

  private static SubmitOutcome accepted(Answer answer, ClientOrderId id) {
    try {
      OrderView order =
          AlpacaJson.order(
              answer
                  .json()
                  .orElseThrow(
                      () ->
                          new BrokerException(
                              BrokerException.Kind.UNREADABLE, "answer is not JSON")));
      return order.clientOrderId().equals(id.toString())
          ? new SubmitOutcome.Accepted(order)
          : new SubmitOutcome.Unknown("answer is about another order: " + order.clientOrderId());
    } catch (BrokerException e) {
      return new SubmitOutcome.Unknown("accepted, but " + e.getMessage());
    }
  }

  private static SubmitOutcome duplicate(Answer answer, Supplier<Optional<OrderView>> lookUp) {
    try {
      Optional<OrderView> found = lookUp.get();
      if (found.isPresent()) {
        return new SubmitOutcome.Accepted(found.get());
      }
    } catch (BrokerException e) {
      return new SubmitOutcome.Unknown("id is taken, look-up failed: " + e.getMessage());
    }
    return answer.message().contains("client_order_id")
        ? new SubmitOutcome.Unknown("id is taken, look-up finds nothing yet")
        : new SubmitOutcome.Refused(refusal(answer));
  }

  private static Refusal refusal(Answer answer) {
    return new Refusal(kind(answer), answer.status(), answer.code(), answer.message());
  }

  private static Refusal.Kind kind(Answer answer) {
    if (answer.status() == 429) {
      return Refusal.Kind.RATE_LIMITED;
    }
    String message = answer.message();
    JsonNode fields = answer.json().orElseGet(AlpacaJson::object);
    if (answer.status() == 403 && answer.code() == FORBIDDEN && holdsQuantity(fields)) {
      return Refusal.Kind.HELD_BY_ORDERS;
    }
    if (message.contains("market hours")) {
      return Refusal.Kind.MARKET_CLOSED;
    }
    boolean wouldOpen =
        fields.hasNonNull("existing_qty")
            || message.contains("position intent mismatch")
            || message.contains("uncovered")
            || message.contains("cash-secured put")
            || message.contains("short");
    return wouldOpen && answer.status() != 401
        ? Refusal.Kind.NOT_HELD
        : Refusal.Kind.NEEDS_A_PERSON;
  }

  private static boolean holdsQuantity(JsonNode fields) {
    return !fields.path("related_orders").isEmpty()
        || AlpacaJson.reading("refusal", () -> AlpacaJson.optional(fields, "held_for_orders"))
            .filter(held -> held.signum() > 0)
            .isPresent();
  }
}
