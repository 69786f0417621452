package org.positionmanager.activities.alpaca;

import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import okhttp3.OkHttpClient;

/**
 * What all streams of an account share.
 *
 * @param timer of a single thread: reports are told on it, in order
 * @param nanoClock the monotonic clock
 */
record StreamParts(
    AlpacaSettings settings,
    OkHttpClient http,
    ScheduledExecutorService timer,
    LongSupplier nanoClock,
    RandomGenerator random) {
  KeptSocket socket(String url, KeptSocket.Owner owner) {
    return new KeptSocket(
        url,
        http,
        timer,
        settings.streams(),
        new BackOff(settings.streams(), random),
        nanoClock,
        owner);
  }
}
