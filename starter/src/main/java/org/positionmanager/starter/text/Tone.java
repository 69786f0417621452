package org.positionmanager.starter.text;

import java.math.BigDecimal;
import org.positionmanager.workflows.rules.Verdict;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * What a text means, shown as a colour where standard output is a terminal that shows colours;
 * {@code NO_COLOR} and the like are honoured by picocli.
 */
public enum Tone {
  PLAIN,
  FAINT(Style.faint),
  GOOD(Style.fg_green),
  WARNING(Style.fg_yellow),
  BAD(Style.fg_red);

  private final IStyle[] styles;

  Tone(IStyle... styles) {
    this.styles = styles;
  }

  /** Good for a gain, bad for a loss. */
  public static Tone of(BigDecimal amount) {
    return amount.signum() == 0 ? PLAIN : amount.signum() > 0 ? GOOD : BAD;
  }

  /** How a rule's answer is shown. */
  public static Tone of(Verdict verdict) {
    return switch (verdict) {
      case FIRED -> BAD;
      case UNKNOWN, SUPPRESSED, PROPOSED -> WARNING;
      case HELD -> GOOD;
      case SKIPPED -> FAINT;
    };
  }

  /** The text in this tone. */
  public String of(String text) {
    return this == PLAIN || !Ansi.AUTO.enabled()
        ? text
        : Style.on(styles) + text + Style.off(styles);
  }
}
