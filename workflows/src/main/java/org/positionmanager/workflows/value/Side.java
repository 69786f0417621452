package org.positionmanager.workflows.value;

/** The side of an order. */
public enum Side {
  BUY,
  SELL;

  public Side opposite() {
    return this == BUY ? SELL : BUY;
  }
}
