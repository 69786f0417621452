package org.positionmanager.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.worker.config.ConfigurationChange;
import org.positionmanager.workflows.identity.AccountName;

/**
 * The accounts that a worker serves, as its configuration has them now. What a changed
 * configuration does not touch goes on undisturbed, and an account whose new settings cannot be
 * served goes on by those it has.
 */
final class ServedAccounts implements AutoCloseable {
  private final Configuration started;
  private final Function<Configuration.Served, AccountLife> lives;
  private final Consumer<String> tell;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile Now now;
  private boolean closed;

  /**
   * @param lives makes an account's life, not started yet
   * @param tell hears each line of what is not in effect once
   */
  ServedAccounts(
      Configuration started,
      Function<Configuration.Served, AccountLife> lives,
      Consumer<String> tell) {
    this.started = started;
    this.lives = lives;
    this.tell = tell;
    now = new Now(started.served().stream().map(lives).toList(), started.unserved(), List.of());
  }

  /**
   * At one moment.
   *
   * @param unserved accounts of the configuration that have no usable credentials here
   * @param notInEffect a line for each thing that the configuration says and that is not done
   */
  record Now(
      List<AccountLife> lives, List<Configuration.Unserved> unserved, List<String> notInEffect) {
    Now {
      lives = List.copyOf(lives);
      unserved = List.copyOf(unserved);
      notInEffect = List.copyOf(notInEffect);
    }

    boolean has(AccountName account) {
      return lives.stream().anyMatch(it -> it.account().name().equals(account));
    }
  }

  Now now() {
    return now;
  }

  /** Starts all at once, for each waits for its broker. */
  void start() {
    now.unserved().forEach(this::tellUnserved);
    atOnce(now.lives().stream().<Runnable>map(it -> it::start).toList());
  }

  /**
   * @param settled whether nothing of the configuration waits for a broker that does not answer
   * @param ended accounts that are not served any more
   */
  record Applied(boolean settled, List<AccountName> ended) {}

  /** Does what a configuration that was read again says, as far as it can be done. */
  Applied apply(Configuration read) {
    changing.lock();
    try {
      if (closed) {
        return new Applied(true, List.of());
      }
      return applied(read);
    } finally {
      changing.unlock();
    }
  }

  private Applied applied(Configuration read) {
    Now before = now;
    ConfigurationChange change =
        ConfigurationChange.of(
            started, before.lives().stream().map(AccountLife::account).toList(), read);
    Map<AccountName, AccountLife> after = new LinkedHashMap<>();
    before.lives().forEach(it -> after.put(it.account().name(), it));
    List<Runnable> work = new ArrayList<>();
    List<String> notInEffect = new ArrayList<>(change.afterRestart());
    boolean settled = true;
    for (AccountName account : change.ended()) {
      AccountLife last = after.remove(account);
      work.add(
          () -> {
            last.close();
            tell.accept(
                "account %s is gone from the configuration: served no more, its positions stay as they are"
                    .formatted(account));
          });
    }
    for (Configuration.Served account : change.changed()) {
      AccountLife last = after.get(account.name());
      AccountLife next = lives.apply(account);
      Optional<AccountLife.State> objection = objection(last, next);
      if (objection.isEmpty()) {
        after.put(account.name(), next);
        work.add(
            () -> {
              tell.accept("account %s has changed: restarted".formatted(account.name()));
              last.close();
              next.start();
            });
      } else {
        next.close();
        notInEffect.add(
            "account %s goes on as before: %s".formatted(account.name(), why(objection.get())));
        settled &= !(objection.get() instanceof AccountLife.State.Connecting);
      }
    }
    for (Configuration.Served account : change.begun()) {
      AccountLife next = lives.apply(account);
      after.put(account.name(), next);
      work.add(next::start);
    }
    for (Configuration.Unserved account : change.left()) {
      account
          .reasons()
          .forEach(
              why ->
                  notInEffect.add(
                      "account %s goes on as before: %s".formatted(account.name(), why)));
    }
    change.unserved().stream()
        .filter(it -> !before.unserved().contains(it))
        .forEach(this::tellUnserved);
    become(new Now(List.copyOf(after.values()), change.unserved(), notInEffect));
    atOnce(work);
    return new Applied(settled, change.ended());
  }

  /** Nothing is lost by ending what protects nothing; what does has to be able to go on. */
  private static Optional<AccountLife.State> objection(AccountLife last, AccountLife next) {
    return last.state() instanceof AccountLife.State.Serving && !opensTheSame(last, next)
        ? next.objection()
        : Optional.empty();
  }

  private static boolean opensTheSame(AccountLife last, AccountLife next) {
    Configuration.Served was = last.account();
    Configuration.Served is = next.account();
    return was.credentials().equals(is.credentials())
        && was.brokerAccountNumber().equals(is.brokerAccountNumber())
        && was.aliases().equals(is.aliases())
        && was.live() == is.live();
  }

  private static String why(AccountLife.State state) {
    return switch (state) {
      case AccountLife.State.Connecting(String why) -> why;
      case AccountLife.State.Suspended(String why) -> why;
      case AccountLife.State.Refused(String why) -> why;
      case AccountLife.State.Serving serving -> "served";
      case AccountLife.State.Closed closed -> "stopped";
    };
  }

  /** Nothing of a configuration that cannot be used is done. */
  void refuse(List<String> faults) {
    changing.lock();
    try {
      become(
          new Now(
              now.lives(),
              now.unserved(),
              faults.stream().map(it -> "all goes on as before: " + it).toList()));
    } finally {
      changing.unlock();
    }
  }

  private void become(Now next) {
    List<String> told = now.notInEffect();
    now = next;
    next.notInEffect().stream()
        .filter(it -> !told.contains(it))
        .forEach(it -> tell.accept("the configuration has changed: " + it));
    if (!told.isEmpty() && next.notInEffect().isEmpty()) {
      tell.accept("the configuration is in effect as it stands");
    }
  }

  private void tellUnserved(Configuration.Unserved account) {
    account
        .reasons()
        .forEach(it -> tell.accept("account " + account.name() + " is not served: " + it));
  }

  private static void atOnce(List<Runnable> work) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      work.forEach(threads::execute);
    }
  }

  /** Ends all of them at once. */
  @Override
  public void close() {
    changing.lock();
    try {
      closed = true;
      atOnce(now.lives().stream().<Runnable>map(it -> it::close).toList());
    } finally {
      changing.unlock();
    }
  }
}
