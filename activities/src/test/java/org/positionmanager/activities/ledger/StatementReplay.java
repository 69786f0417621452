package org.positionmanager.activities.ledger;

import java.lang.StackWalker.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.positionmanager.activities.ledger.StatementRun.Outcome;

/**
 * Runs each statement of the project right before itself, with its own bindings and in the very
 * state that it finds, under identities that must not see or change anything of it; all of that is
 * rolled back. The same run under its own identity says whether there was anything to see.
 */
final class StatementReplay implements SqlLogger {
  /** Registered, and granted to {@link #STRANGER}, only within the replay. */
  static final String OTHER = "zz-other";

  private static final String STRANGER = "replaying_stranger";
  private static final String GRANTED = "replaying_worker";

  /** Of one statement with something to see, and of one without. */
  private static final int REPLAYS = 3;

  private static final int ATTEMPTS = 2000;

  private static final Pattern TABLES =
      Pattern.compile(
          SchemaCheck.expected().stream()
              .filter(line -> line.startsWith("row level security on "))
              .map(line -> line.substring("row level security on ".length()))
              .collect(Collectors.joining("|", "\\b(", "|logins)\\b")));

  /** A statement as it was seen. */
  static final class Seen {
    final boolean touchesAccounts;
    int attempts;
    int replays;

    private Seen(String sql) {
      // a name within quotes is a question to the catalog, not to the table
      touchesAccounts = TABLES.matcher(sql.replaceAll("'[^']*'", "''")).find();
    }
  }

  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
  private final Set<String> prepared = ConcurrentHashMap.newKeySet();

  /** All statements of the project that were run, in one line each. */
  Map<String, Seen> seen() {
    return new TreeMap<>(seen);
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  /** Makes the logins of the replay on a server, and the group role that they are given. */
  void prepare(LedgerDatabase desk) {
    desk.jdbi()
        .useTransaction(
            handle -> {
              DutyGrants.execute(
                  handle,
                  """
                  do $$ declare wanted text; begin
                    foreach wanted in array array['pm_worker', '%1$s', '%2$s'] loop
                      if not exists (select from pg_roles where rolname = wanted) then
                        execute format('create role %%I login', wanted);
                      end if;
                    end loop;
                    alter role pm_worker nologin;
                    grant pm_worker to %1$s, %2$s;
                  end $$
                  """
                      .formatted(STRANGER, GRANTED));
              DutyGrants.give(handle, LedgerLogins.Duty.WORKER);
            });
    prepared.add(url(desk));
  }

  private static String url(LedgerDatabase desk) {
    return desk.jdbi().withHandle(handle -> url(handle.getConnection()));
  }

  private static String url(Connection connection) {
    try {
      return connection.getMetaData().getURL().replaceAll("\\?.*", "");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void logBeforeExecution(StatementContext context) {
    if (!isOfTheProject()) {
      return;
    }
    String sql =
        context
            .getRenderedSql()
            .replaceAll("\\s+", " ")
            .replaceAll(":__(\\w+)_\\d+(,:__\\w+)*", ":$1")
            .strip();
    Seen statement = seen.computeIfAbsent(sql, Seen::new);
    synchronized (statement) {
      if (!statement.touchesAccounts
          || statement.replays >= REPLAYS
          || statement.attempts >= ATTEMPTS
          || !prepared.contains(url(context.getConnection()))
          || !isSuperusers(context.getConnection())) {
        return;
      }
      statement.attempts++;
      try {
        replay(context, sql, statement);
      } catch (SQLException e) {
        violations.add("it cannot be replayed: " + e.getMessage() + ": " + sql);
      }
    }
  }

  /** Nobody else can become another login. */
  private static boolean isSuperusers(Connection connection) {
    try {
      return connection.getMetaData().getUserName().equals("postgres");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tests look into the ledger by statements of their own. */
  private static boolean isOfTheProject() {
    return StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::getDeclaringClass)
                    .filter(it -> it.getName().startsWith("org.positionmanager."))
                    .filter(it -> it != StatementReplay.class)
                    .findFirst())
        .filter(
            it ->
                !it.getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath()
                    .endsWith("/test-classes/"))
        .isPresent();
  }

  private void replay(StatementContext context, String sql, Seen statement) throws SQLException {
    Connection connection = context.getConnection();
    boolean alone = connection.getAutoCommit();
    if (alone) {
      connection.setAutoCommit(false);
    }
    String before = identity(connection);
    Savepoint start = connection.setSavepoint();
    try {
      Outcome own = as(context, List.of());
      connection.rollback(start);
      if (own.failed() || own.isNothing()) {
        return;
      }
      statement.replays++;
      String account = setting(connection);
      for (Map.Entry<String, List<String>> stranger : strangers(account).entrySet()) {
        Outcome theirs = as(context, stranger.getValue());
        connection.rollback(start);
        if (!theirs.isRefused() && !theirs.isNothing()) {
          violations.add("%s: %s: %s".formatted(stranger.getKey(), theirs, sql));
        }
      }
      if (!account.isEmpty()) {
        Outcome granted = as(context, granted(account));
        connection.rollback(start);
        if (!granted.equals(own)) {
          violations.add("a worker's login gets %s, not %s: %s".formatted(granted, own, sql));
        }
      }
    } finally {
      connection.rollback(start);
      String after = identity(connection);
      if (alone) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      if (!before.equals(after)) {
        violations.add("the replay left " + after + " where it found " + before);
      }
    }
  }

  private static Outcome as(StatementContext context, List<String> becoming) throws SQLException {
    try (Statement change = context.getConnection().createStatement()) {
      change.execute("set local lock_timeout = '3s'");
      for (String step : becoming) {
        change.execute(step);
      }
    }
    return StatementRun.of(context);
  }

  /** Who must not see anything of the account, by how they try. */
  private static Map<String, List<String>> strangers(String account) {
    Map<String, List<String>> strangers = new TreeMap<>();
    strangers.put(
        "another account on the owner's login",
        steps(
            STRANGER,
            OTHER,
            "set local role pm_account",
            "set local pm.account = '" + OTHER + "'"));
    strangers.put(
        "another worker's login that claims the account",
        steps(
            STRANGER,
            OTHER,
            "set local session authorization " + STRANGER,
            "set local pm.account = '" + account + "'"));
    strangers.put(
        "another worker's login that names no account",
        steps(
            STRANGER,
            OTHER,
            "set local session authorization " + STRANGER,
            "set local pm.account = ''"));
    return strangers;
  }

  private static List<String> granted(String account) {
    return steps(
        GRANTED,
        account,
        "set local session authorization " + GRANTED,
        "set local pm.account = '" + account + "'");
  }

  private static List<String> steps(String login, String account, String... last) {
    List<String> steps =
        new ArrayList<>(
            List.of(
                "set local role none",
                "insert into pm.accounts (name, broker_account_number) values ('%1$s', 'PA-%1$s')"
                        .formatted(account)
                    + " on conflict do nothing",
                "insert into pm.logins (login, duty) values ('%s', 'WORKER')".formatted(login),
                "insert into pm.account_grants (login, account) values ('%s', '%s')"
                    .formatted(login, account)));
    steps.addAll(List.of(last));
    return steps;
  }

  private static String setting(Connection connection) throws SQLException {
    String account = text(connection, "select coalesce(current_setting('pm.account', true), '')");
    return account.equals(AccountIdentity.NOBODY) ? "" : account;
  }

  private static String identity(Connection connection) throws SQLException {
    return text(
        connection,
        "select session_user || ' as ' || current_user || ' for '"
            + " || coalesce(current_setting('pm.account', true), '')");
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
