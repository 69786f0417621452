package org.positionmanager.activities.alpaca;

import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import okhttp3.OkHttpClient;
import org.positionmanager.activities.live.StreamFault;

/**
 * What all streams of an account share.
 *
 * @param timer of a single thread: reports are told on it, in order
 * @param nanoClock the monotonic clock
 * @param breaks hears of each connection that is lost
 */
record StreamParts(
    AlpacaSettings settings,
    OkHttpClient http,
    ScheduledExecutorService timer,
    LongSupplier nanoClock,
    RandomGenerator random,
    ConnectionBreaks breaks) {
  KeptSocket socket(String url, KeptSocket.Owner owner) {
    return new KeptSocket(
        url,
        http,
        timer,
        settings.streams(),
        new BackOff(settings.streams(), random),
        nanoClock,
        noting(owner));
  }

  private KeptSocket.Owner noting(KeptSocket.Owner owner) {
    return new KeptSocket.Owner() {
      @Override
      public KeptSocket.Conversation begin(KeptSocket.Line line) {
        return owner.begin(line);
      }

      @Override
      public void lost(StreamFault fault, String detail) {
        breaks.note();
        owner.lost(fault, detail);
      }
    };
  }
}
