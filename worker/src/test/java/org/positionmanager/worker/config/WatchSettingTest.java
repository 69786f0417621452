package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.worker.config.PmYaml.GOOD;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The setting {@code watch}: reviews alone protect only where the file says so. */
class WatchSettingTest {
  @TempDir private Path folder;

  @Test
  void positionsAreWatchedWhereNothingIsSaid() throws Exception {
    assertThat(new PmYaml(folder).read(GOOD).watched()).isTrue();
  }

  @Test
  void theFileCanLeaveThemToTheirReviews() throws Exception {
    Configuration configuration = new PmYaml(folder).read(GOOD + "watch: false\n");
    assertThat(configuration.watched()).isFalse();
    assertThat(configuration.effective())
        .contains(new Setting("watch", "false", Setting.Origin.FILE));
  }

  @Test
  void anythingElseIsRefused() throws Exception {
    assertThat(new PmYaml(folder).faults(GOOD + "watch: off-hours\n"))
        .containsExactly("watch is the text off-hours; write true or false");
  }
}
