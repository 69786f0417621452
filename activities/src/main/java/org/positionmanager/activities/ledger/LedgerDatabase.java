package org.positionmanager.activities.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.positionmanager.workflows.identity.AccountName;

/** Connections to the ledger, and its schema. Never prints a password. */
public final class LedgerDatabase implements AutoCloseable {
  private static final String MIGRATIONS = "classpath:org/positionmanager/ledger/migration";
  private static final String SEARCH_PATH = "set search_path to pm, public";
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  private final Address address;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private LedgerDatabase(Address address, HikariDataSource pool) {
    this.address = address;
    this.pool = pool;
    jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
  }

  /** Where the ledger is; the password is masked in text. */
  public record Address(String jdbcUrl, String user, String password) {
    @Override
    public String toString() {
      return jdbcUrl.replaceAll("\\?.*", "") + " as " + user;
    }
  }

  /** Sees all accounts: for the intake and the command line. */
  public static LedgerDatabase forDesk(Address address, int connections) {
    return open(address, connections, Optional.empty());
  }

  /**
   * Sees one account's rows, whatever is asked: row level security holds every connection to it.
   */
  public static LedgerDatabase forAccount(Address address, int connections, AccountName account) {
    return open(address, connections, Optional.of(account));
  }

  private static LedgerDatabase open(
      Address address, int connections, Optional<AccountName> account) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(address.jdbcUrl());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setPoolName("ledger-" + account.map(AccountName::value).orElse("desk"));
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_WITHIN.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setDataSourceProperties(driverProperties());
    config.setConnectionInitSql(
        account
            .map(name -> SEARCH_PATH + "; set role pm_account; set pm.account = '" + name + "'")
            .orElse(SEARCH_PATH));
    return new LedgerDatabase(address, new HikariDataSource(config));
  }

  private static Properties driverProperties() {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", Long.toString(CONNECT_WITHIN.toSeconds()));
    properties.setProperty("socketTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "position-manager");
    return properties;
  }

  /**
   * A connection for one who keeps it and changes its state, as listening does: a pooled one would
   * hand that state to the next user. The caller closes it.
   */
  Connection connectOutsideThePool() throws SQLException {
    Properties properties = driverProperties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    return DriverManager.getConnection(address.jdbcUrl(), properties);
  }

  /**
   * Brings the schema to the version that this build expects.
   *
   * @throws IllegalStateException saying what to do where that is not possible
   */
  public void migrate() {
    try {
      flyway(pool).migrate();
    } catch (FlywayException e) {
      throw new IllegalStateException(
          "the ledger's schema could not be brought up to date: "
              + e.getMessage().lines().findFirst().orElse("")
              + "; grant the user CREATE and CREATEROLE, or run the migration as the owner",
          e);
    }
  }

  /**
   * Checks that the schema is the one that this build expects, column by column where it writes.
   *
   * @throws IllegalStateException naming what is missing
   */
  public void verify() {
    try {
      flyway(pool).validate();
    } catch (FlywayException e) {
      throw new IllegalStateException(
          "the ledger's schema is not the one this build expects: "
              + e.getMessage().lines().findFirst().orElse("")
              + "; start a worker or intake of this build once to migrate it",
          e);
    }
    SchemaCheck.verify(jdbi);
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
    pool.close();
  }
}
