package org.positionmanager.worker.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.positionmanager.activities.alpaca.ApiSecret;

/**
 * Reads one account's credentials. A source that is written wrongly is a fault of the file; a
 * source that holds nothing usable is only a reason why this process cannot serve the account.
 */
final class CredentialsReader {
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  /** What a request header can carry: anything else would fail each call, and be shown by it. */
  private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7E]+");

  private final Section account;
  private final Section section;
  private final Map<String, String> environment;
  private final Faults faults;
  private final SecretCommand commands = SecretCommand.PATIENT;
  private final List<Fault> reasons = new ArrayList<>();

  /**
   * For one account.
   *
   * @param account where what is in effect is noted
   * @param section its credentials
   */
  CredentialsReader(
      Section account, Section section, Map<String, String> environment, Faults faults) {
    this.account = account;
    this.section = section;
    this.environment = environment;
    this.faults = faults;
  }

  /** The credentials; empty with at least one reason, or with faults. */
  Optional<Configuration.Credentials> read() {
    Optional<String> key = part("key");
    Optional<String> secret = part("secret");
    return key.flatMap(
        id -> secret.map(it -> new Configuration.Credentials(id, new ApiSecret(it))));
  }

  /** Why the credentials cannot be used here. */
  List<Fault> reasons() {
    return List.copyOf(reasons);
  }

  /** Where the key or the secret comes from. */
  private record Source(String what, String key, String name, Setting.Origin origin) {}

  /** A value, or why there is none. */
  private sealed interface Content {
    record Usable(String value) implements Content {
      @Override
      public String toString() {
        return "Usable[****]";
      }
    }

    record Unusable(String found, String fix) implements Content {}
  }

  /** What one of {@code ...Env}, {@code ...File} and {@code ...Command} leads to. */
  Optional<String> part(String what) {
    String variable = what + "Env";
    String file = what + "File";
    String command = what + "Command";
    List<String> given =
        Stream.of(variable, file, command).filter(key -> section.value(key).isPresent()).toList();
    if (given.size() != 1) {
      account.fault(
          "credentials",
          "must name one source of the %s, but names %s"
              .formatted(what, given.isEmpty() ? "none" : String.join(" and ", given)),
          given.isEmpty()
              ? "give %s, %s or %s".formatted(variable, file, command)
              : "keep one of them");
      return Optional.empty();
    }
    String key = given.getFirst();
    if (key.equals(command)) {
      return asked(what, key);
    }
    Optional<Source> source =
        key.equals(variable)
            ? named(variable, "variable", what)
                .map(name -> new Source(what, variable, name, Setting.Origin.ENVIRONMENT))
            : named(file, "file", what)
                .map(name -> new Source(what, file, absolute(name), Setting.Origin.FILE));
    return source.flatMap(it -> value(it, content(it)));
  }

  /** What a command answers; told of by its program alone, for arguments may be secrets too. */
  private Optional<String> asked(String what, String key) {
    List<String> line = words(section.value(key).orElseThrow());
    if (line.isEmpty()) {
      section.fault(
          key,
          "is no list of texts",
          "write program and arguments, such as [op, read, \"op://trading/large/%s\"]"
              .formatted(what));
      return Optional.empty();
    }
    Source source = new Source(what, key, line.getFirst(), Setting.Origin.COMMAND);
    return value(source, answer(source, line));
  }

  /** Empty where something else than texts stands there. */
  private static List<String> words(Value value) {
    List<Value> values = value instanceof Value.Items items ? items.values() : List.of();
    List<String> words =
        values.stream()
            .flatMap(
                word ->
                    switch (word) {
                      case Value.Text text -> Stream.of(text.value());
                      case Value.Number number -> Stream.of(number.written());
                      default -> Stream.empty();
                    })
            .toList();
    return words.size() == values.size() ? words : List.of();
  }

  private Content answer(Source source, List<String> line) {
    String fix = "run it by hand until it writes the %s alone".formatted(source.what());
    try {
      String value = commands.value(line);
      return value.isBlank()
          ? new Content.Unusable("wrote nothing", fix)
          : sendable(value.strip(), fix);
    } catch (SecretCommand.Failed e) {
      return new Content.Unusable(e.getMessage(), fix);
    }
  }

  private Content content(Source source) {
    return switch (source.origin()) {
      case ENVIRONMENT -> variable(source);
      case FILE, DEFAULT, COMMAND -> file(source);
    };
  }

  /** The name of a source; never repeated in a fault, as it may be the secret itself. */
  private Optional<String> named(String key, String kind, String what) {
    Value value = section.value(key).orElseThrow();
    if (!(value instanceof Value.Text text)) {
      section.fault(
          key,
          "is " + value.kind(),
          "give the name of the %s that holds the %s".formatted(kind, what));
      return Optional.empty();
    }
    String name = text.value().strip();
    boolean isVariable = kind.equals("variable");
    if (isVariable && environment.containsKey(name)) {
      return Optional.of(name);
    }
    if (Keys.looksSecret(name) || isVariable && !VARIABLE.matcher(name).matches()) {
      section.fault(
          key,
          "looks like the %s itself".formatted(what),
          "give the name of the %s that holds it".formatted(kind));
      return Optional.empty();
    }
    return Optional.of(name);
  }

  /** A relative name is told as what it was taken for: it depends on where the process started. */
  private static String absolute(String name) {
    try {
      return Path.of(name).toAbsolutePath().toString();
    } catch (InvalidPathException e) {
      return name;
    }
  }

  private Optional<String> value(Source source, Content content) {
    return switch (content) {
      case Content.Usable(String value) -> {
        account.noted(source.what(), "**** (" + source.name() + ")", source.origin());
        yield Optional.of(value);
      }
      case Content.Unusable(String found, String fix) -> {
        account.noted(source.what(), "unusable (" + source.name() + ")", source.origin());
        reasons.add(
            faults.fault(section.at(source.key()), Value.line(source.name()) + " " + found, fix));
        yield Optional.empty();
      }
    };
  }

  private Content variable(Source source) {
    String value = environment.get(source.name());
    if (value == null) {
      return new Content.Unusable("is not set", "export " + source.name());
    }
    String fix = "export %s with the %s".formatted(source.name(), source.what());
    return value.isBlank()
        ? new Content.Unusable("is set but empty", fix)
        : sendable(value.strip(), fix);
  }

  private static Content file(Source source) {
    String fix = "put the " + source.what() + " there";
    try {
      Path file = Path.of(source.name());
      if (Files.isDirectory(file)) {
        return new Content.Unusable(
            "is a folder", "name the file in it that holds the " + source.what());
      }
      String value = Files.readString(file);
      return value.isBlank() ? new Content.Unusable("is empty", fix) : sendable(value.strip(), fix);
    } catch (NoSuchFileException e) {
      return new Content.Unusable("does not exist", fix);
    } catch (IOException | InvalidPathException e) {
      return new Content.Unusable("cannot be read as text", fix);
    }
  }

  private static Content sendable(String value, String fix) {
    return SENDABLE.matcher(value).matches()
        ? new Content.Usable(value)
        : new Content.Unusable(
            "holds a blank, a line break or a letter that no key has", fix + " alone");
  }
}
