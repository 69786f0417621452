package org.positionmanager.activities.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.positionmanager.activities.ledger.LedgerLogins.Duty;

/** Whether a login can have a duty: row level security has to hold it, and its role is needed. */
final class LoginCheck {
  /** Row level security binds neither of these, whatever the ledger says. */
  private static final String UNBOUND =
      """
      select case
        when rolsuper then 'is a superuser'
        when rolbypassrls then 'may bypass row level security'
        when pg_has_role(it.oid, (select relowner from pg_class
          where oid = to_regclass('pm.positions')), 'MEMBER') then 'may act as the ledger''s owner'
        when not rolcanlogin then 'is no login'
        else (select format('may become %s, %s', above.rolname, case when above.rolsuper
            then 'a superuser' else 'which bypasses row level security' end)
          from pg_roles above
          where (above.rolsuper or above.rolbypassrls) and pg_has_role(it.oid, above.oid, 'MEMBER')
          order by above.rolname limit 1)
        end
      from pg_roles it where rolname = :login
      """;

  /** In the order in which they have to be run. */
  private static final String MISSING =
      """
      with it as (
        select :role as role, rolsuper or rolcreaterole as may_create,
          (select oid from pg_roles where rolname = :role) as there,
          current_setting('server_version_num')::int >= 160000 as grants_need_admin, rolsuper,
          rolcreaterole
        from pg_roles where rolname = current_user
      )
      select format('create role %I nologin', role) from it where there is null and not may_create
      union all
      select format('grant %I to %I', role, :login) from it
      where case
        when there is null then not may_create
        when pg_has_role(:login, there, 'MEMBER') then false
        when pg_has_role(there, 'MEMBER WITH ADMIN OPTION') then false
        else not rolsuper and (grants_need_admin or not rolcreaterole) end
      union all
      select format('grant select on public.dispatch_executions to %I', role) from it
      where :readsExecutions
        and not has_table_privilege('public.dispatch_executions', 'SELECT WITH GRANT OPTION')
        and (there is null
          or not has_table_privilege(there, 'public.dispatch_executions', 'SELECT'))
      """;

  private static final String IS_MEMBER = "select pg_has_role(:login, :role, 'MEMBER')";

  /** A membership that another granted is another's to take away, but for a superuser. */
  private static final String MAY_TAKE_AWAY =
      """
      select rolsuper or exists (select from pg_auth_members m
        where m.roleid = (select oid from pg_roles where rolname = :role)
          and m.member = (select oid from pg_roles where rolname = :login)
          and m.grantor = r.oid)
      from pg_roles r where rolname = current_user
      """;

  private LoginCheck() {}

  /**
   * @throws IllegalStateException where nothing would hold the login, or listing what an
   *     administrator has to run
   */
  static void require(Handle handle, String login, Duty duty) {
    requireBound(handle, login, duty);
    List<String> missing =
        handle
            .createQuery(MISSING)
            .bind("role", duty.role())
            .bind("login", login)
            .bind("readsExecutions", duty == Duty.INTAKE)
            .mapTo(String.class)
            .list();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "the ledger's owner lacks rights; let an administrator run: %s; then repeat this, nothing was changed"
              .formatted(String.join("; ", missing)));
    }
  }

  /**
   * @throws IllegalStateException where row level security would not hold the login
   */
  static void requireBound(Handle handle, String login, Duty duty) {
    List<String> found =
        handle.createQuery(UNBOUND).bind("login", login).mapTo(String.class).list();
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "the server has no login %s; let an administrator make it, as by: create role \"%s\" login password '...'"
              .formatted(login, login.replace("\"", "\"\"")));
    }
    String unbound = found.getFirst();
    if (unbound != null) {
      throw new IllegalStateException(
          "login %s %s, so that it cannot be kept to what it is granted; give the %s one of its own"
              .formatted(login, unbound, duty.words()));
    }
  }

  /** Makes the duty's role where there is none, gives it its privileges, and the login the role. */
  static void becomeMember(Handle handle, String login, Duty duty) {
    if (!ask(handle, "select exists (select from pg_roles where rolname = :role)", login, duty)) {
      DutyGrants.execute(handle, "create role " + duty.role() + " nologin");
    }
    DutyGrants.give(handle, duty);
    if (!ask(handle, IS_MEMBER, login, duty)) {
      DutyGrants.execute(handle, membership(handle, "grant %I to %I", login, duty));
    }
    if (!ask(handle, "select pg_has_role(:login, :role, 'USAGE')", login, duty)) {
      throw new IllegalStateException(
          "login %s does not inherit what %s may do; let an administrator run: alter role \"%s\" inherit; grant %s to \"%s\""
              .formatted(login, duty.role(), login, duty.role(), login));
    }
  }

  /** Takes the role away; where the owner may not, the statement that does. */
  static Optional<String> leave(Handle handle, String login, Duty duty) {
    boolean known =
        ask(handle, "select exists (select from pg_roles where rolname = :login)", login, duty);
    if (!known || !ask(handle, IS_MEMBER, login, duty)) {
      return Optional.empty();
    }
    String statement = membership(handle, "revoke %I from %I", login, duty);
    if (!ask(handle, MAY_TAKE_AWAY, login, duty)) {
      return Optional.of(statement);
    }
    DutyGrants.execute(handle, statement);
    return Optional.empty();
  }

  private static boolean ask(Handle handle, String question, String login, Duty duty) {
    return handle
        .createQuery(question)
        .bindMap(Map.of("login", login, "role", duty.role()))
        .mapTo(Boolean.class)
        .one();
  }

  private static String membership(Handle handle, String form, String login, Duty duty) {
    return handle
        .createQuery("select format('%s', :role, :login)".formatted(form))
        .bind("role", duty.role())
        .bind("login", login)
        .mapTo(String.class)
        .one();
  }
}
