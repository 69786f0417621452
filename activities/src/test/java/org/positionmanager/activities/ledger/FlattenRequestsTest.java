package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.flatten.FlattenRequest;
import org.positionmanager.workflows.plan.Strategy;

/** What a flatten was asked for is kept until it has ended, or was given up. */
@Timeout(60)
class FlattenRequestsTest extends LedgerOnPostgres {
  private static final FlattenRequest ALL = request("r-1", Optional.empty());
  private static final FlattenRequest SOME = request("r-2", Optional.of(Strategy.DAY_TRADE));

  private FlattenLedger flatten;
  private FlattenRequests requests;

  @BeforeEach
  void anAccountThatIsFlattened() {
    migrated();
    flatten = new FlattenLedger(large, LARGE);
    requests = new FlattenRequests(desk);
    flatten.halt("ann", "flatten: news");
    flatten.keep(List.of(ALL));
    flatten.keep(List.of(ALL, SOME));
  }

  private static FlattenRequest request(String id, Optional<Strategy> strategy) {
    return new FlattenRequest(id, "ann", "news", strategy);
  }

  private List<FlattenRequest> pending() {
    return requests.pending(LARGE).stream().map(FlattenRequests.Pending::request).toList();
  }

  @Test
  void whatWasAskedForIsKeptOnceUntilItHasEnded() {
    assertThat(pending()).containsExactly(ALL, SOME);
    flatten.ended(List.of("r-1"));
    assertThat(pending()).containsExactly(SOME);
    flatten.keep(List.of(ALL, SOME));
    assertThat(pending()).as("an end stays one").containsExactly(SOME);
    flatten.ended(List.of("r-1", "r-2"));
    assertThat(pending()).isEmpty();
  }

  @Test
  @DisplayName("who resumes the intake gives up what was asked for before, and nothing later")
  void whoResumesTheIntakeGivesUpWhatWasAskedForBefore() {
    new AccountHalts(desk).resume(LARGE, "ann", "enough");
    assertThat(pending()).isEmpty();
    FlattenRequest later = request("r-3", Optional.empty());
    flatten.keep(List.of(later));
    assertThat(pending()).containsExactly(later);
  }

  @Test
  void whatWasStoppedIsMarkedUntilItGoesOn() {
    requests.stopped(LARGE);
    assertThat(requests.pending(LARGE)).hasSize(2).allMatch(FlattenRequests.Pending::stopped);
    flatten.keep(List.of(ALL, SOME));
    assertThat(requests.pending(LARGE)).hasSize(2).noneMatch(FlattenRequests.Pending::stopped);
  }

  @Test
  void whatWasStoppedStaysSoWhileSomethingElseIsCarriedOut() {
    requests.stopped(LARGE);
    FlattenRequest later = request("r-3", Optional.of(Strategy.DAY_TRADE));
    flatten.keep(List.of(later));
    assertThat(requests.pending(LARGE))
        .filteredOn(it -> !it.stopped())
        .extracting(FlattenRequests.Pending::request)
        .containsExactly(later);
  }

  @Test
  void theEndOfAWholeAccountIsTheEndOfAllThatWasAskedForBefore() {
    requests.stopped(LARGE);
    flatten.keep(List.of(request("r-3", Optional.empty())));
    new FlattenLedger(tiny, TINY).keep(List.of(ALL));
    flatten.ended(List.of("r-3"));
    assertThat(pending()).isEmpty();
    assertThat(requests.pending(TINY)).as("another account's").hasSize(1);
  }

  @Test
  void theEndOfAStrategyIsTheEndOfWhatWasAskedForItBeforeAndOfNothingElse() {
    FlattenRequest another = request("r-3", Optional.of(Strategy.SWING_TRADE));
    flatten.keep(List.of(another));
    flatten.keep(List.of(request("r-4", Optional.of(Strategy.DAY_TRADE))));
    flatten.ended(List.of("r-4"));
    assertThat(pending()).containsExactly(ALL, another);
  }

  @Test
  @DisplayName("incident 1: another account's flatten is neither seen nor ended")
  void anotherAccountsFlattenIsOutOfReach() {
    assertThat(requests.pending(TINY)).isEmpty();
    assertThat(new FlattenRequests(tiny).pending(LARGE)).isEmpty();
    new FlattenRequests(tiny).stopped(LARGE);
    new FlattenRequests(tiny).ended(LARGE, List.of("r-1", "r-2"));
    assertThat(requests.pending(LARGE)).hasSize(2).noneMatch(FlattenRequests.Pending::stopped);
  }
}
