package org.positionmanager.worker.engine;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.ForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The long polls for activities that this process has open at the engine. A worker of the SDK that
 * is shut down ends its polls only after the engine has answered that, for which it looks each
 * quarter of a second: until then it is handed work that it has to refuse, and work that is handed
 * to a poll just as it ends is lost until its timeout. Here they can be ended at once.
 */
public final class ActivityPolls implements ClientInterceptor {
  private static final String POLL =
      WorkflowServiceGrpc.getPollActivityTaskQueueMethod().getFullMethodName();

  private final Set<Poll<?, ?>> open = ConcurrentHashMap.newKeySet();

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    ClientCall<Q, A> call = next.newCall(method, options);
    return method.getFullMethodName().equals(POLL) ? new Poll<>(method, call) : call;
  }

  /**
   * Ends those that are open: the engine hears of it ahead of all that is said over the same
   * connection from now on, and who asked is answered that there is no work. Polling has to be
   * suspended before, or the next poll follows.
   *
   * @param taskQueue of one account
   */
  public void end(String taskQueue) {
    open.stream().filter(poll -> poll.taskQueue.equals(taskQueue)).forEach(Poll::end);
  }

  /** How many are open at that task queue. */
  public int open(String taskQueue) {
    return (int) open.stream().filter(poll -> poll.taskQueue.equals(taskQueue)).count();
  }

  private final class Poll<Q, A> extends ForwardingClientCall.SimpleForwardingClientCall<Q, A> {
    private final MethodDescriptor<Q, A> method;
    private volatile String taskQueue = "";
    private volatile boolean ended;

    private Poll(MethodDescriptor<Q, A> method, ClientCall<Q, A> call) {
      super(call);
      this.method = method;
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
      open.add(this);
      super.start(new Answer(listener), headers);
    }

    @Override
    public void sendMessage(Q message) {
      if (message instanceof PollActivityTaskQueueRequest asks) {
        taskQueue = asks.getTaskQueue().getName();
      }
      super.sendMessage(message);
    }

    private void end() {
      ended = true;
      cancel("the worker stops", null);
    }

    private final class Answer
        extends ForwardingClientCallListener.SimpleForwardingClientCallListener<A> {
      private boolean isAnswered;

      private Answer(Listener<A> listener) {
        super(listener);
      }

      @Override
      public void onMessage(A message) {
        isAnswered = true;
        super.onMessage(message);
      }

      @Override
      public void onClose(Status status, Metadata trailers) {
        open.remove(Poll.this);
        if (ended && !isAnswered) {
          // as the engine itself answers where it has no work
          super.onMessage(method.parseResponse(InputStream.nullInputStream()));
          super.onClose(Status.OK, trailers);
        } else {
          super.onClose(status, trailers);
        }
      }
    }
  }
}
