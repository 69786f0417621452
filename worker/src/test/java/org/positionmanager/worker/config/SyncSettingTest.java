package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.worker.config.PmYaml.GOOD;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.positionmanager.workflows.sync.Adopting;

/** The setting {@code sync.adopt}: what becomes of a holding that nobody tracks. */
class SyncSettingTest {
  @TempDir private Path folder;

  @Test
  void whatWasHeldBeforeBeginsPausedWhereNothingIsSaid() throws Exception {
    assertThat(new PmYaml(folder).read(GOOD).sync().adopt()).isEqualTo(Adopting.PAUSED);
  }

  @ParameterizedTest
  @EnumSource
  void theFileSaysWhatIsAdopted(Adopting adopting) throws Exception {
    String word = adopting.name().toLowerCase(Locale.ROOT);
    Configuration configuration = new PmYaml(folder).read(GOOD + "sync: {adopt: " + word + "}\n");
    assertThat(configuration.sync().adopt()).isEqualTo(adopting);
    assertThat(configuration.effective())
        .contains(new Setting("sync.adopt", word, Setting.Origin.FILE));
  }

  @Test
  void anythingElseIsRefused() throws Exception {
    assertThat(new PmYaml(folder).faults(GOOD + "sync: {adopt: pause}\n"))
        .containsExactly("sync.adopt is the text pause; did you mean paused?");
  }
}
