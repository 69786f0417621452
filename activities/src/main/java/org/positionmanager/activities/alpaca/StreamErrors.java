package org.positionmanager.activities.alpaca;

import org.positionmanager.activities.live.StreamFault;

/** What the numbers of a data stream's errors mean (DOC: real-time data, error messages). */
final class StreamErrors {
  static final int SYMBOL_LIMIT = 405;
  static final int ALREADY_AUTHENTICATED = 403;

  private StreamErrors() {}

  /** Why the connection cannot go on. */
  static StreamFault fault(int code) {
    return switch (code) {
      case 401, 402 -> StreamFault.CREDENTIALS;
      case 404 -> StreamFault.NO_ANSWER;
      case 406 -> StreamFault.CONNECTION_LIMIT;
      case 407 -> StreamFault.SLOW_READER;
      case 409 -> StreamFault.NOT_ENTITLED;
      case 500 -> StreamFault.SERVER;
      default -> StreamFault.UNKNOWN;
    };
  }

  /** Whether an error answers a request for symbols, which it leaves without effect. */
  static boolean refusesSymbols(int code) {
    return switch (code) {
      case 400, SYMBOL_LIMIT, 410, 412, 413 -> true;
      default -> false;
    };
  }
}
