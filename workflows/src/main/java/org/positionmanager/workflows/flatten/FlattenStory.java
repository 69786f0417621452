package org.positionmanager.workflows.flatten;

import java.util.List;

/** A flatten's state in Markdown, for people. */
final class FlattenStory {
  /** The newest replies; all of them are in the query {@code progress}. */
  private static final int SHOWN = 100;

  private FlattenStory() {}

  static String of(FlattenState state) {
    StringBuilder text = new StringBuilder();
    text.append("**%s** of %s: %s%n%n".formatted(state.step(), state.account(), state.note()));
    for (FlattenRequest request : state.requests()) {
      text.append(
          "- asked by %s: %s (%s)%n"
              .formatted(
                  request.by(),
                  request.reason(),
                  request.strategy().map(Enum::name).orElse("all that is held")));
    }
    state.trouble().ifPresent(why -> text.append("%n**trouble**: %s%n".formatted(why)));
    List<CloseAcknowledgement> replies = state.acknowledged();
    if (!replies.isEmpty()) {
      text.append("%n| position | reply | |%n|---|---|---|%n".formatted());
      replies
          .subList(Math.max(0, replies.size() - SHOWN), replies.size())
          .forEach(
              it ->
                  text.append(
                      "| %s | %s | %s |%n"
                          .formatted(
                              it.position(),
                              it.reply().status(),
                              it.reply().message().replace("|", "\\|"))));
    }
    return text.toString();
  }
}
