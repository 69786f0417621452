package org.positionmanager.worker.database;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.positionmanager.activities.ledger.LedgerDatabase.Address;

/** Reads {@code DATABASE_URL}; never repeats the password. */
public final class DatabaseUrl {
  private DatabaseUrl() {}

  /**
   * Takes {@code postgres://user:password@host:port/database?options} and the {@code
   * jdbc:postgresql:} form with user and password as options.
   *
   * @throws IllegalArgumentException saying which form is expected
   */
  public static Address parse(String url) {
    String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
    if (!plain.startsWith("postgres://") && !plain.startsWith("postgresql://")) {
      throw new IllegalArgumentException(
          "DATABASE_URL must look like postgres://user:password@host:5432/database");
    }
    URI uri;
    try {
      uri = URI.create(plain);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "DATABASE_URL cannot be read; percent-encode special characters in user and password");
    }
    String user = "";
    String password = "";
    if (uri.getRawUserInfo() != null) {
      String[] parts = uri.getRawUserInfo().split(":", 2);
      user = decoded(parts[0]);
      password = parts.length > 1 ? decoded(parts[1]) : "";
    }
    StringBuilder options = new StringBuilder();
    for (String option : uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&")) {
      if (option.startsWith("user=")) {
        user = decoded(option.substring("user=".length()));
      } else if (option.startsWith("password=")) {
        password = decoded(option.substring("password=".length()));
      } else {
        options.append(options.isEmpty() ? '?' : '&').append(option);
      }
    }
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    return new Address(
        "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath() + options,
        user,
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

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
