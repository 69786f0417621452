package org.positionmanager.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.worker.config.ConfigurationWatch;
import org.positionmanager.workflows.identity.AccountName;

/** Accounts that follow files which really change; each account's life is written down. */
class ReloadTest {
  private static final Map<String, String> KEYS = Map.of("KEY", "id-1", "SECRET", "very-secret");

  @TempDir private Path folder;
  private final List<String> lived = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<AccountName> cleared = new ArrayList<>();
  private final Map<String, AccountLife.State> objections = new ConcurrentHashMap<>();
  private boolean clearable = true;
  private Instant now = Instant.parse("2026-11-22T01:00:00Z");
  private ServedAccounts accounts;
  private Reload reload;

  /** Serves whatever it is given, unless the test objects to its key. */
  private final class Life implements AccountLife {
    private final Configuration.Served account;
    private volatile State state = new State.Connecting("not asked yet");

    private Life(Configuration.Served account) {
      this.account = account;
    }

    @Override
    public Configuration.Served account() {
      return account;
    }

    @Override
    public State state() {
      return state;
    }

    @Override
    public Progress progress() {
      return new Progress(InstantSource.system());
    }

    @Override
    public Optional<State> objection() {
      return Optional.ofNullable(objections.get(account.credentials().keyId()));
    }

    @Override
    public void start() {
      lived.add("start " + account.name());
      state = objection().orElse(new State.Serving());
    }

    @Override
    public void close() {
      if (state instanceof State.Serving) {
        lived.add("end " + account.name());
      }
      state = new State.Closed();
    }
  }

  private static String account(String name) {
    return """
      - name: %s
        brokerAccountNumber: PA-%s
        credentials: {keyFile: KEYFILE-%s, secretEnv: SECRET}
    """
        .formatted(name, name, name);
  }

  private void write(String... parts) throws IOException {
    writeText("accounts:\n" + String.join("", parts));
  }

  private void writeText(String text) throws IOException {
    Files.writeString(
        folder.resolve("pm.yaml"), text.replace("KEYFILE", folder.resolve("key").toString()));
  }

  private void key(String account, String key) throws IOException {
    Files.writeString(folder.resolve("key-" + account), key);
  }

  /** As often as a change needs to be seen as settled. */
  private void look() {
    reload.look();
    reload.look();
  }

  @BeforeEach
  void begin() throws Exception {
    key("large", "k1");
    key("tiny", "k2");
    write(account("large"));
    ConfigurationWatch.Begun begun = ConfigurationWatch.begin(folder.resolve("pm.yaml"), KEYS);
    accounts = new ServedAccounts(begun.configuration(), Life::new, told::add);
    accounts.start();
    reload =
        new Reload(
            accounts, begun.watch(), account -> clearable && cleared.add(account), () -> now);
    look();
    assertThat(lived).containsExactly("start large");
    lived.clear();
  }

  @Test
  void anAccountIsServedOnceTwoLooksSawIt() throws Exception {
    write(account("large"), account("tiny"));
    reload.look();
    assertThat(lived).as("it may be half of what is being written").isEmpty();
    reload.look();
    assertThat(lived).containsExactly("start tiny");
    look();
    assertThat(lived).as("once").containsExactly("start tiny");
  }

  @Test
  void aFileThatIsStillBeingWrittenCountsForNothing() throws Exception {
    write(account("tiny"));
    reload.look();
    write(account("tiny"), account("large"));
    reload.look();
    assertThat(lived).as("large was away for a moment only").isEmpty();
    reload.look();
    assertThat(lived).containsExactly("start tiny");
  }

  @Test
  void anAccountThatIsGoneEndsAndWhatItLeavesBehindIsClearedUntilItIsGone() throws Exception {
    write(account("large"), account("tiny"));
    look();
    lived.clear();
    write(account("large"));
    look();
    assertThat(lived).containsExactly("end tiny");
    assertThat(told).anySatisfy(it -> assertThat(it).contains("tiny is gone"));
    clearable = false;
    reload.leave();
    clearable = true;
    reload.leave();
    reload.leave();
    assertThat(cleared).containsExactly(new AccountName("tiny"));
  }

