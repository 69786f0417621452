package org.positionmanager.starter.command;

import org.positionmanager.starter.text.Tone;

/**
 * One line of {@code pm doctor}.
 *
 * @param subject what was looked at
 * @param says what was found, and the fix where one is needed
 */
record Finding(String subject, Level level, String says) {
  /** How bad it is. */
  enum Level {
    OK(Tone.GOOD),
    WARNING(Tone.WARNING),
    BROKEN(Tone.BAD);

    final Tone tone;

    Level(Tone tone) {
      this.tone = tone;
    }
  }

  static Finding ok(String subject, String says) {
    return new Finding(subject, Level.OK, says);
  }

  static Finding warning(String subject, String says) {
    return new Finding(subject, Level.WARNING, says);
  }

  static Finding broken(String subject, String says) {
    return new Finding(subject, Level.BROKEN, says);
  }
}
