package org.positionmanager.worker.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Why a text is not YAML, in words for who wrote it.
 *
 * @param place where to look
 * @param found what is there, with its verb
 * @param fix what to do
 */
record YamlProblem(Fault.Place place, String found, String fix) {
  private static final Pattern NO_TOKEN = Pattern.compile("found character '(.+)' that cannot.*");
  private static final Pattern FOUND = Pattern.compile("but (?:found|got) '?(.+?)'?");
  private static final Pattern ESCAPE = Pattern.compile("found unknown escape character (.)\\(.*");

  /** Of a text that could not be read. */
  static YamlProblem of(JsonProcessingException failure, String text) {
    if (failure.getCause() instanceof MarkedYAMLException marked
        && marked.getProblem() != null
        && marked.getProblemMark() != null) {
      return new Reading(text.lines().toList(), marked).problem();
    }
    if (failure.getCause() instanceof ReaderException odd) {
      String before = text.substring(0, Math.min(text.length(), Math.max(0, odd.getPosition())));
      int line = (int) before.chars().filter(letter -> letter == '\n').count() + 1;
      return new YamlProblem(
          new Fault.Place(line, 1),
          "has a character that no text has, U+%04X".formatted(odd.getCodePoint()),
          "remove it");
    }
    JsonLocation at = failure.getLocation();
    return new YamlProblem(
        new Fault.Place(at == null ? 1 : Math.max(1, at.getLineNr()), 1),
        "is not YAML: " + failure.getOriginalMessage().lines().findFirst().orElse("unreadable"),
        "correct it there or just above");
  }

  /** What the parser says, read again with the lines that it is about. */
  private record Reading(List<String> lines, MarkedYAMLException failure) {
    private YamlProblem problem() {
      String said = failure.getProblem();
      Matcher noToken = NO_TOKEN.matcher(said);
      Matcher escape = ESCAPE.matcher(said);
      if (said.contains("(TAB)")) {
        return at(mark(), "is indented by a tab", "use spaces");
      }
      if (noToken.matches()) {
        return at(
            mark(), "has a value that begins with " + noToken.group(1), "put the value in quotes");
      }
      if (said.startsWith("mapping values are not allowed")) {
        return secondColon();
      }
      if (said.startsWith("could not find expected ':'")) {
        return at(context(), "has no colon behind its key", "write key: value");
      }
      if (said.startsWith("sequence entries are not allowed")) {
        return at(
            mark(),
            "begins a list behind a key",
            "begin it in a line of its own, or write it as [a, b]");
      }
      if (escape.matches()) {
        return at(
            mark(),
            "has \\%s in double quotes, which YAML does not know".formatted(escape.group(1)),
            "use single quotes");
      }
      return unfinished(said).orElseGet(() -> asSaid(said));
    }

    private YamlProblem secondColon() {
      boolean isSecond = line(mark()).substring(0, column()).contains(":");
      return isSecond
          ? at(mark(), "has a second colon in one value", "put the value in quotes")
          : at(
              mark(),
              "is indented below a line that has a value already",
              "indent it as its neighbours");
    }

    private Optional<YamlProblem> unfinished(String said) {
      String context = Optional.ofNullable(failure.getContext()).orElse("");
      Matcher found = FOUND.matcher(said);
      String instead = found.find() ? found.group(1) : "";
      if (context.contains("quoted scalar")) {
        return Optional.of(at(context(), "opens a quote that is not closed", "close it"));
      }
      if (context.contains("flow sequence")) {
        return Optional.of(at(context(), "opens a [ that is not closed", "close it with ]"));
      }
      if (context.contains("flow mapping")) {
        return Optional.of(at(context(), "opens a { that is not closed", "close it with }"));
      }
      if (instead.equals("]") || instead.equals("}")) {
        return Optional.of(at(mark(), "has a %s too many".formatted(instead), "remove it"));
      }
      if (!said.startsWith("expected <block end>")) {
        return Optional.empty();
      }
      boolean isInLine = !line(mark()).substring(0, column()).isBlank();
      return Optional.of(
          isInLine
              ? at(
                  mark(),
                  "goes on behind a value that has ended",
                  "put all of it in one pair of quotes; a quote in it is doubled")
              : at(
                  mark(),
                  "does not stand below the lines that it belongs to",
                  "indent it as its neighbours, each - of a list alike"));
    }

    private YamlProblem asSaid(String said) {
      return at(mark(), "is not YAML: " + said, "correct it there or just above");
    }

    private Mark mark() {
      return failure.getProblemMark();
    }

    private Mark context() {
      return failure.getContextMark() == null ? mark() : failure.getContextMark();
    }

    private int column() {
      return Math.min(mark().getColumn(), line(mark()).length());
    }

    private String line(Mark mark) {
      return mark.getLine() < lines.size() ? lines.get(mark.getLine()) : "";
    }

    private static YamlProblem at(Mark mark, String found, String fix) {
      return new YamlProblem(new Fault.Place(mark.getLine() + 1, mark.getColumn() + 1), found, fix);
    }
  }
}
