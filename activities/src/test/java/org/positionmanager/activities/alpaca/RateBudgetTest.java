package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RateBudgetTest {
  private long now;
  private final RateBudget budget = new RateBudget(20, () -> now);

  private int grant(Urgency urgency, int wanted) {
    int granted = 0;
    for (int i = 0; i < wanted; i++) {
      if (budget.tryTake(budget.enqueue(urgency))) {
        granted++;
      } else {
        break;
      }
    }
    return granted;
  }

  @Test
  void readsLeaveATenthForExitsAndCancels() {
    assertThat(grant(Urgency.READ, 30)).isEqualTo(18);
  }

  @Test
  void exitsMayUseTheWholeMinuteAndNeverMore() {
    assertThat(grant(Urgency.EXIT, 30)).isEqualTo(20);
    now += Duration.ofSeconds(60).toNanos() - 1;
    RateBudget.Place next = budget.enqueue(Urgency.EXIT);
    assertThat(budget.tryTake(next)).isFalse();
  }

  @Test
  void whatIsLeftGrowsAgainAfterAMinute() {
    assertThat(budget.left()).hasValue(20);
    grant(Urgency.EXIT, 5);
    now += Duration.ofSeconds(30).toNanos();
    grant(Urgency.READ, 3);
    assertThat(budget.left()).hasValue(12);
    now += Duration.ofSeconds(30).toNanos();
    assertThat(budget.left()).hasValue(17);
    assertThat(new RateBudget(0, () -> now).left()).as("no limit").isEmpty();
  }

  @Test
  void soManyRequestsTakeTheirShareOfAMinute() {
    assertThat(budget.timeFor(5)).isEqualTo(Duration.ofSeconds(15));
    assertThat(new RateBudget(0, () -> now).timeFor(5)).as("no limit").isZero();
  }

  @Test
  void anExitThatArrivesLaterGoesBeforeAWaitingRead() {
    RateBudget.Place read = budget.enqueue(Urgency.READ);
    RateBudget.Place exit = budget.enqueue(Urgency.EXIT);
    assertThat(budget.tryTake(read)).isFalse();
    assertThat(budget.tryTake(exit)).isTrue();
    assertThat(budget.tryTake(read)).isTrue();
  }

  @Test
  void anExitsReadGoesBeforeOrdinaryReadsAndAfterOrdersAndCancels() {
    RateBudget.Place read = budget.enqueue(Urgency.READ);
    RateBudget.Place exitRead = budget.enqueue(Urgency.EXIT_READ);
    RateBudget.Place cancel = budget.enqueue(Urgency.CANCEL);
    RateBudget.Place exit = budget.enqueue(Urgency.EXIT);
    assertThat(budget.tryTake(exitRead)).isFalse();
    assertThat(budget.tryTake(exit)).isTrue();
    assertThat(budget.tryTake(exitRead)).isFalse();
    assertThat(budget.tryTake(cancel)).isTrue();
    assertThat(budget.tryTake(exitRead)).isTrue();
    assertThat(budget.tryTake(read)).isTrue();
  }

  @Test
  void readsOfExitsLeaveATwentiethForTheOrdersThemselves() {
    assertThat(grant(Urgency.READ, 18)).isEqualTo(18);
    assertThat(grant(Urgency.EXIT_READ, 30)).isEqualTo(1);
    assertThat(budget.tryTake(budget.enqueue(Urgency.EXIT))).isTrue();
  }

  @Test
  @DisplayName("where market data has to wait, exits and what prepares them go on")
  void exitsGoOnWhileReadsWait() {
    budget.blockFor(Duration.ofSeconds(3), Urgency.READ);
    RateBudget.Place read = budget.enqueue(Urgency.READ);
    assertThat(budget.tryTake(read)).isFalse();
    assertThat(grant(Urgency.EXIT_READ, 1)).isOne();
    assertThat(grant(Urgency.CANCEL, 1)).isOne();
    assertThat(grant(Urgency.EXIT, 1)).isOne();
    now += Duration.ofSeconds(3).toNanos();
    assertThat(budget.tryTake(read)).isTrue();
  }

  @Test
  @DisplayName("a shorter wait takes nothing from a longer one")
  void theLongestWaitCounts() {
    budget.blockFor(Duration.ofSeconds(3), Urgency.EXIT);
    budget.blockFor(Duration.ofSeconds(1), Urgency.READ);
    RateBudget.Place read = budget.enqueue(Urgency.READ);
    now += Duration.ofSeconds(2).toNanos();
    assertThat(budget.tryTake(read)).isFalse();
    now += Duration.ofSeconds(1).toNanos();
    assertThat(budget.tryTake(read)).isTrue();
  }

  @Test
  void nothingGoesUntilTheBrokersWaitIsOver() {
    budget.blockFor(Duration.ofSeconds(3), Urgency.EXIT);
    RateBudget.Place exit = budget.enqueue(Urgency.EXIT);
    now += Duration.ofSeconds(2).toNanos();
    assertThat(budget.tryTake(exit)).isFalse();
    now += Duration.ofSeconds(1).toNanos();
    assertThat(budget.tryTake(exit)).isTrue();
  }
}
