package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a simulated exchange begins with.
 *
 * @param start exchange time at the beginning
 * @param speed exchange seconds in one real second; 0 stands until it is stepped
 * @param paces instead of one speed: how fast time runs from which moments on; may be left out
 * @param seed of everything random
 * @param market when the exchange is open; NYSE's sessions where left out
 * @param live whether exchange time is the machine's: each life begins at its own moment, prices go
 *     on from the start
 * @param events what disturbs prices, by script; may be left out
 * @param streams limits of the streams; may be left out
 * @param faults what goes wrong with requests, as admin calls say it, {@code at} so much time after
 *     the start; may be left out
 * @param streamFaults the same of streams
 */
public record Scenario(
    Instant start,
    double speed,
    List<Pace> paces,
    long seed,
    List<AccountSeed> accounts,
    List<Path> prices,
    MarketHours market,
    boolean live,
    List<MarketEvent> events,
    Optional<StreamSettings> streams,
    List<JsonNode> faults,
    List<JsonNode> streamFaults) {
  public Scenario {
    required("start", start);
    required("accounts", accounts);
    required("prices", prices);
    paces =
        paces == null || paces.isEmpty()
            ? List.of(new Pace(start, speed, speed))
            : List.copyOf(paces);
    accounts = List.copyOf(accounts);
    prices = List.copyOf(prices);
    market = market == null ? MarketHours.NYSE : market;
    events = events == null ? List.of() : List.copyOf(events);
    streams = streams == null ? Optional.empty() : streams;
    faults = faults == null ? List.of() : List.copyOf(faults);
    streamFaults = streamFaults == null ? List.of() : List.copyOf(streamFaults);
  }

  /** A scenario in which nothing goes wrong. */
  public Scenario(
      Instant start,
      double speed,
      List<Pace> paces,
      long seed,
      List<AccountSeed> accounts,
      List<Path> prices,
      MarketHours market,
      boolean live,
      List<MarketEvent> events,
      Optional<StreamSettings> streams) {
    this(
        start, speed, paces, seed, accounts, prices, market, live, events, streams, List.of(),
        List.of());
  }

  private static void required(String field, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing; add it to the scenario");
    }
  }

  /** A scenario of the stock exchange's hours without disturbances. */
  public Scenario(
      Instant start,
      double speed,
      List<Pace> paces,
      long seed,
      List<AccountSeed> accounts,
      List<Path> prices) {
    this(
        start,
        speed,
        paces,
        seed,
        accounts,
        prices,
        MarketHours.NYSE,
        false,
        List.of(),
        Optional.empty());
  }

  /** A scenario with one speed. */
  public Scenario(
      Instant start, double speed, long seed, List<AccountSeed> accounts, List<Path> prices) {
    this(start, speed, List.of(), seed, accounts, prices);
  }

  /** The same with files of prices found from a folder. */
  Scenario from(java.nio.file.Path folder) {
    return new Scenario(
        start,
        speed,
        paces,
        seed,
        accounts,
        prices.stream().map(path -> path.from(folder)).toList(),
        market,
        live,
        events,
        streams,
        faults,
        streamFaults);
  }

  /** The same at other hours. */
  Scenario at(MarketHours hours) {
    return new Scenario(
        start,
        speed,
        paces,
        seed,
        accounts,
        prices,
        hours,
        live,
        events,
        streams,
        faults,
        streamFaults);
  }

  /**
   * An account and its only key.
   *
   * @param accountNumber made of the name where it is left out
   * @param cash dollars
   * @param requestsPerMinute of real time, as Alpaca counts them: 200 there; 0 or left out for no
   *     limit
   */
  public record AccountSeed(
      String name,
      String accountNumber,
      String key,
      String secret,
      BigDecimal cash,
      Optional<Integer> requestsPerMinute) {
    public AccountSeed {
      required("name of an account", name);
      required("key of account " + name, key);
      required("secret of account " + name, secret);
      required("cash of account " + name, cash);
      accountNumber = accountNumber == null ? AccountsFile.number(name) : accountNumber;
      requestsPerMinute = requestsPerMinute == null ? Optional.empty() : requestsPerMinute;
      if (requestsPerMinute.filter(it -> it < 0).isPresent()) {
        throw new IllegalArgumentException(
            "requestsPerMinute of account %s must be 0 (no limit) or more".formatted(name));
      }
    }

    /** An account that may ask as often as it likes. */
    public AccountSeed(
        String name, String accountNumber, String key, String secret, BigDecimal cash) {
      this(name, accountNumber, key, secret, cash, Optional.empty());
    }

    @Override
    public String toString() {
      return "AccountSeed[" + name + ", " + accountNumber + "]";
    }
  }

  /**
   * Where a symbol's prices come from: exactly one of the four.
   *
   * @param points a path from the start on
   * @param walk a random walk
   * @param option the price of an option by its underlying, which must have prices too
   * @param file recorded quotes or bars, CSV or JSONL; read from the scenario's folder
   */
  public record Path(
      String symbol,
      List<Point> points,
      Optional<Walk> walk,
      Optional<OptionModel> option,
      Optional<String> file) {
    public Path {
      points = points == null ? List.of() : List.copyOf(points);
      walk = walk == null ? Optional.empty() : walk;
      option = option == null ? Optional.empty() : option;
      file = file == null ? Optional.empty() : file;
      long kinds =
          Stream.of(!points.isEmpty(), walk.isPresent(), option.isPresent(), file.isPresent())
              .filter(it -> it)
              .count();
      if (kinds == 0) {
        throw new IllegalArgumentException(
            "prices of " + symbol + " need at least one point, or walk, option or file");
      }
      if (kinds > 1) {
        throw new IllegalArgumentException(
            "prices of " + symbol + " need only one of points, walk, option and file");
      }
    }

    private Path from(java.nio.file.Path folder) {
      return new Path(symbol, points, walk, option, file.map(it -> folder.resolve(it).toString()));
    }

    /** A symbol's path from the start on. */
    public Path(String symbol, List<Point> points) {
      this(symbol, points, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /** A mid price so much time after the start; straight lines lie between points. */
  public record Point(Duration at, BigDecimal mid) {}

  /**
   * A random walk by the scenario's seed.
   *
   * @param price at the start, dollars
   * @param volatility by the year; 0.3 (30%) where left out
   */
  public record Walk(BigDecimal price, Optional<BigDecimal> volatility) {
    public Walk {
      if (price == null || price.signum() <= 0) {
        throw new IllegalArgumentException("price of a walk must be above 0, got " + price);
      }
      volatility = volatility == null ? Optional.empty() : volatility;
    }
  }

  /**
   * An option priced by Black and Scholes.
   *
   * @param underlying the symbol's root where left out
   * @param volatility implied, by the year; 0.35 where left out
   */
  public record OptionModel(Optional<String> underlying, Optional<BigDecimal> volatility) {
    public OptionModel {
      underlying = underlying == null ? Optional.empty() : underlying;
      volatility = volatility == null ? Optional.empty() : volatility;
    }
  }

  /**
   * A disturbance of one symbol: a halt, or a quote that its source does not say, for instance a
   * crossed one (bid above ask) or a stale one.
   *
   * @param at after the start
   * @param lasts until its source speaks again
   * @param halt the last quote stays and nothing trades
   * @param bid with ask: what is quoted meanwhile
   * @param age how old that quote claims to be at the beginning
   */
  public record MarketEvent(
      String symbol,
      Duration at,
      Duration lasts,
      boolean halt,
      Optional<BigDecimal> bid,
      Optional<BigDecimal> ask,
      Optional<Duration> age) {
    public MarketEvent {
      bid = bid == null ? Optional.empty() : bid;
      ask = ask == null ? Optional.empty() : ask;
      age = age == null ? Optional.empty() : age;
      if (symbol == null || at == null || lasts == null) {
        throw new IllegalArgumentException("an event needs symbol, at and lasts");
      }
      if (halt == (bid.isPresent() || ask.isPresent()) || bid.isPresent() != ask.isPresent()) {
        throw new IllegalArgumentException(
            "an event of " + symbol + " needs halt: true, or both bid and ask");
      }
    }
  }
}
