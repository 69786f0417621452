package org.positionmanager.starter.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.positionmanager.workflows.instrument.OptionContract;

/** Single fields of the replaced system's rows, as PostgreSQL writes them in JSON. */
final class OldFields {
  /** What the columns of positions are called in dispatchers' rows. */
  static final Map<String, String> POSITION =
      Map.of(
          "qty", "quantity",
          "contracts", "quantity",
          "stop_loss_price", "stop_loss",
          "take_profit_price", "take_profit",
          "executed_at", "entry_time",
          "simulated_ts", "entry_time");

  private OldFields() {}

  /** A text with the columns called as in their own table. */
  static String named(String text, Map<String, String> columns) {
    String named = text;
    for (Map.Entry<String, String> column : columns.entrySet()) {
      named = named.replaceAll("\\b" + column.getKey() + "\\b", column.getValue());
    }
    return named;
  }

  /** Which execution a row names: later layouts by {@code execution_uuid}, earlier ones by none. */
  static Optional<UUID> execution(JsonNode row) {
    return uuid(row.path("execution_uuid")).or(() -> uuid(row.path("execution_id")));
  }

  static Optional<UUID> uuid(JsonNode value) {
    try {
      return value.isTextual() ? Optional.of(UUID.fromString(value.asText())) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // said where the row cannot do without it
    }
  }

  /** A moment; one without a zone is meant as UTC. Empty where there is none. */
  static Optional<Instant> moment(JsonNode value) {
    if (!value.isTextual()) {
      return Optional.empty();
    }
    try {
      TemporalAccessor read =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              value.asText(), OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(
          read instanceof OffsetDateTime zoned
              ? zoned.toInstant()
              : LocalDateTime.from(read).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty(); // infinity, or a date alone: no moment
    }
  }

  static Optional<BigDecimal> positive(JsonNode value) {
    return value.isNumber() && value.decimalValue().signum() > 0
        ? Optional.of(value.decimalValue())
        : Optional.empty();
  }

  /** NaN and infinity are numbers to the database and text in JSON. */
  static boolean isNoNumber(JsonNode value) {
    return !value.isMissingNode() && !value.isNull() && !value.isNumber();
  }

  static Optional<OldRow.Status> status(JsonNode row) {
    return switch (row.path("status").asText("").toLowerCase(Locale.ROOT)) {
      case "open" -> Optional.of(OldRow.Status.OPEN);
      case "closing" -> Optional.of(OldRow.Status.CLOSING);
      case "closed" -> Optional.of(OldRow.Status.CLOSED);
      default -> Optional.empty();
    };
  }

  /** Options were bought, whatever their kind: some rows say call or put instead of long. */
  static String side(JsonNode row) {
    String side = row.path("side").isTextual() ? row.path("side").asText() : "long";
    return switch (side.toLowerCase(Locale.ROOT)) {
      case "call", "put" -> "long";
      default -> side;
    };
  }

  /** The contract's symbol; older rows give its parts alone. */
  static JsonNode optionSymbol(JsonNode row) {
    JsonNode symbol = row.path("option_symbol");
    if (symbol.isTextual() && !symbol.asText().isBlank()) {
      return symbol;
    }
    Optional<OptionContract.Right> right =
        switch (row.path("instrument_type").asText("").toUpperCase(Locale.ROOT)) {
          case "CALL" -> Optional.of(OptionContract.Right.CALL);
          case "PUT" -> Optional.of(OptionContract.Right.PUT);
          default -> Optional.empty();
        };
    Optional<BigDecimal> strike = positive(row.path("strike_price"));
    if (right.isEmpty() || strike.isEmpty() || !row.path("expiration_date").isTextual()) {
      return NullNode.getInstance();
    }
    try {
      return new TextNode(
          new OptionContract(
                  row.path("ticker").asText(""),
                  LocalDate.parse(row.path("expiration_date").asText()),
                  right.get(),
                  strike.get().stripTrailingZeros())
              .symbol());
    } catch (DateTimeException | ArithmeticException e) {
      return NullNode.getInstance(); // then the missing symbol is what is told
    }
  }

  /** What is wrong with how a position ended; empty where nothing is. */
  static Optional<Verdict.Settled> faultOfExit(JsonNode row) {
    JsonNode price = row.path("exit_price");
    if (!price.isNumber() || price.decimalValue().signum() < 0) {
      return Optional.of(
          new Verdict.Unreadable(
              "exit_price",
              "is '%s'".formatted(price.asText("")),
              "give the price of the fill that closed it"));
    }
    return moment(row.path("exit_time")).isPresent()
        ? Optional.empty()
        : Optional.of(
            new Verdict.Unreadable(
                "exit_time",
                "is '%s'".formatted(row.path("exit_time").asText("")),
                "give the moment of the fill that closed it"));
  }
}
