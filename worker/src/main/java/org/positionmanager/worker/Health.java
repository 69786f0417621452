package org.positionmanager.worker;

import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.positionmanager.workflows.identity.AccountName;

/**
 * Whether this worker gets anything done, account by account. A process that runs but is not heard
 * by the engine, or whose activities only fail, is not healthy.
 */
final class Health {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  private final Pollers pollers;
  private final String identity;

  Health(WorkflowClient client, InstantSource clock) {
    pollers = new Pollers(client, clock, ANSWER_WITHIN);
    identity = client.getOptions().getIdentity();
  }

  /**
   * The whole worker: healthy only if every account is.
   *
   * @param configuration a line for each change of the configuration that is not in effect; none of
   *     them makes it unhealthy, for who is restarted then would only lose what still runs
   */
  record Report(boolean healthy, String build, List<String> configuration, List<Account> accounts) {
    Report {
      configuration = List.copyOf(configuration);
      accounts = List.copyOf(accounts);
    }
  }

  /**
   * One account.
   *
   * @param trouble why it is not healthy; empty where it is
   * @param lastProgress when an activity last succeeded
   * @param done activities that succeeded since the start
   */
  record Account(
      String account,
      boolean healthy,
      Optional<String> trouble,
      Optional<Instant> lastProgress,
      long done,
      long failed) {}

  Report report(ServedAccounts.Now now) {
    List<Account> accounts =
        Stream.concat(
                now.lives().stream().map(this::account),
                now.unserved().stream()
                    .map(
                        it ->
                            new Account(
                                it.name().value(),
                                false,
                                Optional.of(String.join("; ", it.reasons())),
                                Optional.empty(),
                                0,
                                0)))
            .toList();
    return new Report(
        accounts.stream().allMatch(Account::healthy),
        BuildId.current(),
        now.notInEffect(),
        accounts);
  }

  private Account account(AccountLife service) {
    Optional<String> trouble = trouble(service);
    return new Account(
        service.account().name().value(),
        trouble.isEmpty(),
        trouble,
        service.progress().lastDone(),
        service.progress().done(),
        service.progress().failed());
  }

  private Optional<String> trouble(AccountLife service) {
    return switch (service.state()) {
      case AccountLife.State.Connecting(String why) -> Optional.of("not served yet: " + why);
      case AccountLife.State.Suspended(String why) ->
          Optional.of("not served until its key opens its own account again: " + why);
      case AccountLife.State.Refused(String why) -> Optional.of("not served: " + why);
      case AccountLife.State.Closed closed -> Optional.of("stopped");
      case AccountLife.State.Serving serving ->
          notHeard(service.account().name())
              .or(
                  () ->
                      service
                          .progress()
                          .lastFailure()
                          .map(it -> "its last activity failed: " + it));
    };
  }

  private Optional<String> notHeard(AccountName account) {
    try {
      // where the engine cannot tell who asks for work, as the one in memory, that is no trouble
      return pollers
          .of(account)
          .filter(heard -> !heard.contains(identity))
          .map(
              others ->
                  "the engine has not been asked for work for " + Pollers.FRESH.toSeconds() + " s");
    } catch (StatusRuntimeException e) {
      return Optional.of("the engine does not answer: " + e.getStatus().getCode());
    }
  }
}
