package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * What kind of account it is, for people: a short word such as {@code funded} or {@code trial}.
 * Nothing is decided by it.
 *
 * @param word up to 30 lower case letters, digits and hyphens
 */
public record AccountTier(@JsonValue String word) {
  private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9-]{0,29}");

  /**
   * @throws IllegalArgumentException where it is no such word
   */
  public AccountTier {
    if (!WORD.matcher(word).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no tier; use up to 30 lower case letters, digits and hyphens, such as funded"
              .formatted(word));
    }
  }

  @Override
  public String toString() {
    return word;
  }
}
