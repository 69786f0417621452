package org.positionmanager.worker.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a configuration was read from at one moment: its file and the files that it names, plans and
 * secrets. Equal where all of them hold the same; nothing of their content is kept.
 *
 * @param digests of each file's content, or why there is none
 */
record NamedFiles(SortedMap<String, String> digests) {
  private static final String A_FILE = "File";
  private static final String PLANS = "plans";

  /** Looks at all of them now; what cannot be read is part of the look. */
  static NamedFiles of(Path configuration) {
    SortedMap<String, String> digests = new TreeMap<>();
    add(configuration, digests);
    try {
      Value document = YamlDocument.read(Files.readString(configuration), Faults.of(configuration));
      named(document).forEach(name -> add(name, digests));
    } catch (IOException | ConfigurationException unreadable) {
      // it names no files then; whoever reads it says why
      digests.put("", unreadable.getClass().getSimpleName());
    }
    return new NamedFiles(digests);
  }

  /** Wherever it names one: a key that ends so is no other setting. */
  private static Stream<String> named(Value value) {
    return switch (value) {
      case Value.Fields fields ->
          fields.values().entrySet().stream()
              .flatMap(
                  field ->
                      field.getValue() instanceof Value.Text text
                          ? Stream.of(text.value())
                              .filter(it -> namesAFile(field.getKey()))
                              .map(String::strip)
                          : named(field.getValue()));
      case Value.Items items -> items.values().stream().flatMap(NamedFiles::named);
      case Value.Text text -> Stream.empty();
      case Value.Number number -> Stream.empty();
      case Value.Flag flag -> Stream.empty();
      case Value.Empty empty -> Stream.empty();
      case Value.Reference reference -> Stream.empty();
    };
  }

  private static boolean namesAFile(String key) {
    return key.endsWith(A_FILE) || key.equals(PLANS);
  }

  private static void add(String name, SortedMap<String, String> digests) {
    try {
      add(Path.of(name), digests);
    } catch (InvalidPathException e) {
      digests.put(digest(name.getBytes(StandardCharsets.UTF_8)), "no path");
    }
  }

  /** A pipe is not looked into: what is read from it is gone. */
  private static void add(Path file, SortedMap<String, String> digests) {
    try {
      digests.put(
          file.toString(),
          Files.isRegularFile(file) ? digest(Files.readAllBytes(file)) : "no regular file");
    } catch (IOException e) {
      digests.put(file.toString(), e.getClass().getSimpleName());
    }
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
