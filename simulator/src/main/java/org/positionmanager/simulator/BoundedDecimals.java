package org.positionmanager.simulator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import java.io.IOException;
import java.math.BigDecimal;
import org.positionmanager.simulator.market.Decimals;

/** Numbers of a file that a person wrote: bounded like all that come from outside. */
final class BoundedDecimals extends StdScalarDeserializer<BigDecimal> {
  private static final long serialVersionUID = 1;

  BoundedDecimals() {
    super(BigDecimal.class);
  }

  @Override
  public BigDecimal deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    // before Jackson makes a number of it
    String text = parser.getText();
    String message = parser.currentName() + " must be a number of at most 30 digits";
    return Decimals.of(text)
        .orElseThrow(() -> InvalidFormatException.from(parser, message, text, BigDecimal.class));
  }
}
