package org.positionmanager.activities.ledger;

import static java.util.stream.Collectors.joining;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.positionmanager.workflows.identity.AccountName;

/** Connections to the ledger, and its schema. Never prints a password. */
public final class LedgerDatabase implements AutoCloseable {
  private static final String MIGRATIONS = "classpath:org/positionmanager/ledger/migration";
  private static final String SEARCH_PATH = "set search_path to pm, public";
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  private final Address address;
  private final DataSource source;
  private final Runnable closing;
  private final Announcing announcing;
  private final Jdbi jdbi;

  private LedgerDatabase(
      Address address,
      DataSource source,
      Runnable closing,
      Announcing announcing,
      Jdbi connected,
      Optional<AccountName> account) {
    this.address = address;
    this.source = source;
    this.closing = closing;
    this.announcing = announcing;
    jdbi = connected.installPlugin(new PostgresPlugin());
    account.ifPresent(
        name ->
            jdbi.setTransactionHandler(new AccountIdentity(jdbi.getTransactionHandler(), name)));
  }

  /** How what the database announces is heard. */
  interface Announcing {
    /** As {@link Announcements#listen}, on any channel. */
    void listen(
        String channel, Runnable listening, Consumer<List<String>> announced, Duration patience)
        throws SQLException;
  }

  /** Where the ledger is; the password is masked in text. */
  public record Address(String jdbcUrl, String user, String password) {
    @Override
    public String toString() {
      return jdbcUrl.replaceAll("\\?.*", "") + " as " + user;
    }
  }

  /**
   * Sees what its login sees: as the ledger's owner, whom the command line is, all accounts; as a
   * worker's, those that it was granted.
   */
  public static LedgerDatabase forDesk(Address address, int connections) {
    return open(address, connections, Optional.empty());
  }

  /**
   * Sees one account's rows, whatever is asked: row level security holds every transaction to it. A
   * login that was not granted the account gets no transaction, which fails for want of a privilege
   * (42501). Outside a transaction nothing is seen.
   */
  public static LedgerDatabase forAccount(Address address, int connections, AccountName account) {
    return open(address, connections, Optional.of(account));
  }

  private static LedgerDatabase open(
      Address address, int connections, Optional<AccountName> account) {
    HikariDataSource pool =
        account
            .map(name -> poolOfAccounts(address, connections, name.value()))
            .orElseGet(() -> pool(address, connections, "desk", SEARCH_PATH));
    return new LedgerDatabase(
        address,
        pool,
        pool::close,
        (channel, listening, announced, patience) ->
            new Announcements(address, channel).listen(listening, announced, patience),
        Jdbi.create(pool),
        account);
  }

  /** Of an account that shares its connections with others, and hears what they hear. */
  static LedgerDatabase sharing(
      Address address,
      DataSource pool,
      ConnectionFactory share,
      Announcing announcing,
      AccountName account) {
    return new LedgerDatabase(
        address, pool, () -> {}, announcing, Jdbi.create(share), Optional.of(account));
  }

  /** Of connections that are nobody's but while a transaction is an account's. */
  static HikariDataSource poolOfAccounts(Address address, int connections, String name) {
    return pool(address, connections, name, SEARCH_PATH + "; " + AccountIdentity.ofConnections());
  }

  private static HikariDataSource pool(
      Address address, int connections, String name, String first) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(address.jdbcUrl());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setPoolName("ledger-" + name);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_WITHIN.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setDataSourceProperties(driverProperties());
    config.setConnectionInitSql(first);
    return new HikariDataSource(config);
  }

  private static Properties driverProperties() {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", Long.toString(CONNECT_WITHIN.toSeconds()));
    properties.setProperty("socketTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "position-manager");
    return properties;
  }

  /** As {@link Announcing#listen}. */
  void listen(
      String channel, Runnable listening, Consumer<List<String>> announced, Duration patience)
      throws SQLException {
    announcing.listen(channel, listening, announced, patience);
  }

  /**
   * A connection for one who keeps it and changes its state, as listening does: a pooled one would
   * hand that state to the next user. The caller closes it.
   */
  static Connection connectOutsideThePool(Address address) throws SQLException {
    Properties properties = driverProperties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    return DriverManager.getConnection(address.jdbcUrl(), properties);
  }

  /**
   * The same for a long write: what it waits for may take longer than an answer to a command. It
   * finds the ledger's tables as those of the pool do.
   */
  Connection connectForLong() throws SQLException {
    Properties properties = driverProperties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    properties.setProperty("socketTimeout", "0");
    Connection connection = DriverManager.getConnection(address.jdbcUrl(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute(SEARCH_PATH);
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
    return connection;
  }

  /**
   * Makes the ledger ready for what begins now: its owner brings the schema up to date first, any
   * other login only looks whether it is.
   *
   * @throws IllegalStateException saying what to do, and who has to, where it cannot be used
   */
  public void prepare() {
    boolean mayMigrate;
    try {
      mayMigrate = MigrationRights.ownerWhereNotTheUser(jdbi).isEmpty();
    } catch (JdbiException e) {
      throw new IllegalStateException("the ledger cannot be used: " + whatTheDatabaseSaid(e), e);
    }
    if (mayMigrate) {
      migrate();
    }
    verify();
  }

  /**
   * Brings the schema to the version that this build expects, creating it where there is none, and
   * gives logins that were set up what it has more.
   *
   * @return versions that were added, oldest first
   * @throws IllegalStateException saying what to do where that is not possible, for rights that are
   *     missing statement by statement
   */
  public List<String> migrate() {
    try {
      MigrationRights.checkOwner(jdbi);
      List<String> added =
          flyway(source).migrate().migrations.stream().map(it -> it.version).toList();
      DutyGrants.renew(jdbi);
      return added;
    } catch (FlywayException | JdbiException e) {
      throw new IllegalStateException(
          "the ledger's schema could not be brought up to date: "
              + whatTheDatabaseSaid(e)
              + "; nothing was changed, mend what it names and start again",
          e);
    }
  }

  /**
   * Checks that the schema is the one that this build expects: columns, keys, checks, triggers, row
   * level security, functions and grants; and that the user may use it.
   *
   * @throws IllegalStateException listing everything that differs, or every right that is missing
   */
  public void verify() {
    Optional<String> owner = Optional.empty();
    try {
      owner = MigrationRights.ownerWhereNotTheUser(jdbi);
      MigrationRights.check(jdbi);
      flyway(source).validate();
    } catch (FlywayException | JdbiException e) {
      throw new IllegalStateException(
          "the ledger's schema is not the one this build expects: "
              + whatTheDatabaseSaid(e)
              + owner
                  .map("; let its owner %s run `pm database migrate` of this build once"::formatted)
                  .orElse("; run `pm database migrate`, or start a worker or intake of this build"),
          e);
    }
    SchemaCheck.verify(jdbi);
  }

  /** Flyway's own words begin with the name of the script; the reason lies below. */
  private static String whatTheDatabaseSaid(Throwable failure) {
    String said = failure.getMessage();
    for (Throwable it = failure; it != null; it = it.getCause()) {
      if (it instanceof SQLException sql) {
        said = sql.getMessage();
      }
    }
    return said == null ? failure.toString() : said.lines().limit(3).collect(joining(" "));
  }

  private static Flyway flyway(DataSource source) {
    return Flyway.configure()
        .dataSource(source)
        .locations(MIGRATIONS)
        .defaultSchema("pm")
        .createSchemas(true)
        .table("position_manager_schema")
        .load();
  }

  Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public void close() {
    closing.run();
  }
}
