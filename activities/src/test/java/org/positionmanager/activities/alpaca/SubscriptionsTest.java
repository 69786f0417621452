package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.live.Unserved;

/** What is asked of a data stream, against a broker with a limit and dislikes. */
class SubscriptionsTest {
  /** Answers requests as Alpaca does: in whole or not at all. */
  private static final class ModelBroker {
    private final int limit;
    private final Set<String> disliked;
    private final Set<String> ignored;
    private final Set<String> follows = new TreeSet<>();
    private int requests;

    ModelBroker(int limit, Set<String> disliked, Set<String> ignored) {
      this.limit = limit;
      this.disliked = disliked;
      this.ignored = ignored;
    }

    void settle(Subscriptions subscriptions) {
      Optional<Subscriptions.Request> next = subscriptions.next();
      while (next.isPresent()) {
        requests++;
        answer(subscriptions, next.get());
        next = subscriptions.next();
      }
    }

    private void answer(Subscriptions subscriptions, Subscriptions.Request request) {
      if (!request.subscribe()) {
        request.symbols().forEach(follows::remove);
        subscriptions.confirmed(follows);
        return;
      }
      Set<String> after = new TreeSet<>(follows);
      after.addAll(request.symbols());
      if (request.symbols().stream().anyMatch(disliked::contains)) {
        subscriptions.refused(false);
      } else if (after.size() > limit) {
        subscriptions.refused(true);
      } else {
        after.removeAll(ignored);
        follows.addAll(after);
        subscriptions.confirmed(follows);
      }
    }
  }

  private static Set<String> symbols(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "S" + i)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Test
  @DisplayName("only the difference is asked for, what goes first")
  void asksForDifferences() {
    Subscriptions subscriptions = new Subscriptions(Integer.MAX_VALUE);
    subscriptions.want(Set.of("A"));
    assertThat(subscriptions.next()).contains(new Subscriptions.Request(true, List.of("A")));
    assertThat(subscriptions.next()).as("one request at a time").isEmpty();
    subscriptions.confirmed(List.of("A"));
    subscriptions.want(Set.of("B"));
    assertThat(subscriptions.next()).contains(new Subscriptions.Request(false, List.of("A")));
    subscriptions.confirmed(List.of());
    assertThat(subscriptions.next()).contains(new Subscriptions.Request(true, List.of("B")));
    subscriptions.confirmed(List.of("B"));
    assertThat(subscriptions.next()).isEmpty();
    assertThat(subscriptions.served()).containsExactly("B");
  }

  @Test
  @DisplayName("a limit is found with few requests: as many as it allows are served")
  void findsTheLimit() {
    ModelBroker broker = new ModelBroker(30, Set.of(), Set.of());
    Subscriptions subscriptions = new Subscriptions(Integer.MAX_VALUE);
    subscriptions.want(symbols(100));
    broker.settle(subscriptions);
    assertThat(subscriptions.served()).hasSize(30);
    assertThat(subscriptions.unserved()).hasSize(70).containsValue(Unserved.OVER_LIMIT);
    assertThat(subscriptions.isOverLimit()).isTrue();
    assertThat(broker.requests).isLessThanOrEqualTo(20);
  }

  @Test
  @DisplayName("room that becomes free is given to those who were over the limit")
  void usesFreedRoom() {
    ModelBroker broker = new ModelBroker(3, Set.of(), Set.of());
    Subscriptions subscriptions = new Subscriptions(Integer.MAX_VALUE);
    subscriptions.want(Set.of("A", "B", "C", "D"));
    broker.settle(subscriptions);
    Set<String> over = subscriptions.unserved().keySet();
    Set<String> wanted = new HashSet<>(over);
    wanted.addAll(List.copyOf(subscriptions.served()).subList(0, 2));
    subscriptions.want(wanted);
    broker.settle(subscriptions);
    assertThat(subscriptions.served()).isEqualTo(wanted);
    assertThat(subscriptions.isOverLimit()).isFalse();
  }

