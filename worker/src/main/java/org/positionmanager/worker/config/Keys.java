package org.positionmanager.worker.config;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of each section, and which of them somebody who wrote another may have meant. */
enum Keys implements KnownKeys {
  TOP("", "accounts", "accountDefaults", "broker", "plans", "watch", "sync", "http", "alerts"),
  ACCOUNT(
      "accounts[]",
      "name",
      "aliases",
      "brokerAccountNumber",
      "live",
      "credentials",
      "marketData",
      "limits",
      "killSwitch",
      "tier"),
  ACCOUNT_DEFAULTS("accountDefaults", "credentials", "marketData", "limits", "killSwitch", "tier"),
  CREDENTIALS(
      "accounts[].credentials",
      "keyEnv",
      "secretEnv",
      "keyFile",
      "secretFile",
      "keyCommand",
      "secretCommand"),
  BROKER(
      "broker",
      "url",
      "tradingUrl",
      "dataUrl",
      "stockFeed",
      "optionFeed",
      "requestsPerMinute",
      "streams"),
  STREAMS(
      "broker.streams",
      "enabled",
      "url",
      "stockSymbols",
      "optionSymbols",
      "silentAfter",
      "answerWithin",
      "pollEach",
      "recheckAfter"),
  MARKET_DATA(
      "accounts[].marketData",
      "stockFeed",
      "optionFeed",
      "streams",
      "stockSymbols",
      "optionSymbols"),
  SYNC("sync", "every", "adoptAfter", "adopt"),
  HTTP("http", "host", "port"),
  LIMITS(
      "accounts[].limits",
      "positions",
      "notional",
      "contracts",
      "dailyLoss",
      "rapidPositions",
      "rapidWithin",
      "gate"),
  KILL_SWITCH("accounts[].killSwitch", "dailyLoss", "counting"),
  ALERTS(
      "alerts",
      "rapidPositions",
      "rapidWithin",
      "lossesInARow",
      "stuckExitAfter",
      "staleAfter",
      "silentWatchAfter",
      "noWorkerAfter",
      "lateSyncAfter",
      "repeatEvery",
      "endpoints"),
  ENDPOINT(
      "alerts.endpoints[]",
      "name",
      "format",
      "url",
      "urlEnv",
      "urlFile",
      "secretEnv",
      "secretFile",
      "kinds",
      "minSeverity",
      "accounts",
      "perMinute");

  /** Keys and secrets are this long without a separator; names of variables and files are not. */
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9+=]{20,}");

  private final String place;
  private final List<String> names;

  Keys(String place, String... names) {
    this.place = place;
    this.names = List.of(names);
  }

  @Override
  public List<String> names() {
    return names;
  }

  /** A key as it may be shown: not where a secret was pasted in its place. */
  @Override
  public String shown(String key) {
    return (this == CREDENTIALS || this == ENDPOINT) && looksSecret(key)
        ? "****"
        : Value.shown(key);
  }

  /** Whether a text that should name something is rather a key or a secret of its own. */
  static boolean looksSecret(String text) {
    return SECRET.matcher(text).matches();
  }

  /** What to do about a key that was a setting once; empty for any other. */
  @Override
  public Optional<String> retired(String key) {
    return this == BROKER && key.equals("speed")
        ? Optional.of("remove it: a simulated exchange tells its own speed")
        : Optional.empty();
  }

  /** How to go on from an unknown key: the section it belongs in, the nearest, or all there are. */
  @Override
  public String insteadOf(String key, String path) {
    return elsewhere(key)
        .map(it -> "did you mean " + it + "?")
        .orElseGet(() -> KnownKeys.super.insteadOf(key, path));
  }

  private Optional<String> elsewhere(String key) {
    Map<String, String> places = new LinkedHashMap<>();
    for (Keys other : values()) {
      other.names.forEach(
          it -> places.putIfAbsent(plain(it), other.place.isEmpty() ? it : other.place + "." + it));
    }
    boolean isOwn = names.stream().anyMatch(it -> plain(it).equals(plain(key)));
    return isOwn ? Optional.empty() : Optional.ofNullable(places.get(plain(key)));
  }

  /** The known word that is few enough edits away to be what was meant. */
  static Optional<String> nearest(String word, List<String> known) {
    String plain = plain(word);
    int allowed = Math.min(plain.length() - 1, Math.max(2, plain.length() / 3));
    return known.stream()
        .filter(it -> distance(plain, plain(it)) <= allowed)
        .min(Comparator.comparingInt(it -> distance(plain, plain(it))));
  }

  /** "a, b or c". */
  static String either(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.getFirst()
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** Levenshtein's distance: edits between two words. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int above = row[j];
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[other.length()];
  }
}
