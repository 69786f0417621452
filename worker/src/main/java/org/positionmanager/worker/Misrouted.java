package org.positionmanager.worker;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.util.function.Consumer;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.activities.trading.WrongAccount;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people of work that came to the worker of another account: activities refuse it, and
 * somebody has put a workflow on the wrong task queue.
 */
final class Misrouted {
  private static final Logger log = LoggerFactory.getLogger(Misrouted.class);

  private final AccountName served;
  private final Consumer<NewAlert> alerts;

  /**
   * @param served whose worker it is
   * @param alerts hears of each; one about the same workflow adds to the one that is open
   */
  Misrouted(AccountName served, Consumer<NewAlert> alerts) {
    this.served = served;
    this.alerts = alerts;
  }

  /** Sees every activity of the worker that it is given to. */
  WorkerInterceptor interceptor() {
    return new WorkerInterceptorBase() {
      @Override
      public ActivityInboundCallsInterceptor interceptActivity(
          ActivityInboundCallsInterceptor next) {
        return new Telling(next);
      }
    };
  }

  private final class Telling extends ActivityInboundCallsInterceptorBase {
    private String workflow = "unknown";

    private Telling(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    /** By the time that it has failed, nobody can be asked whose it was. */
    @Override
    public void init(ActivityExecutionContext context) {
      workflow = context.getInfo().getWorkflowId();
      super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      try {
        return super.execute(input);
      } catch (ApplicationFailure refused) {
        if (WrongAccount.TYPE.equals(refused.getType())) {
          tell(workflow, refused);
        }
        throw refused;
      }
    }
  }

  /** Refused it is in any case; an alert that cannot be raised is told in the log. */
  void tell(String workflow, ApplicationFailure refused) {
    String message =
        "%s: workflow %s lies on task queue %s; terminate it, and start it on its own account's"
            .formatted(refused.getOriginalMessage(), workflow, served.taskQueue());
    try {
      alerts.accept(NewAlert.of(AlertKind.WRONG_ACCOUNT, served, workflow, message));
    } catch (RuntimeException e) {
      log.error("{}; nobody could be told: {}", message, e.getMessage());
    }
  }
}
