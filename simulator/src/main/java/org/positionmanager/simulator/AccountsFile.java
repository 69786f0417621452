package org.positionmanager.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.positionmanager.simulator.market.Decimals;

/**
 * The accounts that a simulator offers: those of a JSON file, or two to begin with. A file holds a
 * list of {@code {"name", "cash", "key", "secret", "accountNumber", "requestsPerMinute"}}, alone or
 * as {@code "accounts"}; only name and cash must be there.
 */
final class AccountsFile {
  private static final Set<String> FIELDS =
      Set.of("name", "cash", "key", "secret", "accountNumber", "requestsPerMinute");

  /** Alpaca's limit (DOC: usage limits). */
  private static final int ALPACAS_LIMIT = 200;

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final String MIXED = LETTERS + LETTERS.substring(0, 26).toLowerCase(Locale.ROOT);
  private static final int KEY_LENGTH = 20;
  private static final int SECRET_LENGTH = 40;

  private AccountsFile() {}

  /** Accounts large ($121,000) and tiny ($1,000), with new keys and Alpaca's limit of requests. */
  static List<Scenario.AccountSeed> standard() {
    return List.of(
        account("large", BigDecimal.valueOf(121_000)), account("tiny", BigDecimal.valueOf(1_000)));
  }

  private static Scenario.AccountSeed account(String name, BigDecimal cash) {
    return new Scenario.AccountSeed(
        name, number(name), key(), secret(), cash, Optional.of(ALPACAS_LIMIT));
  }

  /** An account number such as Alpaca's paper accounts have. */
  static String number(String name) {
    return "PA3" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "") + "00001";
  }

  private static String key() {
    return "PK" + random(LETTERS, KEY_LENGTH - 2);
  }

  private static String secret() {
    return random(MIXED, SECRET_LENGTH);
  }

  private static String random(String letters, int length) {
    SecureRandom random = new SecureRandom();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  /** Reads a file. */
  static List<Scenario.AccountSeed> read(Path file) throws UsageException {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new UsageException(
          "--accounts %s: line %d is no JSON; give a list of {\"name\", \"cash\"}"
              .formatted(file, e.getLocation() == null ? 1 : e.getLocation().getLineNr()));
    } catch (IOException e) {
      throw new UsageException("--accounts " + file + ": cannot be read; give an existing file");
    }
    JsonNode list = root.isObject() ? root.path("accounts") : root;
    if (!list.isArray() || list.isEmpty()) {
      throw new UsageException(
          "--accounts " + file + ": accounts is missing; give a list of {\"name\", \"cash\"}");
    }
    List<Scenario.AccountSeed> accounts = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      String at = "--accounts %s: accounts[%d]".formatted(file, i);
      Scenario.AccountSeed account = account(at, list.get(i));
      if (!taken.add("name " + account.name())) {
        throw new UsageException(at + ".name '" + account.name() + "' is taken; give another");
      }
      if (!taken.add("key " + account.key())) {
        throw new UsageException(at + ".key is another account's too; give each its own");
      }
      accounts.add(account);
    }
    return accounts;
  }

  private static Scenario.AccountSeed account(String at, JsonNode node) throws UsageException {
    if (!node.isObject()) {
      throw new UsageException(at + " is no object; give {\"name\", \"cash\"}");
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        throw new UsageException(
            at
                + "."
                + name
                + " is unknown; use name, cash, key, secret, accountNumber, requestsPerMinute");
      }
    }
    String name = text(at, node, "name", null);
    BigDecimal cash =
        Decimals.of(node.path("cash").asText())
            .filter(it -> it.signum() >= 0)
            .orElseThrow(
                () ->
                    new UsageException(
                        at + ".cash must be a number of dollars of 0 or more, for instance 1000"));
    return new Scenario.AccountSeed(
        name,
        text(at, node, "accountNumber", number(name)),
        text(at, node, "key", key()),
        text(at, node, "secret", secret()),
        cash,
        limit(at, node.path("requestsPerMinute")));
  }

  private static Optional<Integer> limit(String at, JsonNode limit) throws UsageException {
    if (limit.isMissingNode()) {
      return Optional.empty();
    }
    if (!limit.isInt() || limit.asInt() < 0) {
      throw new UsageException(
          at + ".requestsPerMinute must be a whole number, 200 as at Alpaca or 0 for no limit");
    }
    return Optional.of(limit.asInt());
  }

  private static String text(String at, JsonNode node, String field, String otherwise)
      throws UsageException {
    if (!node.has(field) && otherwise != null) {
      return otherwise;
    }
    if (!node.path(field).isTextual() || node.path(field).asText().isBlank()) {
      throw new UsageException(at + "." + field + " is missing; give a text");
    }
    return node.path(field).asText();
  }
}
