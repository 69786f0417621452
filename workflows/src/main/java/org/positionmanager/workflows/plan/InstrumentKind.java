package org.positionmanager.workflows.plan;

import java.util.Locale;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;

/** The kinds of instrument that have rule sets of their own. */
public enum InstrumentKind {
  /** Judged on the premium alone. */
  OPTION("NOW260220P00110000"),
  /** Judged on the share's price. */
  STOCK("NOW");

  private final Instrument example;

  InstrumentKind(String example) {
    this.example = Instrument.parse(example);
  }

  /** The kind of an instrument. */
  public static InstrumentKind of(Instrument instrument) {
    return switch (instrument) {
      case OptionContract contract -> OPTION;
      case Stock stock -> STOCK;
    };
  }

  /** Any one of the kind: what is asked of it is the same for all. */
  Instrument example() {
    return example;
  }

  /** As the plan file has it: {@code option} or {@code stock}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
