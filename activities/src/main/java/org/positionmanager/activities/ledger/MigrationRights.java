package org.positionmanager.activities.ledger;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.positionmanager.activities.ledger.LedgerLogins.Duty;

/** What the connected user lacks to set the ledger up and to use it, for an administrator. */
final class MigrationRights {
  /**
   * In the order in which they have to be run. Rights to create count while there are no tables.
   */
  private static final String MISSING =
      """
      with who as (
        select rolname, rolsuper, rolcreaterole,
          current_setting('server_version_num')::int >= 160000 as grants_need_admin,
          ledger.oid is null as to_create,
          to_regnamespace('pm') as schema,
          to_regclass('public.dispatch_executions') as executions,
          (select oid from pg_roles where rolname = 'pm_account') as account_role
        from pg_roles
        left join pg_class ledger on ledger.relname = 'positions'
          and ledger.relnamespace = to_regnamespace('pm')
        where rolname = current_user
      )
      select format('grant create on database %I to %I', current_database(), rolname)
      from who where to_create and schema is null
        and not has_database_privilege(current_database(), 'CREATE')
      union all
      select format('alter schema pm owner to %I', rolname)
      from who where to_create and schema is not null and not has_schema_privilege(schema, 'CREATE')
      union all
      select format('grant create on schema public to %I', rolname)
      from who where to_create and executions is null and not has_schema_privilege('public', 'CREATE')
      union all
      select format('grant %s on public.dispatch_executions to %I', lower(needed), rolname)
      from who, unnest(array['SELECT', 'TRIGGER']) needed
      where to_create and executions is not null and not has_table_privilege(executions, needed)
      union all
      select 'create role pm_account nologin'
      from who where account_role is null and not rolsuper and not rolcreaterole
      union all
      select format('grant pm_account to %I', rolname)
      from who where not rolsuper and case
        when account_role is null then not rolcreaterole
        when pg_has_role(account_role, case when grants_need_admin then 'SET' else 'MEMBER' end)
          then false
        when pg_has_role(account_role, 'MEMBER WITH ADMIN OPTION') then false
        else grants_need_admin or not rolcreaterole end
      """;

  private static final String OWNER_WHERE_NOT_THE_USER =
      """
      select pg_get_userbyid(relowner) from pg_class
      where relname = 'positions' and relnamespace = to_regnamespace('pm')
        and not pg_has_role(relowner, 'USAGE')
      """;

  /** An older ledger does not know of logins. */
  private static final String KNOWS_LOGINS =
      """
      select case when has_schema_privilege('pm', 'USAGE')
        then to_regprocedure('pm.pm_duty()') is not null else false end
      """;

  private MigrationRights() {}

  /** Who may migrate the ledger that there is; empty where the user may, or where there is none. */
  static Optional<String> ownerWhereNotTheUser(Jdbi jdbi) {
    return ask(jdbi, OWNER_WHERE_NOT_THE_USER, String.class).stream().findFirst();
  }

  /**
   * @throws IllegalStateException where another login owns the ledger, or listing every statement
   *     that an administrator has to run
   */
  static void checkOwner(Jdbi jdbi) {
    ownerWhereNotTheUser(jdbi)
        .ifPresent(
            owner -> {
              throw new IllegalStateException(
                  "the ledger was opened as user %s, and only its owner %s may migrate it; run `pm database migrate` as %s"
                      .formatted(user(jdbi), owner, owner));
            });
    check(jdbi);
  }

  /**
   * @throws IllegalStateException where the login was never set up, where row level security would
   *     not hold it, or listing every statement that an administrator has to run
   */
  static void check(Jdbi jdbi) {
    Optional<String> owner = ownerWhereNotTheUser(jdbi);
    if (owner.isPresent()) {
      Optional<Duty> duty = duty(jdbi);
      if (duty.isEmpty()) {
        throw new IllegalStateException(
            "the ledger was opened as user %s, but it is owned by %s, and no row is shown to a login that was not set up; let %s run `pm database grant %s --as worker --account ...`, or connect as the owner"
                .formatted(user(jdbi), owner.get(), owner.get(), user(jdbi)));
      }
      String login = user(jdbi);
      jdbi.useHandle(handle -> LoginCheck.requireBound(handle, login, duty.get()));
      return;
    }
    List<String> grants = ask(jdbi, MISSING, String.class);
    if (!grants.isEmpty()) {
      throw new IllegalStateException(
          "the database user lacks rights to the ledger; let an administrator run: "
              + String.join("; ", grants)
              + "; nothing was changed");
    }
  }

  private static Optional<Duty> duty(Jdbi jdbi) {
    if (!ask(jdbi, KNOWS_LOGINS, Boolean.class).getFirst()) {
      return Optional.empty();
    }
    return ask(jdbi, "select pm.pm_duty()", String.class).stream()
        .filter(Objects::nonNull)
        .findFirst()
        .map(Duty::valueOf);
  }

  private static String user(Jdbi jdbi) {
    return ask(jdbi, "select session_user::text", String.class).getFirst();
  }

  private static <T> List<T> ask(Jdbi jdbi, String query, Class<T> type) {
    return jdbi.withHandle(handle -> handle.createQuery(query).mapTo(type).list());
  }
}
