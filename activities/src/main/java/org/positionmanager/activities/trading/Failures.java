package org.positionmanager.activities.trading;

import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.function.Supplier;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;

/** Turns what went wrong into the failure that the engine retries by; its type is an enum name. */
final class Failures {
  /** Failures that are not the broker's. */
  enum Type {
    /** Other exits of ours hold all that is held: wait for them. */
    HELD_BY_OTHER_EXITS,
    /** Holdings and orders do not agree yet. */
    HOLDINGS_UNSETTLED,
    /** An order is not known to be terminal yet. */
    CANCEL_UNCONFIRMED,
    /** The broker does not know an order that it once gave us. */
    ORDER_NOT_FOUND,
    /** More than one order fits an entry equally well: a person has to say which. */
    ENTRY_AMBIGUOUS
  }

  private Failures() {}

  /** A task that came to the worker of another account must never reach its broker. */
  static void requireAccount(PositionId position, AccountName served) {
    WrongAccount.refuse("position " + position, position.account(), served);
  }

  static <T> T mapped(Supplier<T> work) {
    try {
      return work.get();
    } catch (BrokerException e) {
      throw of(e);
    }
  }

  /** Everything is retried: a read is harmless, and a submission answers instead of throwing. */
  static ApplicationFailure of(BrokerException e) {
    ApplicationFailure.Builder failure =
        ApplicationFailure.newBuilder()
            .setType(e.kind().name())
            .setMessage(e.getMessage())
            .setCause(e);
    switch (e.kind()) {
      case RATE_LIMITED ->
          failure
              .setNextRetryDelay(e.retryAfter().orElse(Duration.ofSeconds(5)))
              .setCategory(ApplicationErrorCategory.BENIGN);
      case UNAUTHORIZED -> failure.setNextRetryDelay(Duration.ofMinutes(1));
      case INTERRUPTED -> failure.setCategory(ApplicationErrorCategory.BENIGN);
      case UNAVAILABLE, UNREADABLE, REFUSED -> {}
    }
    return failure.build();
  }

  /** A failure that belongs into logs and alerts: nothing but a person may mend it. */
  static ApplicationFailure visible(Type type, String message) {
    return ApplicationFailure.newBuilder().setType(type.name()).setMessage(message).build();
  }

  /** A failure that time is expected to mend. */
  static ApplicationFailure expected(Type type, String message) {
    return ApplicationFailure.newBuilder()
        .setType(type.name())
        .setMessage(message)
        .setCategory(ApplicationErrorCategory.BENIGN)
        .build();
  }
}
