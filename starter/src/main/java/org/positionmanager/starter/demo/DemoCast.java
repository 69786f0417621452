package org.positionmanager.starter.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The accounts of a demo, and who opens what: two as scripted, and more that all hold the same
 * instruments, in numbers of their own, so that one mistaken for another would show.
 *
 * @param more accounts beside the two, 0 to {@link #MOST}
 */
record DemoCast(int more) {
  static final int MOST = 200;

  /** Positions of each account beside the two. */
  static final int EACH = 20;

  /** What dispatchers call the large account. */
  private static final String LARGE_ALIAS = "large-100k";

  private static final int CASH_OF_MORE = 500_000;
  private static final int QUANTITIES = 9;

  DemoCast {
    if (more < 0 || more > MOST) {
      throw new IllegalArgumentException("more must be from 0 to %d, not %d".formatted(MOST, more));
    }
  }

  /**
   * One account.
   *
   * @param number at the broker
   * @param calledByDispatchers its name, or an alias
   */
  record Account(String name, String number, String calledByDispatchers, int cash) {}

  List<Account> accounts() {
    return Stream.concat(
            Stream.of(
                new Account("large", "PA3LARGE00001", LARGE_ALIAS, 121_000),
                new Account("tiny", "PA3TINY000001", "tiny", 9_000)),
            IntStream.rangeClosed(1, more).mapToObj(DemoCast::another))
        .toList();
  }

  private static Account another(int index) {
    String name = name(index);
    return new Account(name, "PA3MORE%06d".formatted(index), name, CASH_OF_MORE);
  }

  private static String name(int index) {
    return "more-%03d".formatted(index);
  }

  Account account(String name) {
    return accounts().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  /** All that is opened, the two accounts' first. */
  List<DemoScript.Execution> executions() {
    List<DemoScript.Execution> all = new ArrayList<>(DemoScript.executions());
    for (int index = 1; index <= more; index++) {
      for (int at = 0; at < EACH; at++) {
        DemoScript.Execution same = DemoScript.executions().get(at);
        all.add(same.of(name(index), 1 + (index + at) % QUANTITIES));
      }
    }
    return List.copyOf(all);
  }
}
