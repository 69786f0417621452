package org.positionmanager.worker;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.activities.alert.Rounds;
import org.positionmanager.activities.alpaca.AlpacaConnection;
import org.positionmanager.activities.alpaca.AlpacaSettings;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.flatten.FlattenRequest;
import org.positionmanager.workflows.identity.AccountName;

/**
 * One account's life in a worker: its key is checked against the registered broker account first;
 * only then is it registered and served. What goes wrong with it harms no other account.
 */
final class AccountService implements AccountLife {
  /** What runs while it is served; rounds are done again and again beside its positions. */
  private record Running(AccountWorker worker, List<Rounds> rounds) {}

  private final Configuration.Served account;
  private final WorkerParts parts;
  private final KeyCheck keys;
  private final Progress progress = new Progress(InstantSource.system());
  private final ReentrantLock changing = new ReentrantLock();
  private volatile State state = new State.Connecting("not asked yet");
  private volatile Optional<Retry> retrying = Optional.empty();
  private Optional<Running> running = Optional.empty();

  /** It was served once: what is wrong with its key since then may pass by itself. */
  private boolean wasServed;

  /** Tells people that its service has ended, however long the ledger is away. */
  private Optional<Rounds> telling = Optional.empty();

  AccountService(Configuration.Served account, WorkerParts parts) {
    this.account = account;
    this.parts = parts;
    keys = new KeyCheck(account, parts.broker(), parts.ledger());
  }

