package org.positionmanager.activities.alpaca;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.positionmanager.activities.live.LiveQuotes;
import org.positionmanager.activities.live.StreamReport;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;

/** Stocks from the stock stream, contracts from the option stream. */
final class AlpacaLiveQuotes implements LiveQuotes {
  private final StreamParts parts;
  private final BooleanSupplier marketOpen;
  private volatile List<AlpacaDataStream> streams = List.of();

  AlpacaLiveQuotes(StreamParts parts, BooleanSupplier marketOpen) {
    this.parts = parts;
    this.marketOpen = marketOpen;
  }

  @Override
  public void start(Listener listener) {
    if (!streams.isEmpty()) {
      throw new IllegalStateException("the streams are started already");
    }
    AlpacaSettings settings = parts.settings();
    streams =
        List.of(
            new AlpacaDataStream("/v2/" + settings.stockFeed(), false, parts, marketOpen, listener),
            new AlpacaDataStream(
                "/v1beta1/" + settings.optionFeed(), true, parts, marketOpen, listener));
  }

  private AlpacaDataStream stocks() {
    return stream(0);
  }

  private AlpacaDataStream contracts() {
    return stream(1);
  }

  private AlpacaDataStream stream(int index) {
    if (streams.isEmpty()) {
      throw new IllegalStateException("start the streams first");
    }
    return streams.get(index);
  }

  @Override
  public void follow(Set<Instrument> instruments) {
    stocks().follow(only(Stock.class, instruments));
    contracts().follow(only(OptionContract.class, instruments));
  }

  private static Set<Instrument> only(Class<? extends Instrument> kind, Set<Instrument> all) {
    return all.stream().filter(kind::isInstance).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<StreamReport> reports() {
    return streams.stream().map(AlpacaDataStream::report).toList();
  }

  @Override
  public void renew(Set<Instrument> missed) {
    if (!only(Stock.class, missed).isEmpty()) {
      stocks().renew();
    }
    if (!only(OptionContract.class, missed).isEmpty()) {
      contracts().renew();
    }
  }

  @Override
  public void close() {
    streams.forEach(AlpacaDataStream::close);
  }
}