  @Test
  @DisplayName("a symbol that the confirmation lacks is told and not asked for again")
  void tellsWhatIsMissing() {
    ModelBroker broker = new ModelBroker(100, Set.of(), Set.of("B"));
    Subscriptions subscriptions = new Subscriptions(Integer.MAX_VALUE);
    subscriptions.want(Set.of("A", "B", "C"));
    broker.settle(subscriptions);
    assertThat(subscriptions.served()).containsExactlyInAnyOrder("A", "C");
    assertThat(subscriptions.unserved()).isEqualTo(Map.of("B", Unserved.NOT_CONFIRMED));
    assertThat(broker.requests).isEqualTo(1);
  }

  @Test
  @DisplayName("one bad symbol does not keep the others from being followed")
  void isolatesBadSymbols() {
    ModelBroker broker = new ModelBroker(1_000, Set.of("S17", "S400"), Set.of());
    Subscriptions subscriptions = new Subscriptions(Integer.MAX_VALUE);
    subscriptions.want(symbols(600));
    broker.settle(subscriptions);
    assertThat(subscriptions.served()).hasSize(598);
    assertThat(subscriptions.unserved())
        .isEqualTo(Map.of("S17", Unserved.REFUSED, "S400", Unserved.REFUSED));
  }

  @Test
  @DisplayName("a lost connection is asked for everything again")
  void startsAgain() {
    Subscriptions subscriptions = new Subscriptions(Integer.MAX_VALUE);
    subscriptions.want(Set.of("A", "B"));
    new ModelBroker(1, Set.of(), Set.of()).settle(subscriptions);
    assertThat(subscriptions.served()).hasSize(1);
    subscriptions.lost();
    assertThat(subscriptions.unserved()).containsOnlyKeys("A", "B").containsValue(Unserved.PENDING);
    new ModelBroker(2, Set.of(), Set.of()).settle(subscriptions);
    assertThat(subscriptions.served()).hasSize(2);
  }

  @Test
  @DisplayName("a broker that goes on following what was dropped is not asked for ever")
  void givesUpOnWhatSticks() {
    Subscriptions subscriptions = new Subscriptions(Integer.MAX_VALUE);
    subscriptions.want(Set.of("A"));
    subscriptions.next();
    subscriptions.confirmed(List.of("A"));
    subscriptions.want(Set.of());
    assertThat(subscriptions.next()).isPresent();
    subscriptions.confirmed(List.of("A"));
    assertThat(subscriptions.next()).isEmpty();
  }

  @Property(tries = 300)
  void whateverIsWantedOneAfterTheOtherAsMuchIsServedAsCanBe(
      @ForAll @Size(min = 1, max = 6) List<@Size(max = 20) Set<@IntRange(max = 25) Integer>> wants,
      @ForAll @IntRange(min = 0, max = 25) int limit,
      @ForAll @Size(max = 4) Set<@IntRange(max = 25) Integer> bad) {
    Set<String> disliked = bad.stream().map(i -> "S" + i).collect(Collectors.toSet());
    ModelBroker broker = new ModelBroker(limit, disliked, Set.of());
    Subscriptions subscriptions = new Subscriptions(Integer.MAX_VALUE);
    for (Set<Integer> want : wants) {
      Set<String> wanted = want.stream().map(i -> "S" + i).collect(Collectors.toSet());
      subscriptions.want(wanted);
      broker.settle(subscriptions);
      assertThat(broker.follows).isEqualTo(new TreeSet<>(subscriptions.served()));
      Set<String> good = new HashSet<>(wanted);
      good.removeAll(disliked);
      assertThat(subscriptions.served()).hasSize(Math.min(limit, good.size()));
      Set<String> all = new HashSet<>(subscriptions.served());
      all.addAll(subscriptions.unserved().keySet());
      assertThat(all).isEqualTo(wanted);
    }
    assertThat(broker.requests).isLessThan(200);
  }

  @Test
  void whatIsBeyondAKnownLimitIsNeverAskedFor() {
    Subscriptions subscriptions = new Subscriptions(2);
    subscriptions.want(new LinkedHashSet<>(List.of("A", "B", "C")));
    assertThat(subscriptions.next().orElseThrow().symbols()).containsExactly("A", "B");
    subscriptions.confirmed(List.of("A", "B"));
    assertThat(subscriptions.next()).isEmpty();
    assertThat(subscriptions.unserved()).containsOnly(Map.entry("C", Unserved.OVER_LIMIT));
    subscriptions.lost();
    assertThat(subscriptions.next().orElseThrow().symbols())
        .as("known over a new connection too")
        .containsExactly("A", "B");
  }
}
