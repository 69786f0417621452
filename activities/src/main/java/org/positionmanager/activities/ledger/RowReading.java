package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** Reads one dispatcher's row; every fault is found in one pass and named with its fix. */
public final class RowReading {
  private static final List<String> ORDER_ID_KEYS =
      List.of("broker_order_id", "alpaca_order_id", "order_id");

  private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);

  /** Ten years: anything beyond is a mistake. */
  private static final BigDecimal LONGEST_HOLD_MINUTES =
      BigDecimal.valueOf(Duration.ofDays(3_650).toMinutes());

  private final JsonNode row;
  private final RowFields fields;
  private final Function<String, Optional<AccountRegistry.Found>> accounts;

  private RowReading(JsonNode row, Function<String, Optional<AccountRegistry.Found>> accounts) {
    this.row = row;
    fields = new RowFields(row);
    this.accounts = accounts;
  }

  /**
   * Reads it.
   *
   * @param row as the database writes it as JSON
   * @param accounts what a name or alias leads to
   */
  public static InboxRow read(
      JsonNode row,
      String fingerprint,
      Function<String, Optional<AccountRegistry.Found>> accounts) {
    return new RowReading(row, accounts).read(fingerprint);
  }

  private InboxRow read(String fingerprint) {
    String executionId = row.path("execution_id").asText();
    Optional<UUID> execution = execution();
    Optional<AccountName> account = account();
    Optional<Instrument> instrument = instrument();
    Optional<Strategy> strategy = strategy();
    Optional<Direction> direction = direction();
    Optional<Quantity> quantity = quantity();
    Optional<BigDecimal> stop = fields.positive("stop_loss_price");
    Optional<BigDecimal> target = fields.positive("take_profit_price");
    Optional<Duration> maxHold = maxHold();
    Optional<BigDecimal> premium = fields.positive("premium_paid");
    Optional<BigDecimal> entryPrice = fields.positive("entry_price");
    Optional<Instant> announcedAt = announcedAt();
    if (fields.areFaulty()) {
      return new InboxRow.Bad(
          executionId,
          fingerprint,
          row.path("account_name").asText(""),
          fields.faultyFields(),
          fields.problems(),
          fields.fixes(),
          row.toString());
    }
    boolean option = instrument.orElseThrow() instanceof OptionContract;
    EntryTerms terms =
        new EntryTerms(
            strategy.orElseThrow(),
            direction.orElseThrow(),
            quantity.orElseThrow(),
            announcedAt.orElseThrow(),
            brokerOrderId(),
            premium.filter(price -> option).or(() -> entryPrice).map(Price::new),
            stop.filter(level -> !option).map(Price::new),
            target.filter(level -> !option).map(Price::new),
            stop.filter(level -> option).map(UnderlyingPrice::new),
            target.filter(level -> option).map(UnderlyingPrice::new),
            maxHold,
            false);
    return new InboxRow.Execution(
        executionId,
        fingerprint,
        new PositionId(account.orElseThrow(), instrument.get(), execution.orElseThrow()),
        terms);
  }

  private Optional<UUID> execution() {
    String text = row.path("execution_id").asText("");
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return Optional.of(id);
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    fields.fault("execution_id", "'" + text + "' is not a UUID", "write the row again with a UUID");
    return Optional.empty();
  }

  private Optional<AccountName> account() {
    String name = row.path("account_name").asText("");
    Optional<AccountRegistry.Found> account = accounts.apply(name);
    if (account.isEmpty()) {
      fields.fault(
          "account_name",
          "account '" + name + "' is not registered",
          "register the account or add '" + name + "' as an alias in pm.yaml");
    } else if (!account.get().active()) {
      fields.fault(
          "account_name",
          "account %s ('%s') is deactivated".formatted(account.get().name(), name),
          "take it into use by `pm accounts activate %s`".formatted(account.get().name()));
      return Optional.empty();
    } else if (account.get().live() != row.path("execution_mode").asText("").equals("LIVE")) {
      fields.fault(
          "execution_mode",
          "is %s, and account %s is %s"
              .formatted(
                  row.path("execution_mode").asText(""),
                  account.get().name(),
                  account.get().live() ? "live" : "a paper account"),
          "write the row with the mode of its account, or with another account");
      return Optional.empty();
    }
    return account.map(AccountRegistry.Found::name);
  }

  private Optional<Instrument> instrument() {
    String type = row.path("instrument_type").asText("STOCK").toUpperCase(Locale.ROOT);
    return switch (type) {
      case "STOCK" -> fields.parsed("ticker", "give a ticker such as AAPL", Stock::new);
      case "CALL", "PUT" ->
          fields
              .parsed(
                  "option_symbol",
                  "give the contract's OCC symbol such as NOW260220P00110000",
                  OptionContract::parse)
              .filter(contract -> agrees(contract, type))
              .map(Instrument.class::cast);
      default -> {
        fields.fault("instrument_type", "'" + type + "' is unknown", "use STOCK, CALL or PUT");
        yield Optional.empty();
      }
    };
  }

  private boolean agrees(OptionContract contract, String type) {
    boolean agrees = true;
    String ticker = row.path("ticker").asText("");
    if (!row.path("ticker").isNull()
        && !ticker.isEmpty()
        && !ticker.equals(contract.underlying())) {
      fields.fault(
          "ticker",
          "%s contradicts option_symbol %s".formatted(ticker, contract),
          "make both name the same contract");
      agrees = false;
    }
    if (!contract.right().name().equals(type)) {
      fields.fault(
          "instrument_type",
          "%s contradicts option_symbol %s".formatted(type, contract),
          "make both name the same contract");
      agrees = false;
    }
    Optional<BigDecimal> strike = fields.positive("strike_price");
    if (strike.isPresent() && strike.get().compareTo(contract.strike()) != 0) {
      fields.fault(
          "strike_price",
          "%s contradicts option_symbol %s".formatted(strike.get(), contract),
          "make both name the same contract");
      agrees = false;
    }
    String expiry = row.path("expiration_date").asText("");
    if (!row.path("expiration_date").isNull()
        && !expiry.isEmpty()
        && !expiry.equals(contract.expiry().toString())) {
      fields.fault(
          "expiration_date",
          "%s contradicts option_symbol %s".formatted(expiry, contract),
          "make both name the same contract");
      agrees = false;
    }
    return agrees;
  }

  private Optional<Strategy> strategy() {
    return fields.parsed(
        "strategy_type",
        "use day_trade, swing_trade, conservative or stock",
        text -> {
          try {
            return Strategy.valueOf(text.toUpperCase(Locale.ROOT));
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("strategy '" + text + "' is unknown", e);
          }
        });
  }

  private Optional<Direction> direction() {
    String side = row.path("side").asText("long").toLowerCase(Locale.ROOT);
    return switch (side) {
      case "long", "buy" -> Optional.of(Direction.LONG);
      case "short", "sell" -> Optional.of(Direction.SHORT);
      default -> {
        fields.fault("side", "side '" + side + "' is unknown", "use long or short");
        yield Optional.empty();
      }
    };
  }

  private Optional<Quantity> quantity() {
    boolean stock = row.path("instrument_type").asText("STOCK").equalsIgnoreCase("STOCK");
    String field = stock ? "qty" : "contracts";
    Optional<BigDecimal> quantity = fields.positive(field);
    if (quantity.isEmpty() && !fields.isFaulty(field)) {
      fields.fault(field, field + " is missing", "give the quantity that was ordered");
    }
    return quantity.map(Quantity::new);
  }

  private Optional<Duration> maxHold() {
    String field = "max_hold_minutes";
    Optional<BigDecimal> minutes = fields.positive(field);
    if (minutes.isPresent() && minutes.get().compareTo(LONGEST_HOLD_MINUTES) > 0) {
      fields.fault(field, field + " is " + minutes.get().toPlainString(), "give minutes, or none");
      return Optional.empty();
    }
    return minutes.map(it -> Duration.ofSeconds(it.multiply(SECONDS_PER_MINUTE).longValue()));
  }

  private Optional<Instant> announcedAt() {
    String field = row.path("executed_at").isTextual() ? "executed_at" : "simulated_ts";
    String text = row.path(field).asText("");
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      fields.fault(
          field,
          "time of the execution is '" + text + "'",
          "write executed_at as a timestamp with its time zone");
      return Optional.empty();
    }
  }

  /**
   * The broker's order id lies in its column or, in the replaced system, in one of the JSON ones.
   */
  private Optional<BrokerOrderId> brokerOrderId() {
    return Stream.of(row, row.path("sim_json"), row.path("explain_json"), row.path("risk_json"))
        .flatMap(
            node ->
                Stream.concat(
                    ORDER_ID_KEYS.stream().map(node::path),
                    Stream.of(node.path("order").path("id"))))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(text -> !text.isBlank())
        .findFirst()
        .map(BrokerOrderId::new);
  }
}