  @Test
  void nothingIsClearedOfAnAccountThatIsServedAgain() throws Exception {
    write(account("large"), account("tiny"));
    look();
    write(account("large"));
    look();
    write(account("large"), account("tiny"));
    look();
    reload.leave();
    assertThat(cleared).isEmpty();
    assertThat(lived).containsExactly("start tiny", "end tiny", "start tiny");
  }

  @Test
  void anotherKeyInItsFileRestartsThatAccountOnly() throws Exception {
    write(account("large"), account("tiny"));
    look();
    lived.clear();
    key("tiny", "k3");
    look();
    assertThat(lived).containsExactly("end tiny", "start tiny");
  }

  @Test
  void anAccountGoesOnWhereTheNewKeyIsRefused() throws Exception {
    objections.put("k3", new AccountLife.State.Refused("the key belongs to somebody else"));
    key("large", "k3");
    look();
    assertThat(lived).isEmpty();
    assertThat(accounts.now().notInEffect())
        .containsExactly("account large goes on as before: the key belongs to somebody else");
    key("large", "k1");
    look();
    assertThat(lived).as("it was never gone").isEmpty();
    assertThat(accounts.now().notInEffect()).isEmpty();
    assertThat(told)
        .containsExactly(
            "the configuration has changed: account large goes on as before: the key belongs to"
                + " somebody else",
            "the configuration is in effect as it stands");
  }

  @Test
  void aNewKeyThatCannotBeCheckedYetIsTriedAgainAndToldOnce() throws Exception {
    objections.put("k3", new AccountLife.State.Connecting("the broker is away"));
    key("large", "k3");
    look();
    objections.clear();
    look();
    assertThat(lived).as("not with each look").isEmpty();
    now = now.plus(Reload.AGAIN_AFTER);
    look();
    assertThat(lived).containsExactly("end large", "start large");
    assertThat(told).filteredOn(it -> it.contains("broker is away")).hasSize(1);
  }

  @Test
  void aFileThatIsWrongChangesNothingAndIsToldOnce() throws Exception {
    write(account("large") + "    live: yes\n", account("tiny"));
    look();
    look();
    assertThat(lived).isEmpty();
    assertThat(told)
        .singleElement()
        .asString()
        .contains("all goes on as before", "accounts[0].live is the text yes; write true or false");
    assertThat(accounts.now().notInEffect()).hasSize(1);
    Files.delete(folder.resolve("pm.yaml"));
    look();
    assertThat(lived).isEmpty();
    assertThat(accounts.now().notInEffect()).singleElement().asString().contains("does not exist");
    write(account("large"), account("tiny"));
    look();
    assertThat(lived).containsExactly("start tiny");
    assertThat(accounts.now().notInEffect()).isEmpty();
  }

  @Test
  void anAccountWithoutUsableCredentialsIsShownAndHarmsNoOther() throws Exception {
    write(account("large"), account("tiny"), account("small"));
    look();
    assertThat(lived).containsExactly("start tiny");
    assertThat(accounts.now().unserved())
        .singleElement()
        .satisfies(it -> assertThat(it.name().value()).isEqualTo("small"));
    assertThat(told).anySatisfy(it -> assertThat(it).contains("account small is not served"));
    key("small", "k4");
    look();
    assertThat(lived).containsExactly("start tiny", "start small");
    assertThat(accounts.now().unserved()).isEmpty();
  }

  @Test
  void anAccountWhoseKeyFileIsGoneGoesOn() throws Exception {
    write(account("large"), account("tiny"));
    look();
    lived.clear();
    Files.delete(folder.resolve("key-tiny"));
    look();
    assertThat(lived).isEmpty();
    assertThat(accounts.now().notInEffect())
        .singleElement()
        .asString()
        .contains("account tiny goes on as before", "does not exist");
  }

  @Test
  void whatOnlyARestartBringsInIsToldByNameAndTheAccountsFollowAllTheSame() throws Exception {
    write(account("large"), account("tiny") + "http: {port: 8123}\n");
    look();
    assertThat(lived).containsExactly("start tiny");
    assertThat(told).anySatisfy(it -> assertThat(it).contains("http.port is 8123, but 0"));
  }

  @Test
  void whoIsClosedFollowsNothing() throws Exception {
    accounts.close();
    lived.clear();
    write(account("large"), account("tiny"));
    look();
    assertThat(lived).isEmpty();
  }
}
