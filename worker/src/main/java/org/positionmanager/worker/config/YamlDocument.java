package org.positionmanager.worker.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Reads YAML token by token: a ready-made tree would keep the last of two equal keys, take a
 * reference for text and stop after the first document, all in silence.
 */
final class YamlDocument {
  private final YAMLParser parser;
  private final Faults faults;

  private YamlDocument(YAMLParser parser, Faults faults) {
    this.parser = parser;
    this.faults = faults;
  }

  /**
   * The file's one document.
   *
   * @param what the file is, for who has to give another: "the configuration"
   * @param how to give another
   * @throws ConfigurationException where the file cannot be read or is not YAML; keys given twice
   *     are only added to the faults
   */
  static Value read(Path file, String what, String how, Faults faults)
      throws ConfigurationException {
    return read(content(file, what, how, faults), faults);
  }

  /** The same of a text that was read already. */
  static Value read(String text, Faults faults) throws ConfigurationException {
    try (YAMLParser parser = parser(text)) {
      return new YamlDocument(parser, faults).document();
    } catch (JsonProcessingException e) {
      YamlProblem problem = YamlProblem.of(e, text);
      throw faults.exceptionAt(problem.place(), problem.found(), problem.fix());
    } catch (IOException e) {
      throw new UncheckedIOException("from a text in memory", e);
    }
  }

  /** Only true and false are booleans: a yes or no may as well be somebody's alias. */
  private static YAMLParser parser(String text) throws IOException {
    return YAMLFactory.builder()
        .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
        .build()
        .createParser(text);
  }

  private static String content(Path file, String what, String how, Faults faults)
      throws ConfigurationException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw faults.exception("", "is not UTF-8 text", "save it as UTF-8");
    } catch (NoSuchFileException e) {
      throw faults.exception("", "does not exist", "give " + what + " with " + how);
    } catch (AccessDeniedException e) {
      throw faults.exception("", "may not be read by this user", "correct its permissions");
    } catch (IOException e) {
      if (Files.isDirectory(file)) {
        throw faults.exception("", "is a folder", "give a file with " + how);
      }
      throw faults.exception("", "cannot be read", "give " + what + " with " + how);
    }
  }

  private Value document() throws IOException {
    if (parser.nextToken() == null) {
      return new Value.Empty();
    }
    Value value = value("");
    if (parser.nextToken() != null) {
      faults.add("", "holds a second document", "keep one, without a line ---");
    }
    return value;
  }

  private Value value(String path) throws IOException {
    if (parser.isCurrentAlias()) {
      return new Value.Reference(parser.getText());
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> fields(path);
      case START_ARRAY -> items(path);
      case VALUE_TRUE -> new Value.Flag(true);
      case VALUE_FALSE -> new Value.Flag(false);
      case VALUE_NULL -> new Value.Empty();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      case VALUE_STRING, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME ->
          text(parser.getText());
    };
  }

  private static Value text(String written) {
    return written.isBlank() ? new Value.Empty() : new Value.Text(written);
  }

  /** What YAML calls a number but has no digits, such as {@code .nan}, is left as text. */
  private Value number() throws IOException {
    String written = parser.getText();
    try {
      BigDecimal value = parser.getDecimalValue();
      return new Value.Number(written, value);
    } catch (JsonProcessingException | NumberFormatException e) {
      return new Value.Text(written);
    }
  }

  private Value fields(String path) throws IOException {
    SequencedMap<String, Value> values = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      String at = path.isEmpty() ? key : path + "." + key;
      Fault.Place place = place();
      faults.note(at, place);
      parser.nextToken();
      Value value = value(at);
      if (values.putIfAbsent(key, value) != null) {
        faults.addAt(place, Value.line(at), "is given twice", "keep one of them");
      }
    }
    return new Value.Fields(values);
  }

  private Value items(String path) throws IOException {
    List<Value> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String at = path + "[" + values.size() + "]";
      faults.note(at, place());
      values.add(value(at));
    }
    return new Value.Items(List.copyOf(values));
  }

  private Fault.Place place() {
    JsonLocation start = parser.currentTokenLocation();
    return new Fault.Place(start.getLineNr(), start.getColumnNr());
  }
}