  @Override
  public Configuration.Served account() {
    return account;
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public Progress progress() {
    return progress;
  }

  @Override
  public Optional<State> objection() {
    try {
      // not measured: the life that goes on has the account's meters
      return switch (keys.check(new SimpleMeterRegistry())) {
        case KeyCheck.Outcome.Opened opened -> Optional.empty();
        case KeyCheck.Outcome.NotYet(String why) -> Optional.of(new State.Connecting(why));
        case KeyCheck.Outcome.Wrong(String why) -> Optional.of(new State.Refused(why));
      };
    } catch (RuntimeException e) {
      return Optional.of(away(e));
    }
  }

  /** Tries once now; where the broker does not answer, it is asked again in the background. */
  @Override
  public void start() {
    if (!attempt()) {
      askAgain();
    }
  }

  private void askAgain() {
    retrying = Optional.of(Retry.begin("connect account " + account.name(), this::attempt));
  }

  /** Returns whether it is settled, and not to be asked again. */
  private boolean attempt() {
    changing.lock();
    try {
      if (isToBeAsked()) {
        become(tried());
      }
      return !isToBeAsked();
    } finally {
      changing.unlock();
    }
  }

  private boolean isToBeAsked() {
    return state instanceof State.Connecting || state instanceof State.Suspended;
  }

  /** Whatever is away at the first try, the ledger or the engine too, may be there at the next. */
  private State tried() {
    try {
      return next();
    } catch (RuntimeException e) {
      return away(e);
    }
  }

  private static State away(RuntimeException e) {
    return new State.Connecting(
        "engine or ledger do not let it be served: " + String.valueOf(e.getMessage()));
  }

  private void become(State next) {
    if (next.equals(state)) {
      return;
    }
    state = next;
    switch (next) {
      case State.Connecting(String why) ->
          parts.tell().accept("account %s is not served yet: %s".formatted(account.name(), why));
      case State.Serving serving ->
          parts.tell().accept("account %s: key checked, served".formatted(account.name()));
      case State.Suspended(String why) ->
          parts
              .tell()
              .accept(
                  "account %s is not served until its key opens its own account again: %s"
                      .formatted(account.name(), why));
      case State.Refused(String why) ->
          parts.tell().accept("account %s is not served: %s".formatted(account.name(), why));
      case State.Closed closed -> {}
    }
  }

  private State next() {
    return switch (keys.check(parts.meters())) {
      case KeyCheck.Outcome.Opened(AlpacaSettings settings, AlpacaConnection connection) -> {
        running = Optional.of(running(settings, connection));
        wasServed = true;
        // told from now on, the alert would outlive what it tells of
        stopTelling();
        yield new State.Serving();
      }
      case KeyCheck.Outcome.NotYet(String why) -> new State.Connecting(why);
      case KeyCheck.Outcome.Wrong(String why) ->
          wasServed ? new State.Suspended(why) : new State.Refused(why);
    };
  }

  private Running running(AlpacaSettings settings, AlpacaConnection connection) {
    // of a try before, or of the connection that only asked for the number
    AccountMeters.forget(parts.meters(), account.name());
    AccountMeters.describe(parts.meters(), account);
    AccountWorker worker = worker(settings, connection);
    List<Rounds> rounds = new ArrayList<>();
    try {
      begin(rounds, connection);
    } catch (RuntimeException e) {
      rounds.forEach(Rounds::close);
      worker.close();
      throw e;
    }
    return new Running(worker, List.copyOf(rounds));
  }

  private AccountWorker worker(AlpacaSettings settings, AlpacaConnection connection) {
    Configuration.Broker broker = parts.broker();
    return AccountWorker.start(
        parts,
        account.name(),
        connection,
        events ->
            AlpacaInputs.open(
                settings,
                connection,
                account.marketData().over(broker.marketData()).streamed(),
                broker.streams().feed(),
                events),
        progress);
  }

  private void begin(List<Rounds> rounds, AlpacaConnection connection) {
    KeyWatch key =
        new KeyWatch(
            account,
            connection.breaks()::count,
            () -> connection.broker().account().number(),
            parts.alerts().others(),
            this::end);
    rounds.add(Rounds.start("key: account " + account.name(), KeyWatch.EVERY, key::look));
    rounds.add(
        parts
            .alerts()
            .sweepOf(
                account.name(),
                account.limits(),
                connection.calendar(),
                parts.watched(),
                parts.sync().every()));
    account
        .killSwitch()
        .map(
            bound ->
                parts
                    .alerts()
                    .killSwitchOf(
                        account.name(),
                        bound,
                        connection.broker(),
                        connection.calendar(),
                        this::flatten))
        .ifPresent(rounds::add);
  }

  private void flatten(AccountName name, String id, String reason) {
    parts.tell().accept("account %s: kill switch: %s".formatted(name, reason));
    FlattenStarts.ask(
        parts.client(), name, new FlattenRequest(id, "kill switch", reason, Optional.empty()));
  }

  /** Not on the thread that found it, which is one of those that end. */
  private void end(String why) {
    Thread.ofVirtual()
        .name("end account " + account.name())
        .start(
            () -> {
              changing.lock();
              try {
                if (state instanceof State.Serving) {
                  become(new State.Suspended(why));
                  tell(why);
                  try {
                    stop();
                  } finally {
                    askAgain();
                  }
                }
              } finally {
                changing.unlock();
              }
            });
  }

  /** Not by its rounds, which end now. */
  private void tell(String why) {
    NewAlert alert =
        NewAlert.of(
            AlertKind.KEY_REFUSED,
            account.name(),
            why + "; it is not served until it opens its own account again");
    telling =
        Optional.of(
            Rounds.untilDone(
                "alert of the key: account " + account.name(),
                KeyWatch.EVERY,
                () -> parts.alerts().raise(alert)));
  }

  private void stopTelling() {
    telling.ifPresent(Rounds::close);
    telling = Optional.empty();
  }

  private void stop() {
    running.ifPresent(
        it -> {
          it.rounds().forEach(Rounds::close);
          it.worker().close();
          AccountMeters.forget(parts.meters(), account.name());
        });
    running = Optional.empty();
  }

  @Override
  public void close() {
    retrying.ifPresent(Retry::close);
    changing.lock();
    try {
      state = new State.Closed();
      retrying.ifPresent(Retry::close);
      stopTelling();
      stop();
    } finally {
      changing.unlock();
    }
  }
}
