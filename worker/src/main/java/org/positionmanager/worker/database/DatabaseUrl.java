package org.positionmanager.worker.database;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.positionmanager.activities.ledger.LedgerDatabase.Address;

/** Reads {@code DATABASE_URL}; never repeats the password. */
public final class DatabaseUrl {
  private static final int DEFAULT_PORT = 5432;
  private static final int LAST_PORT = 65535;

  /** Stricter than a URI, whose parts go missing silently, and more lenient with host names. */
  private static final Pattern FORM =
      Pattern.compile(
          "(jdbc:)?postgres(ql)?://((?<user>[^@/?#\\s]*)@)?"
              + "(?<host>[\\w.-]+|\\[[0-9A-Fa-f:.]+])(:(?<port>\\d{1,5}))?"
              + "/(?<database>[^/?#@\\s]+)(\\?(?<options>[^#\\s]*))?");

  private DatabaseUrl() {}

  /**
   * Takes {@code postgres://user:password@host:port/database?options} and the {@code
   * jdbc:postgresql:} form with user and password as options.
   *
   * @throws IllegalArgumentException saying which form is expected
   */
  public static Address parse(String url) {
    Matcher form = FORM.matcher(url.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "DATABASE_URL must look like postgres://user:password@host:5432/database, with special"
              + " characters in user and password percent-encoded");
    }
    String[] user = parts(form.group("user"), ":");
    String name = decoded(user[0]);
    String password = decoded(user[1]);
    StringBuilder options = new StringBuilder();
    for (String option : Objects.requireNonNullElse(form.group("options"), "").split("&")) {
      String[] parts = parts(option, "=");
      switch (parts[0]) {
        case "user" -> name = decoded(parts[1]);
        case "password" -> password = decoded(parts[1]);
        case "" -> {}
        default -> options.append(options.isEmpty() ? '?' : '&').append(option);
      }
    }
    return new Address(
        "jdbc:postgresql://%s:%d/%s%s"
            .formatted(
                form.group("host"), port(form.group("port")), form.group("database"), options),
        name,
        password);
  }

  /**
   * The inverse: an address as {@code DATABASE_URL}, for a child's environment; has the password.
   */
  public static String of(Address address) {
    return address.jdbcUrl()
        + (address.jdbcUrl().contains("?") ? "&" : "?")
        + "user="
        + encoded(address.user())
        + "&password="
        + encoded(address.password());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** What stands before and after the first separator; empty where there is nothing. */
  private static String[] parts(String text, String separator) {
    String[] parts = Objects.requireNonNullElse(text, "").split(separator, 2);
    return new String[] {parts[0], parts.length > 1 ? parts[1] : ""};
  }

  private static int port(String digits) {
    int port = digits == null ? DEFAULT_PORT : Integer.parseInt(digits);
    if (port == 0 || port > LAST_PORT) {
      throw new IllegalArgumentException(
          "DATABASE_URL names the port %d; ports are 1 to %d".formatted(port, LAST_PORT));
    }
    return port;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      throw new IllegalArgumentException(
          "DATABASE_URL has a % in user or password that encodes nothing; write %25 for it");
    }
  }
}
