package org.positionmanager.worker.payload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys by which payloads are encrypted and read: the first one encrypts, all of them decrypt.
 * So a key is rotated by writing a new one before it, and taken away once no history within the
 * namespace's retention was written by it.
 */
public final class PayloadKeys {
  /** Names the file with the keys. */
  public static final String FILE = "PM_PAYLOAD_KEYS_FILE";

  /** Nothing is encrypted. */
  public static final PayloadKeys NONE = new PayloadKeys(new LinkedHashMap<>());

  /** AES-256. */
  private static final int KEY_BYTES = 32;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,50}");

  private final SequencedMap<String, SecretKey> keys;

  private PayloadKeys(SequencedMap<String, SecretKey> keys) {
    this.keys = keys;
  }

  /** A key and the name that payloads carry of it. */
  record Named(String id, SecretKey key) {
    @Override
    public String toString() {
      return id;
    }
  }

  /**
   * The keys in the file that {@value #FILE} names; {@link #NONE} where it names none.
   *
   * @throws IOException naming the variable, the line and the fix where they cannot be used
   */
  public static PayloadKeys of(Map<String, String> environment) throws IOException {
    String named = environment.get(FILE);
    if (named == null || named.isBlank()) {
      return NONE;
    }
    try {
      return parse(Files.readAllLines(Path.of(named.strip())), named.strip());
    } catch (IOException | InvalidPathException e) {
      if (e instanceof Unusable) {
        throw e;
      }
      throw new IOException(
          "%s: %s cannot be read: name a text file that holds the keys, or unset it"
              .formatted(FILE, named.strip()),
          e);
    }
  }

  private static final class Unusable extends IOException {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }

  private static PayloadKeys parse(List<String> lines, String file) throws IOException {
    SequencedMap<String, SecretKey> keys = new LinkedHashMap<>();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String where = "%s: line %d of %s ".formatted(FILE, number, file);
      List<String> parts = new ArrayList<>(List.of(line.split("\\s+")));
      if (parts.size() != 2 || !ID.matcher(parts.getFirst()).matches()) {
        // never what it says: it may be a key
        throw new Unusable(
            where + "is not 'NAME KEY': write a name such as 2026-11, a space, and the key");
      }
      if (keys.containsKey(parts.getFirst())) {
        throw new Unusable(
            where + "has the name of a line before, " + parts.getFirst() + ": name each key once");
      }
      keys.put(
          parts.getFirst(),
          key(parts.getLast())
              .orElseThrow(
                  () ->
                      new Unusable(
                          where
                              + "has no key of 32 bytes in base64: make one by `openssl rand -base64 32`")));
    }
    if (keys.isEmpty()) {
      throw new Unusable(
          "%s: %s has no key: write one by `echo \"2026-11 $(openssl rand -base64 32)\"`, or unset it"
              .formatted(FILE, file));
    }
    return new PayloadKeys(keys);
  }

  private static Optional<SecretKey> key(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return bytes.length == KEY_BYTES
          ? Optional.of(new SecretKeySpec(bytes, "AES"))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** The key to encrypt with; empty where nothing is encrypted. */
  Optional<Named> current() {
    return Optional.ofNullable(keys.firstEntry())
        .map(entry -> new Named(entry.getKey(), entry.getValue()));
  }

  /** The key of this name. */
  Optional<SecretKey> find(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  /** Whether payloads are encrypted. */
  public boolean encrypt() {
    return !keys.isEmpty();
  }

  /** The keys' names; never a key. */
  @Override
  public String toString() {
    return "PayloadKeys" + keys.sequencedKeySet();
  }
}
