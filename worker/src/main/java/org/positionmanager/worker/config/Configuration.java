package org.positionmanager.worker.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.alert.AccountLimits;
import org.positionmanager.activities.alert.AlertBounds;
import org.positionmanager.activities.alert.KillSwitch;
import org.positionmanager.activities.alert.delivery.Endpoint;
import org.positionmanager.activities.alpaca.ApiSecret;
import org.positionmanager.activities.alpaca.StreamSettings;
import org.positionmanager.activities.alpaca.SymbolLimits;
import org.positionmanager.activities.ledger.AccountTier;
import org.positionmanager.activities.live.FeedTimes;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.plan.PlanBook;
import org.positionmanager.workflows.sync.Adopting;
import org.positionmanager.workflows.value.Money;

/**
 * What {@code pm.yaml} says, checked.
 *
 * @param accounts in the order of the file
 * @param broker where the broker is
 * @param plans what positions are judged by
 * @param watched whether watches judge every quote of the accounts; else reviews alone protect
 * @param sync how often accounts are compared with the broker
 * @param http the health and metrics pages
 * @param alerts from when on people are told, and where
 * @param effective every setting with its value and origin, secrets masked
 */
public record Configuration(
    List<Account> accounts,
    Broker broker,
    Plans plans,
    boolean watched,
    Sync sync,
    Http http,
    Alerts alerts,
    List<Setting> effective) {
  public Configuration {
    accounts = List.copyOf(accounts);
    effective = List.copyOf(effective);
  }

  /** The accounts to serve; one at least in what a worker reads. */
  public List<Served> served() {
    return accounts.stream().filter(Served.class::isInstance).map(Served.class::cast).toList();
  }

  /** The accounts that this process cannot serve. */
  public List<Unserved> unserved() {
    return accounts.stream().filter(Unserved.class::isInstance).map(Unserved.class::cast).toList();
  }

  /** One account. */
  public sealed interface Account {
    AccountName name();

    /** Other names by which rows may call it: at most 50 characters each. */
    List<String> aliases();

    /** The broker's account number, against which the key is checked. */
    String brokerAccountNumber();

    /** Real money; needs {@code live: true} in the file. */
    boolean live();

    /** What is worth an alert, and where it says so keeps rows out. */
    AccountLimits limits();

    /** A word for people; empty to leave what is registered. */
    Optional<AccountTier> tier();
  }

  /**
   * When an account is flattened.
   *
   * @param dailyLoss above zero: what may be lost on one exchange day
   * @param counting what counts as lost
   */
  public record KillAt(Money dailyLoss, KillSwitch.Counting counting) {}

  /**
   * An account whose credentials this process was given.
   *
   * @param killSwitch empty where it is off
   */
  public record Served(
      AccountName name,
      List<String> aliases,
      String brokerAccountNumber,
      boolean live,
      AccountLimits limits,
      Optional<KillAt> killSwitch,
      Credentials credentials,
      OwnMarketData marketData,
      Optional<AccountTier> tier)
      implements Account {
    public Served {
      aliases = List.copyOf(aliases);
    }
  }

  /**
   * An account whose credentials are missing or unusable here: the others are served all the same.
   *
   * @param reasons a line each: file, field, what was found, the fix; at least one
   */
  public record Unserved(
      AccountName name,
      List<String> aliases,
      String brokerAccountNumber,
      boolean live,
      AccountLimits limits,
      List<String> reasons,
      Optional<AccountTier> tier)
      implements Account {
    public Unserved {
      aliases = List.copyOf(aliases);
      reasons = List.copyOf(reasons);
    }
  }

  /** A key and its secret; masked in text. */
  public record Credentials(String keyId, ApiSecret secret) {
    @Override
    public String toString() {
      return "Credentials[****]";
    }
  }

  /**
   * Where the broker is. Addresses have scheme, host and port only.
   *
   * @param tradingUrl replaces Alpaca's trading host, as for a simulator; empty for Alpaca's own,
   *     paper or live by the account
   * @param dataUrl replaces Alpaca's market data host
   * @param requestsPerMinute of each account, 1 to 10000; 0 for no limit, at a simulator only
   * @param marketData of accounts that have no other
   */
  public record Broker(
      Optional<URI> tradingUrl,
      Optional<URI> dataUrl,
      int requestsPerMinute,
      MarketData marketData,
      Streams streams) {}

  /**
   * What an account's subscription to market data gives.
   *
   * @param stockFeed sip, iex, delayed_sip, otc, boats or overnight
   * @param optionFeed opra or indicative
   * @param streamed whether quotes come by stream; otherwise all are polled
   * @param symbols how many each stream may follow
   */
  public record MarketData(
      String stockFeed, String optionFeed, boolean streamed, SymbolLimits symbols) {}

  /** Where one account's market data differs from the other accounts'. */
  public record OwnMarketData(
      Optional<String> stockFeed,
      Optional<String> optionFeed,
      Optional<Boolean> streamed,
      Optional<Integer> stockSymbols,
      Optional<Integer> optionSymbols) {
    /** Nowhere. */
    public static final OwnMarketData NONE =
        new OwnMarketData(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Its own, and of the common ones the rest; limits only beside the feed they are of. */
    public MarketData over(MarketData common) {
      int stocks = stockFeed.isPresent() ? Integer.MAX_VALUE : common.symbols().stocks();
      int contracts = optionFeed.isPresent() ? Integer.MAX_VALUE : common.symbols().contracts();
      return new MarketData(
          stockFeed.orElse(common.stockFeed()),
          optionFeed.orElse(common.optionFeed()),
          streamed.orElse(common.streamed()),
          new SymbolLimits(stockSymbols.orElse(stocks), optionSymbols.orElse(contracts)));
    }
  }

  /**
   * How streams are kept up, and what is polled beside them.
   *
   * @param url replaces the host of all streams; empty for that of the requests
   * @param silentAfter see {@link StreamSettings#silentAfter()}
   * @param answerWithin see {@link StreamSettings#answerWithin()}
   */
  public record Streams(
      Optional<URI> url, Duration silentAfter, Duration answerWithin, FeedTimes feed) {}

  /**
   * What positions are judged by.
   *
   * @param file that the plans were read from; empty for the shipped ones
   * @param book all plans and which positions each is for
   */
  public record Plans(Optional<Path> file, PlanBook book) {}

  /**
   * How often each account is compared with the broker.
   *
   * @param every between two syncs, real time, 10 seconds to an hour
   * @param adoptAfter exchange time for which a fresh holding is left to the dispatcher's row, up
   *     to an hour
   * @param adopt what becomes of a holding that nobody tracks
   */
  public record Sync(Duration every, Duration adoptAfter, Adopting adopt) {}

  /**
   * The health and metrics pages.
   *
   * @param host to listen on: loopback unless the file names another
   * @param port 1 to 65535, or 0 for any free one
   */
  public record Http(String host, int port) {}

  /**
   * From when on people are told of something, and where.
   *
   * @param repeatEvery how long after a delivery an alert that nobody acknowledged is delivered
   *     again
   * @param endpoints that can be delivered to from here
   * @param unusable a line for each endpoint whose address or secret is missing here
   */
  public record Alerts(
      AlertBounds bounds, Duration repeatEvery, List<Endpoint> endpoints, List<String> unusable) {
    /** Told to nobody but those who look. */
    public static final Alerts DEFAULT =
        new Alerts(AlertBounds.DEFAULT, Duration.ofHours(1), List.of(), List.of());

    public Alerts {
      endpoints = List.copyOf(endpoints);
      unusable = List.copyOf(unusable);
    }
  }
}
