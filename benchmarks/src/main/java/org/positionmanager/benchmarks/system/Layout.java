package org.positionmanager.benchmarks.system;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which symbols which account holds. Those of the book are held by all accounts of a group, as an
 * index's are; probes are held by one account each, so that they can breach one at a time.
 *
 * @param accounts of each group
 * @param book positions of a group that stay open while probes breach; a multiple of the accounts
 * @param probes symbols that one account each holds
 */
record Layout(int accounts, int book, int probes) {
  static final int ACCOUNTS = 20;

  /** Who looks after an account's positions. */
  enum Group {
    /** A worker with its watches. */
    WATCHED("w"),
    /** A worker without. */
    REVIEWED("r"),
    /** The plain polling loop. */
    POLLED("p");

    private final String prefix;

    Group(String prefix) {
      this.prefix = prefix;
    }

    /** The first letter of its accounts' names. */
    String prefix() {
      return prefix;
    }
  }

  Layout {
    if (accounts < 1 || book < 0 || book % accounts != 0 || probes < 0) {
      throw new IllegalArgumentException(
          "the book must be a multiple of the %d accounts, got %d".formatted(accounts, book));
    }
  }

  /** So many positions, over 20 accounts, or as many as divide them. */
  static Layout of(int positions, int probes) {
    int accounts = Math.min(ACCOUNTS, positions);
    return new Layout(accounts, (positions + accounts - 1) / accounts * accounts, probes);
  }

  /** So many positions that breach each by itself. */
  static Layout probesOnly(int positions) {
    return new Layout(Math.min(ACCOUNTS, positions), 0, positions);
  }

  List<String> accountsOf(Group group) {
    return IntStream.range(0, accounts).mapToObj(i -> "%s%02d".formatted(group.prefix, i)).toList();
  }

  /** Symbols of the book. */
  List<String> bookSymbols() {
    return IntStream.range(0, book / accounts).mapToObj(i -> "B" + i).toList();
  }

  /** All positions of a group's book. */
  List<Holding> bookOf(Group group) {
    List<Holding> all = new ArrayList<>();
    for (String symbol : bookSymbols()) {
      accountsOf(group).forEach(account -> all.add(new Holding(account, symbol)));
    }
    return all;
  }

  List<String> probeSymbols() {
    return IntStream.range(0, probes).mapToObj(i -> "P" + i).toList();
  }

  /** A group's probes, each in the next account. */
  List<Holding> probesOf(Group group) {
    List<String> names = accountsOf(group);
    return IntStream.range(0, probes)
        .mapToObj(i -> new Holding(names.get(i % accounts), "P" + i))
        .toList();
  }
}
