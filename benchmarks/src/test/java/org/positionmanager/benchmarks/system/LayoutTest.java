package org.positionmanager.benchmarks.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LayoutTest {
  @Test
  @DisplayName("1,000 positions are 50 symbols in each of 20 accounts")
  void spreadsTheBook() {
    Layout layout = Layout.of(1_000, 7);
    List<Holding> book = layout.bookOf(Layout.Group.WATCHED);
    assertThat(book).hasSize(1_000).doesNotHaveDuplicates();
    assertThat(layout.bookSymbols()).hasSize(50);
    assertThat(new HashSet<>(book.stream().map(Holding::account).toList())).hasSize(20);
  }

  @Test
  @DisplayName("a probe's symbol is held by one account, and by nobody in the book")
  void keepsProbesApart() {
    Layout layout = Layout.of(40, 30);
    List<String> symbols =
        layout.probesOf(Layout.Group.WATCHED).stream().map(Holding::symbol).toList();
    assertThat(symbols).hasSize(30).doesNotHaveDuplicates();
    assertThat(symbols).doesNotContainAnyElementsOf(layout.bookSymbols());
  }

  @Test
  @DisplayName("groups have no account in common")
  void keepsGroupsApart() {
    Layout layout = Layout.of(20, 0);
    assertThat(layout.accountsOf(Layout.Group.WATCHED))
        .doesNotContainAnyElementsOf(layout.accountsOf(Layout.Group.REVIEWED))
        .doesNotContainAnyElementsOf(layout.accountsOf(Layout.Group.POLLED));
  }

  @Test
  @DisplayName("what does not divide by the accounts is rounded up")
  void roundsUp() {
    assertThat(Layout.of(25, 0).book()).isEqualTo(40);
    assertThat(Layout.of(3, 0).bookOf(Layout.Group.WATCHED)).hasSize(3);
  }
}
