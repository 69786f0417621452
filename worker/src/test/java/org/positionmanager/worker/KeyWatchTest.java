package org.positionmanager.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.alert.Alerts;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.worker.config.ConfigurationWatch;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;

/** Whom a key belongs to, as a broker answers that is asked again. */
class KeyWatchTest {
  @TempDir private Path folder;
  private final List<String> ended = new ArrayList<>();
  private final Written alerts = new Written();
  private long breaks = 3;
  private int asked;
  private String answer = "PA1";
  private Optional<BrokerException> failure = Optional.empty();
  private KeyWatch watch;

  /** Keeps what is raised and ended. */
  private static final class Written implements Alerts {
    private final List<String> open = new ArrayList<>();

    @Override
    public void raise(NewAlert alert) {
      open.add(alert.key() + ": " + alert.message());
    }

    @Override
    public boolean resolve(Optional<AccountName> account, String key) {
      return open.removeIf(it -> it.startsWith(key));
    }

    @Override
    public void replace(AccountName account, Set<AlertKind> judged, List<NewAlert> now) {
      throw new UnsupportedOperationException("nothing here judges whole kinds");
    }

    @Override
    public List<AlertRecord> open() {
      return List.of();
    }

    @Override
    public List<AlertRecord> all(int atMost) {
      return List.of();
    }

    @Override
    public List<AlertRecord> acknowledge(
        String idOrKey, Optional<AccountName> account, String by, Optional<String> note) {
      return List.of();
    }
  }

  @BeforeEach
  void begin() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("pm.yaml"),
            """
            accounts:
              - name: large
                brokerAccountNumber: PA1
                credentials: {keyEnv: KEY, secretEnv: SECRET}
            """);
    Configuration configuration =
        ConfigurationWatch.begin(file, Map.of("KEY", "id-1", "SECRET", "very-secret"))
            .configuration();
    watch =
        new KeyWatch(
            configuration.served().getFirst(), () -> breaks, this::asked, alerts, ended::add);
    watch.look();
  }

  private String asked() {
    asked++;
    if (failure.isPresent()) {
      throw failure.get();
    }
    return answer;
  }

  private void looks(String number) {
    answer = number;
    watch.look();
  }

  @Test
  @DisplayName("while the connection stands nobody is asked")
  void whileTheConnectionStandsNobodyIsAsked() {
    watch.look();
    assertThat(asked).isZero();
    breaks++;
    watch.look();
    watch.look();
    assertThat(asked).as("once after it broke").isEqualTo(1);
  }

  @Test
  @DisplayName("one answer for another account ends nothing, and is followed by another question")
  void oneAnswerEndsNothing() {
    breaks++;
    looks("PA2");
    looks("PA1");
    breaks++;
    looks("PA2");
    assertThat(ended).isEmpty();
    assertThat(asked).isEqualTo(3);
  }

  @Test
  @DisplayName("two answers for two other accounts are not the same answer")
  void twoOtherAccountsAreNotTheSame() {
    breaks++;
    looks("PA2");
    looks("PA3");
    assertThat(ended).isEmpty();
    looks("PA3");
    assertThat(ended).singleElement().asString().contains("PA3, not to brokerAccountNumber PA1");
  }

  @Test
  @DisplayName("a second answer for the same other account ends the service, told or not")
  void aSecondAnswerEndsTheService() {
    breaks++;
    looks("PA2");
    failure = Optional.of(new BrokerException(BrokerException.Kind.UNAVAILABLE, "nobody there"));
    looks("PA2");
    assertThat(ended).isEmpty();
    failure = Optional.empty();
    looks("PA2");
    assertThat(ended).singleElement().asString().contains("PA2, not to brokerAccountNumber PA1");
    assertThat(alerts.open).as("left to who outlives the rounds").isEmpty();
  }

  @Test
  @DisplayName("a key that is refused is told, and no more once it opens its account")
  void aKeyThatIsRefusedIsTold() {
    breaks++;
    failure = Optional.of(new BrokerException(BrokerException.Kind.UNAUTHORIZED, "not that key"));
    watch.look();
    assertThat(alerts.open).singleElement().asString().contains("the broker refuses its key");
    failure = Optional.empty();
    watch.look();
    watch.look();
    assertThat(alerts.open).isEmpty();
    assertThat(ended).isEmpty();
  }
}
