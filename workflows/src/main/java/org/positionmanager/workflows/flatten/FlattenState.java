package org.positionmanager.workflows.flatten;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Strategy;

/**
 * All that is known of a flatten, and all that survives continue-as-new. Replaced whole, never
 * edited.
 *
 * @param requests who asked for it, in the order in which they did
 * @param halted whether the intake is known to be halted
 * @param note one sentence for people: what goes on now
 * @param acknowledged the last reply of each position, in the order in which they replied first
 * @param unwatched holdings that nobody watches, as the last good read saw them
 * @param adopted positions that took such holdings over
 * @param flatSince when a good read first found nothing left, in a row; the workflow's time
 * @param quietRounds rounds in a row in which nothing was closed
 * @param trouble why it cannot go on; people were told
 */
public record FlattenState(
    AccountName account,
    List<FlattenRequest> requests,
    boolean halted,
    Step step,
    String note,
    List<CloseAcknowledgement> acknowledged,
    List<UnwatchedHolding> unwatched,
    List<PositionId> adopted,
    Optional<Instant> flatSince,
    int quietRounds,
    Optional<String> trouble) {
  /** What a flatten is at. */
  public enum Step {
    /** Halts the intake and reads what there is. */
    BEGINNING,
    /** Asks positions to close and waits for their replies. */
    CLOSING,
    /** The market is closed: nothing can be sold before it opens. */
    WAITING_FOR_OPEN,
    /** Nothing is left by one good read; a second one has to say so too. */
    CHECKING,
    /** Two good reads found nothing left. */
    FLAT
  }

  public FlattenState {
    requests = List.copyOf(requests);
    acknowledged = List.copyOf(acknowledged);
    unwatched = List.copyOf(unwatched);
    adopted = List.copyOf(adopted);
  }

  /** What a flatten begins with. */
  public static FlattenState asked(AccountName account, FlattenRequest request) {
    return new FlattenState(
        account,
        List.of(request),
        false,
        Step.BEGINNING,
        "begins",
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        0,
        Optional.empty());
  }

  /** Strategies whose positions are closed; empty where all that the account holds is. */
  @JsonIgnore
  public Set<Strategy> strategies() {
    Set<Strategy> asked = EnumSet.noneOf(Strategy.class);
    for (FlattenRequest request : requests) {
      if (request.strategy().isEmpty()) {
        return EnumSet.noneOf(Strategy.class);
      }
      asked.add(request.strategy().get());
    }
    return asked;
  }

  @JsonIgnore
  public boolean isFlat() {
    return step == Step.FLAT;
  }

  @JsonIgnore
  FlattenRequest first() {
    return requests.getFirst();
  }

  /** The last reply of a position. */
  Optional<CloseAcknowledgement> replyOf(PositionId position) {
    return acknowledged.stream().filter(it -> it.position().equals(position)).findFirst();
  }

  /** The number of the command that a position is asked by next. */
  int nextCommandOf(PositionId position) {
    return replyOf(position)
        .map(
            last ->
                last.reply().status() == CloseReply.Status.PART
                    ? last.command() + 1
                    : last.command())
        .orElse(1);
  }

  /** Positions of which nothing is left. */
  @JsonIgnore
  public long closed() {
    return acknowledged.stream().filter(CloseAcknowledgement::isOver).count();
  }

  /** One more request; what was found before has to be looked at again. */
  FlattenState with(FlattenRequest request) {
    if (requests.stream().anyMatch(it -> it.id().equals(request.id()))) {
      return this;
    }
    return changed(
        next -> {
          next.requests = plus(requests, request);
          next.step = Step.BEGINNING;
          next.note = "asked once more by " + request.by();
          next.flatSince = Optional.empty();
          next.quietRounds = 0;
        });
  }

  FlattenState intakeHalted() {
    return changed(next -> next.halted = true);
  }

  FlattenState at(Step now, String words) {
    return changed(
        next -> {
          next.step = now;
          next.note = words;
          if (now != Step.CHECKING && now != Step.FLAT) {
            next.flatSince = Optional.empty();
          }
        });
  }

  FlattenState flatFrom(Instant since) {
    return changed(
        next -> {
          next.step = Step.CHECKING;
          next.note = "nothing is left; a second look has to say so too";
          next.flatSince = Optional.of(since);
          next.quietRounds = 0;
        });
  }

  FlattenState with(CloseAcknowledgement reply) {
    List<CloseAcknowledgement> replies = new ArrayList<>(acknowledged);
    replies.replaceAll(it -> it.position().equals(reply.position()) ? reply : it);
    if (replyOf(reply.position()).isEmpty()) {
      replies.add(reply);
    }
    return changed(next -> next.acknowledged = replies);
  }

  FlattenState seeing(List<UnwatchedHolding> now) {
    return changed(next -> next.unwatched = now);
  }

  /** A position looks after the holding from now on. */
  FlattenState adopting(PositionId position, UnwatchedHolding taken) {
    return changed(
        next -> {
          next.unwatched = unwatched.stream().filter(it -> !it.equals(taken)).toList();
          next.adopted = plus(adopted, position);
        });
  }

  FlattenState afterRounds(int quiet) {
    return changed(next -> next.quietRounds = quiet);
  }

  FlattenState troubledBy(Optional<String> why) {
    return changed(next -> next.trouble = why);
  }

  /** What a change leaves alone stays as it is. */
  private FlattenState changed(Consumer<Next> change) {
    Next next = new Next(this);
    change.accept(next);
    return next.made(account);
  }

  /** The state that is to come, until it is made whole. */
  private static final class Next {
    private List<FlattenRequest> requests;
    private boolean halted;
    private Step step;
    private String note;
    private List<CloseAcknowledgement> acknowledged;
    private List<UnwatchedHolding> unwatched;
    private List<PositionId> adopted;
    private Optional<Instant> flatSince;
    private int quietRounds;
    private Optional<String> trouble;

    Next(FlattenState from) {
      requests = from.requests;
      halted = from.halted;
      step = from.step;
      note = from.note;
      acknowledged = from.acknowledged;
      unwatched = from.unwatched;
      adopted = from.adopted;
      flatSince = from.flatSince;
      quietRounds = from.quietRounds;
      trouble = from.trouble;
    }

    FlattenState made(AccountName account) {
      return new FlattenState(
          account,
          requests,
          halted,
          step,
          note,
          acknowledged,
          unwatched,
          adopted,
          flatSince,
          quietRounds,
          trouble);
    }
  }

  private static <T> List<T> plus(List<T> list, T element) {
    return Stream.concat(list.stream(), Stream.of(element)).toList();
  }
}
