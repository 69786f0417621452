package org.positionmanager.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.positionmanager.activities.alert.Rounds;
import org.positionmanager.activities.alpaca.AlpacaConnection;
import org.positionmanager.activities.alpaca.AlpacaSettings;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.watch.ExitsUnderWay;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.workflows.flatten.FlattenRequest;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.plan.PlanBook;

/**
 * One account's life in a worker: its key is checked against the registered broker account first;
 * only then is it registered and served. What goes wrong with it harms no other account.
 */
final class AccountService implements AutoCloseable {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);

  /** How far it has come. */
  sealed interface State {
    /** The broker does not answer yet; asked again. */
    record Connecting(String why) implements State {}

    /**
     * Its positions are watched.
     *
     * @param rounds what is done again and again for it beside its positions
     */
    record Serving(AccountWorker worker, List<Rounds> rounds) implements State {}

    /** A person has to mend something and start again. */
    record Refused(String why) implements State {}

    record Closed() implements State {}
  }

  private final Configuration.Served account;
  private final Configuration.Broker broker;
  private final PlanBook plans;
  private final boolean watched;
  private final Configuration.Sync sync;
  private final WorkflowClient client;
  private final LedgerDatabase.Address ledger;
  private final AlertsRun alerts;
  private final MeterRegistry meters;
  private final ExitsUnderWay underWay;
  private final Consumer<String> tell;
  private final Progress progress;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile State state = new State.Connecting("not asked yet");
  private volatile Optional<Thread> retrying = Optional.empty();

  AccountService(
      Configuration.Served account,
      Configuration.Broker broker,
      PlanBook plans,
      boolean watched,
      Configuration.Sync sync,
      WorkflowClient client,
      LedgerDatabase.Address ledger,
      AlertsRun alerts,
      MeterRegistry meters,
      ExitsUnderWay underWay,
      Progress progress,
      Consumer<String> tell) {
    this.account = account;
    this.broker = broker;
    this.plans = plans;
    this.watched = watched;
    this.sync = sync;
    this.client = client;
    this.ledger = ledger;
    this.alerts = alerts;
    this.meters = meters;
    this.underWay = underWay;
    this.progress = progress;
    this.tell = tell;
  }

  Configuration.Served account() {
    return account;
  }

  State state() {
    return state;
  }

  Progress progress() {
    return progress;
  }

  /** Tries once now; where the broker does not answer, it is asked again in the background. */
  void start() {
    attempt();
    if (state instanceof State.Connecting) {
      retrying =
          Optional.of(
              Thread.ofVirtual().name("connect account " + account.name()).start(this::retry));
    }
  }

  private void retry() {
    Duration wait = FIRST_RETRY;
    try {
      while (state instanceof State.Connecting) {
        Thread.sleep(wait);
        wait =
            wait.multipliedBy(2).compareTo(LONGEST_RETRY) < 0
                ? wait.multipliedBy(2)
                : LONGEST_RETRY;
        attempt();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void attempt() {
    changing.lock();
    try {
      if (state instanceof State.Connecting) {
        become(tried());
      }
    } finally {
      changing.unlock();
    }
  }

  /** Whatever is away at the first try, the ledger or the engine too, may be there at the next. */
  private State tried() {
    try {
      return next();
    } catch (RuntimeException e) {
      return new State.Connecting(
          "engine or ledger do not let it be served: " + String.valueOf(e.getMessage()));
    }
  }

  private void become(State next) {
    if (next.equals(state)) {
      return;
    }
    state = next;
    switch (next) {
      case State.Connecting(String why) ->
          tell.accept("account %s is not served yet: %s".formatted(account.name(), why));
      case State.Serving serving ->
          tell.accept("account %s: key checked, served".formatted(account.name()));
      case State.Refused(String why) ->
          tell.accept("account %s is not served: %s".formatted(account.name(), why));
      case State.Closed closed -> {}
    }
  }

  private State next() {
    AlpacaSettings settings = BrokerSettings.of(account, broker);
    AlpacaConnection connection = AlpacaConnection.open(settings, meters);
    String number;
    try {
      number = connection.broker().account().number();
    } catch (BrokerException e) {
      String why =
          "the broker cannot be asked who the key belongs to (%s); check the key and the connection"
              .formatted(e.getMessage());
      return switch (e.kind()) {
        case UNAVAILABLE, RATE_LIMITED, UNREADABLE, INTERRUPTED -> new State.Connecting(why);
        case UNAUTHORIZED, REFUSED -> new State.Refused(why);
      };
    }
    Optional<String> wrong = BrokerSettings.wrongKey(account, number);
    if (wrong.isPresent()) {
      return new State.Refused(wrong.get());
    }
    try {
      AccountRegistration.register(ledger, account);
    } catch (IllegalStateException e) {
      return new State.Refused(e.getMessage());
    }
    // of a try before, or of the connection that only asked for the number
    AccountMeters.forget(meters, account.name());
    AccountWorker worker =
        AccountWorker.start(
            client,
            settings.account(),
            connection,
            events ->
                AlpacaInputs.open(
                    settings,
                    connection,
                    account.marketData().over(broker.marketData()).streamed(),
                    broker.streams().feed(),
                    events),
            ledger,
            plans,
            watched,
            sync,
            progress,
            alerts::raise,
            meters,
            underWay);
    List<Rounds> rounds = new ArrayList<>();
    try {
      begin(rounds, connection);
    } catch (RuntimeException e) {
      rounds.forEach(Rounds::close);
      worker.close();
      throw e;
    }
    return new State.Serving(worker, List.copyOf(rounds));
  }

  private void begin(List<Rounds> rounds, AlpacaConnection connection) {
    rounds.add(
        alerts.sweepOf(
            account.name(), account.limits(), connection.calendar(), watched, sync.every()));
    account
        .killSwitch()
        .map(
            bound ->
                alerts.killSwitchOf(account.name(), bound, connection.calendar(), this::flatten))
        .ifPresent(rounds::add);
  }

  private void flatten(AccountName name, String id, String reason) {
    tell.accept("account %s: kill switch: %s".formatted(name, reason));
    FlattenStarts.ask(
        client, name, new FlattenRequest(id, "kill switch", reason, Optional.empty()));
  }

  @Override
  public void close() {
    retrying.ifPresent(Thread::interrupt);
    changing.lock();
    try {
      State last = state;
      state = new State.Closed();
      if (last instanceof State.Serving(AccountWorker worker, List<Rounds> rounds)) {
        rounds.forEach(Rounds::close);
        worker.close();
        AccountMeters.forget(meters, account.name());
      }
    } finally {
      changing.unlock();
    }
  }
}
