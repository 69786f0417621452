package org.positionmanager.worker.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * One address of scheme, host and port. What else an address can hold would be ignored or would put
 * a secret where it is logged, so it is refused, and not repeated where it may be a secret.
 */
final class BaseAddress {
  static final String EXAMPLE = "http://127.0.0.1:8999";

  private static final String ONLY = "only scheme, host and port are used";

  private final Section section;
  private final String key;

  BaseAddress(Section section, String key) {
    this.section = section;
    this.key = key;
  }

  /** The address without a slash at its end; empty, and reported, where it is none. */
  Optional<URI> parsed(String written) {
    String text = written.strip();
    if (text.contains("@")) {
      return refused("holds a user name or password", "remove it: keys belong in credentials");
    }
    if (text.contains("?") || text.contains("#")) {
      return refused("holds a query or fragment", "remove it: " + ONLY);
    }
    if (!text.contains("://")) {
      return withoutScheme(text);
    }
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException e) {
      return noAddress();
    }
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return refused("is of scheme " + Value.shown(scheme), "use http or https");
    }
    if (address.getHost() == null) {
      return noAddress();
    }
    if (address.getPort() == 0 || address.getPort() > 65_535) {
      return refused("has port " + address.getPort(), "use 1 to 65535");
    }
    String path = address.getRawPath();
    if (!path.isEmpty() && !path.equals("/")) {
      return refused("has the path " + Value.shown(path), "remove the path: " + ONLY);
    }
    return Optional.of(
        URI.create(
            scheme
                + "://"
                + address.getHost().toLowerCase(Locale.ROOT)
                + (address.getPort() < 0 ? "" : ":" + address.getPort())));
  }

  private Optional<URI> withoutScheme(String text) {
    String rest = text.startsWith("//") ? text.substring(2) : text;
    String scheme = rest.endsWith("alpaca.markets") ? "https://" : "http://";
    return refused(
        "is " + Value.shown(text) + " without http:// or https://",
        "use " + scheme + Value.shown(rest));
  }

  private Optional<URI> noAddress() {
    return refused("is no address", "use one such as " + EXAMPLE);
  }

  private Optional<URI> refused(String found, String fix) {
    section.fault(key, found, fix);
    return Optional.empty();
  }
}
