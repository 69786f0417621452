package org.positionmanager.workflows.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A key tells its kind, also a key that an older build wrote. */
class AlertKindTest {
  @ParameterizedTest
  @EnumSource(AlertKind.class)
  void everyKindIsToldByItsKey(AlertKind kind) {
    assertThat(AlertKind.ofKey(kind.key())).isEqualTo(kind);
    assertThat(AlertKind.ofKey(kind.key("WMT"))).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "stuck/large/WMT/x, STUCK",
    "stuck-exit/large/WMT/x, STUCK_EXIT",
    "entry/large/WMT/x, ENTRY",
    "entry-in-part/large/WMT/x, ENTRY_IN_PART",
    "proposal/roll-proposal/large/WMT/x, PROPOSAL",
    "ledger-refused/large/WMT/x, LEDGER_REFUSED"
  })
  void keysOfWorkflowsTellTheirKinds(String key, AlertKind kind) {
    assertThat(AlertKind.ofKey(key)).isEqualTo(kind);
  }

  @Test
  void aKeyOfABuildToComeIsOther() {
    assertThat(AlertKind.ofKey("somethingNew/large")).isEqualTo(AlertKind.OTHER);
  }
}
