package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.identity.AccountName;

/** Accounts as people register and change them. */
class AccountRegistryTest extends LedgerOnPostgres {
  private static final AccountName MIDDLE = new AccountName("middle");

  @BeforeEach
  void schema() {
    migrated();
  }

  private static AccountRegistry.Registered middle(String number, String... aliases) {
    return new AccountRegistry.Registered(MIDDLE, List.of(aliases), number, true);
  }

  private DeskReader.AccountLine line(AccountName name) {
    return new DeskReader(desk)
        .accounts().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  @DisplayName("an account that is added is found by all of its names")
  void adds() {
    registry.add(middle("PA3", "middle-10k"), Optional.of("for tests"));
    assertThat(registry.resolve("middle-10k")).contains(MIDDLE);
    DeskReader.AccountLine added = line(MIDDLE);
    assertThat(added.brokerNumber()).isEqualTo("PA3");
    assertThat(added.live()).isTrue();
    assertThat(added.active()).isTrue();
    assertThat(added.notes()).contains("for tests");
  }

  @Test
  @DisplayName("incident 8: what is taken is refused, and nothing of it is kept")
  void refusesWhatIsTaken() {
    assertThatThrownBy(() -> registry.add(middle("PA3", "large-100k"), Optional.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot take the name large-100k of account large");
    assertThatThrownBy(() -> registry.add(middle("PA1LARGE"), Optional.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("broker account PA1LARGE is registered as account large");
    assertThat(registry.find("middle")).isEmpty();
    registry.add(middle("PA3"), Optional.empty());
    assertThatThrownBy(() -> registry.add(middle("PA3"), Optional.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("account middle is registered already");
  }

  @Test
  @DisplayName("a worker that brings a broker account under a second name is refused in words")
  void oneNameForABrokerAccount() {
    assertThatThrownBy(() -> registry.register(middle("PA2TINY")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("broker account PA2TINY is registered as account tiny");
  }

  @Test
  @DisplayName("aliases are given and taken away")
  void aliases() {
    registry.alias(LARGE, List.of("big", "main"));
    assertThat(registry.resolve("main")).contains(LARGE);
    assertThat(registry.unalias(LARGE, "main")).isTrue();
    assertThat(registry.unalias(LARGE, "main")).isFalse();
    assertThat(registry.unalias(TINY, "big")).as("another's").isFalse();
    assertThat(registry.resolve("main")).isEmpty();
    assertThatThrownBy(() -> registry.alias(TINY, List.of("big")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("account tiny cannot take the name big of account large");
    assertThat(line(LARGE).aliases()).containsExactly("big", "large-100k");
  }

  @Test
  @DisplayName("what a person took out of use stays so, whichever worker starts")
  void outOfUse() {
    assertThat(registry.setActive(TINY, false)).isTrue();
    assertThat(registry.setActive(TINY, false)).isFalse();
    registry.register(new AccountRegistry.Registered(TINY, List.of("tiny-1k"), "PA2TINY", false));
    assertThat(registry.resolve("tiny")).isEmpty();
    assertThat(registry.find("tiny-1k"))
        .hasValueSatisfying(found -> assertThat(found.active()).isFalse());
    assertThat(registry.setActive(TINY, true)).isTrue();
    assertThat(registry.resolve("tiny")).contains(TINY);
  }

  @Test
  @DisplayName("what would be refused or change the money is told without changing anything")
  void objects() {
    assertThat(registry.objection(middle("PA3", "middle-10k"))).isEmpty();
    assertThat(registry.find("middle")).as("asked only").isEmpty();
    registry.add(middle("PA3"), Optional.empty());
    assertThat(registry.objection(middle("PA3"))).isEmpty();
    assertThat(registry.objection(middle("PA4")).orElseThrow())
        .contains("account middle is registered with broker account PA3, not PA4");
    assertThat(registry.objection(middle("PA3", "large-100k")).orElseThrow())
        .contains("cannot take the name large-100k of account large");
    assertThat(
            registry
                .objection(new AccountRegistry.Registered(MIDDLE, List.of(), "PA3", false))
                .orElseThrow())
        .contains("account middle is registered for real money", "live: false");
    assertThat(line(MIDDLE).live()).isTrue();
  }
}
