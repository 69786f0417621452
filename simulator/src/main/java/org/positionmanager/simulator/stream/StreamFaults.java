package org.positionmanager.simulator.stream;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.positionmanager.simulator.market.Span;

/**
 * What goes wrong on the way to a client: messages that come twice, late, in another order or
 * never, while the connection looks healthy. By seed; each stroke is kept in a log. Answers to what
 * a client asks for are never touched.
 */
public final class StreamFaults {
  /** How a fault strikes. */
  public enum Kind {
    /** The message comes twice. */
    DUPLICATE,
    /** The message comes after the next one. */
    REORDER,
    /** The message comes later by real time; those after it do not wait. */
    DELAY,
    /** The message never comes. */
    LOSE,
    /** Nothing comes at all, for as long as the fault is set. */
    SILENCE,
    /** Every value of a field is one that no specification has. */
    UNKNOWN_ENUM;

    /** As people write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * A fault.
   *
   * @param account whose streams; empty for all
   * @param stream path of the endpoint, for instance /stream; empty for all
   * @param share of messages that are struck, 0 to 1
   * @param times it strikes at most
   * @param delay real time, for {@link Kind#DELAY}
   * @param field of an unknown value, for {@link Kind#UNKNOWN_ENUM}; event where left out
   * @param during exchange time in which it strikes; always where left out
   */
  public record Fault(
      int id,
      Kind kind,
      Optional<String> account,
      Optional<String> stream,
      double share,
      long times,
      Duration delay,
      Optional<String> field,
      Optional<Span> during) {
    public Fault {
      // of a life that did not write it
      field = field == null ? Optional.empty() : field;
    }

    private String unknownField() {
      return field.orElse(USUAL_FIELD);
    }

    private boolean concerns(Message message) {
      return kind != Kind.UNKNOWN_ENUM || message.has(unknownField());
    }
  }

  /** What is left of a fault, to go on from. */
  public record State(Fault fault, long left) {}

  /** One stroke. */
  public record Stroke(
      int sequence, int fault, Kind kind, String account, String stream, String message) {}

  /** Does something after real time. */
  interface Later {
    void after(Duration delay, Runnable action);
  }

  private static final String USUAL_FIELD = "event";
  private static final String UNKNOWN_VALUE = "simulated_unknown";
  private static final int LONGEST_LOG = 100_000;

  private final long seed;
  private final Map<Integer, Active> faults = new LinkedHashMap<>();
  private final List<Stroke> log = new ArrayList<>();
  private int lastId;
  private int strokes;

  private static final class Active {
    final Fault fault;
    final SplittableRandom random;
    long left;

    Active(Fault fault, SplittableRandom random) {
      this.fault = fault;
      this.random = random;
    }
  }

  private final Consumer<List<State>> keeper;

  private final InstantSource clock;

  /**
   * Goes on with some.
   *
   * @param clock tells exchange time
   * @param keeper is told of all whenever one is set, ends or is spent
   */
  public StreamFaults(
      long seed, InstantSource clock, List<State> earlier, Consumer<List<State>> keeper) {
    this.seed = seed;
    this.clock = clock;
    this.keeper = keeper;
    for (State state : earlier) {
      activate(state.fault(), state.left());
      lastId = Math.max(lastId, state.fault().id());
    }
  }

  private void activate(Fault fault, long left) {
    Active active = new Active(fault, new SplittableRandom(seed * 31 + fault.id()));
    active.left = left;
    faults.put(fault.id(), active);
  }

  private void keep() {
    keeper.accept(faults.values().stream().map(it -> new State(it.fault, it.left)).toList());
  }

  /** Sets one; its id is given here. */
  public synchronized Fault add(Fault wanted) {
    lastId++;
    Fault fault =
        new Fault(
            lastId,
            wanted.kind(),
            wanted.account(),
            wanted.stream(),
            wanted.share(),
            wanted.times(),
            wanted.delay(),
            wanted.field(),
            wanted.during());
    activate(fault, fault.times());
    keep();
    return fault;
  }

  /** Ends one; false where there is none. */
  public synchronized boolean remove(int id) {
    boolean was = faults.remove(id) != null;
    keep();
    return was;
  }

  /** Those in force. */
  public synchronized List<Fault> active() {
    return faults.values().stream().filter(it -> it.left > 0).map(it -> it.fault).toList();
  }

  /** Every stroke in order. */
  public synchronized List<Stroke> log() {
    return List.copyOf(log);
  }

  /** One client's way through the faults. */
  final class Passage {
    private final String account;
    private final String stream;
    private final Later later;
    private final Consumer<List<Message>> out;
    private final List<Message> heldBack = new ArrayList<>();

    Passage(String account, String stream, Later later, Consumer<List<Message>> out) {
      this.account = account;
      this.stream = stream;
      this.later = later;
      this.out = out;
    }

    /** Passes messages on as far as faults let them. */
    synchronized void pass(List<Message> messages) {
      List<Message> through = new ArrayList<>();
      for (Message message : messages) {
        Optional<Fault> fault = strike(account, stream, message);
        if (fault.isEmpty()) {
          through.add(message);
        } else {
          struck(fault.get(), message, through);
        }
        boolean isHeld = fault.filter(it -> it.kind() == Kind.REORDER).isPresent();
        if (!isHeld && !heldBack.isEmpty()) {
          through.addAll(heldBack);
          heldBack.clear();
        }
      }
      if (!through.isEmpty()) {
        out.accept(through);
      }
    }

    private void struck(Fault fault, Message message, List<Message> through) {
      switch (fault.kind()) {
        case DUPLICATE -> {
          through.add(message);
          through.add(message);
        }
        case REORDER -> heldBack.add(message);
        case DELAY -> later.after(fault.delay(), () -> out.accept(List.of(message)));
        case UNKNOWN_ENUM -> through.add(message.with(fault.unknownField(), UNKNOWN_VALUE));
        case LOSE, SILENCE -> {
          // gone
        }
      }
    }
  }

  private synchronized Optional<Fault> strike(String account, String stream, Message message) {
    for (Active active : faults.values()) {
      Fault fault = active.fault;
      if (active.left > 0
          && fault.account().filter(it -> !it.equals(account)).isEmpty()
          && fault.stream().filter(it -> !it.equals(stream)).isEmpty()
          && fault.concerns(message)
          && fault.during().filter(it -> !it.contains(clock.instant())).isEmpty()
          && active.random.nextDouble() < fault.share()) {
        active.left--;
        if (active.left == 0) {
          keep();
        }
        strokes++;
        if (log.size() < LONGEST_LOG) {
          log.add(
              new Stroke(strokes, fault.id(), fault.kind(), account, stream, message.summary()));
        }
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
