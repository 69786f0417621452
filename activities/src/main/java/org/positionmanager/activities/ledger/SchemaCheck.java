package org.positionmanager.activities.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Whether the schema is the one that this build expects: a table changed by hand is noticed before
 * it matters. The expectation is a description, one line for each column, key, check, trigger,
 * policy, function and grant; what is there besides counts only where it could refuse a write or
 * show a row to the wrong account.
 */
final class SchemaCheck {
  /** Changes with every migration that changes tables; its test prints what it has to say. */
  private static final String EXPECTATION = "/org/positionmanager/ledger/schema.txt";

  /** The dispatchers' table is taken as found: of it only what is read, whatever its types. */
  private static final String DESCRIPTION =
      """
      with ours as (
        select c.oid, c.relname as name, c.relowner, c.relacl, c.relrowsecurity,
          c.relforcerowsecurity
        from pg_class c
        where c.relnamespace = to_regnamespace('pm') and c.relname in ('accounts',
          'account_aliases', 'intake_marks', 'positions', 'position_events', 'exits',
          'position_history', 'position_quotes', 'alerts', 'alert_deliveries', 'account_snapshots',
          'armed_exits', 'watches', 'account_halts', 'kill_switch_days', 'flattens', 'sync_runs',
          'sync_findings', 'position_reviews', 'account_coverage', 'migrated_rows', 'logins', 'account_grants',
          'account_limits', 'exchange_days')
      ), granted as (
        select name, oid, relacl as acl from ours
        union all
        select relname, oid, relacl from pg_class
        where relname = 'position_manager_schema' and relnamespace = to_regnamespace('pm')
        union all
        select 'schema pm', oid, nspacl from pg_namespace where nspname = 'pm'
      ), grantees as (
        select oid, rolname as grantee from pg_roles
        where rolname in ('pm_account', 'pm_worker', 'pm_intake', 'pm_reader')
        union all
        select 0, 'public'
      ), lines as (
        select 1 as part, name, attnum as place,
          format('column %s.%s %s', name, attname, format_type(atttypid, atttypmod))
            || case when attnotnull then ' not null' else '' end
            || case when attidentity <> '' then ' identity'
              when adbin is not null then ' default ' || pg_get_expr(adbin, adrelid)
              else '' end as line
        from ours join pg_attribute on attrelid = ours.oid and attnum > 0 and not attisdropped
        left join pg_attrdef on adrelid = ours.oid and adnum = attnum
        union all
        select 2, name, 0, format('key or check on %s: %s', name, pg_get_constraintdef(k.oid))
        from ours join pg_constraint k on conrelid = ours.oid and contype in ('p', 'u', 'f', 'c')
        union all
        select 3, name, 0, pg_get_indexdef(indexrelid) || case when indisvalid then ''
          else ' (invalid)' end
        from ours join pg_index on indrelid = ours.oid and indisunique
        where not exists (select from pg_constraint where conindid = indexrelid and contype <> 'f')
        union all
        select 4, name, 0, pg_get_triggerdef(t.oid) || case when tgenabled = 'D'
          then ' (disabled)' else '' end
        from (select oid, name from ours
          union all select to_regclass('public.dispatch_executions'), 'dispatch_executions') it
        join pg_trigger t on tgrelid = it.oid and not tgisinternal
        where name <> 'dispatch_executions' or tgname = 'pm_announce_execution'
        union all
        select 5, name, 0, 'row level security on ' || name from ours where relrowsecurity
        union all
        select 6, name, 0, 'row level security forced on the owner of ' || name
        from ours where relforcerowsecurity
        union all
        select 7, name, 0, format('policy %s on %s: %s for %s to %s using %s%s', polname, name,
          case when polpermissive then 'permissive' else 'restrictive' end,
          case polcmd when '*' then 'all' else polcmd::text end,
          (select string_agg(case when role = relowner then 'the owner' when role = 0 then 'public'
            else pg_get_userbyid(role) end, ', ') from unnest(polroles) role),
          pg_get_expr(polqual, polrelid), coalesce(' with check '
            || regexp_replace(pg_get_expr(polwithcheck, polrelid), '\\s+', ' ', 'g'), ''))
        from ours join pg_policy on polrelid = ours.oid
        union all
        select 8, name, 0, format('grant to %s on %s: %s', g.grantee, name,
          string_agg(lower(privilege_type), ', ' order by privilege_type))
        from granted, aclexplode(acl) given join grantees g on g.oid = given.grantee
        group by name, g.grantee
        union all
        select 8, 'dispatch_executions', 0, 'grant to pm_intake on dispatch_executions: select'
        from pg_class, aclexplode(relacl) given join grantees g on g.oid = given.grantee
        where pg_class.oid = to_regclass('public.dispatch_executions')
          and g.grantee = 'pm_intake' and privilege_type = 'SELECT'
        union all
        select 9, name, 0, format('kept from the owner on %s: %s', name,
          string_agg(lower(kept), ', ' order by kept))
        from ours, unnest(array['DELETE', 'TRUNCATE', 'UPDATE']) kept
        where relacl is not null and not exists (select from aclexplode(relacl) given
          where given.grantee = relowner and given.privilege_type = kept)
        group by name
        union all
        select 10, 'pm', 0, format('function %s(%s)%s%s: %s', proname,
          pg_get_function_identity_arguments(p.oid),
          case when not prosecdef then ''
            when proowner = (select relowner from ours where name = 'positions')
            then ' as the owner' else ' as ' || pg_get_userbyid(proowner) end,
          coalesce(' with ' || array_to_string(proconfig, ', '), ''),
          md5(regexp_replace(prosrc, '\\s+', ' ', 'g')))
        from pg_proc p
        where pronamespace = to_regnamespace('pm') and starts_with(proname, 'pm_')
        union all
        select 11, 'dispatch_executions', 0, 'column dispatch_executions.' || attname
        from pg_attribute
        where attrelid = to_regclass('public.dispatch_executions') and not attisdropped
          and attname in ('execution_id', 'ticker', 'instrument_type', 'strategy_type', 'side',
            'option_symbol', 'contracts', 'entry_price', 'qty', 'stop_loss_price',
            'take_profit_price', 'max_hold_minutes', 'execution_mode', 'account_name',
            'simulated_ts')
        union all
        select distinct 12, 'dispatch_executions', 0, 'unique key on dispatch_executions.'
          || attname
        from pg_index join pg_attribute on attrelid = indrelid and attnum = indkey[0]
        where indrelid = to_regclass('public.dispatch_executions') and indisunique
          and indnkeyatts = 1 and indpred is null and attname = 'execution_id'
      )
      select line from lines order by part, name, place, line collate "C"
      """;

  private SchemaCheck() {}

  /**
   * @throws IllegalStateException listing everything that differs
   */
  static void verify(Jdbi jdbi) {
    List<String> found = described(jdbi);
    List<String> differences = differences(expectedBeside(found), found);
    if (!differences.isEmpty()) {
      throw new IllegalStateException(
          "the ledger differs from what this build expects; mend it before positions are managed,"
              + " nothing was started:\n- "
              + String.join("\n- ", differences));
    }
  }

  /** The description that the tables of this build are held to. */
  static List<String> expected() {
    try (InputStream file = SchemaCheck.class.getResourceAsStream(EXPECTATION)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a group role is granted, a line for each table; empty for a role that is none of ours. */
  static List<String> grantsTo(String role, List<String> description) {
    return description.stream().filter(line -> line.startsWith("grant to " + role + " ")).toList();
  }

  /**
   * A group role that nobody has for a login yet is granted nothing: roles belong to the server,
   * and are made when the first such login is set up.
   */
  private static List<String> expectedBeside(List<String> found) {
    List<String> expected = new ArrayList<>(expected());
    for (LedgerLogins.Duty duty : LedgerLogins.Duty.values()) {
      if (grantsTo(duty.role(), found).isEmpty()) {
        expected.removeAll(grantsTo(duty.role(), expected));
      }
    }
    return expected;
  }

  /** The same of the tables as they are; unchanged by what others keep in the schema. */
  static List<String> described(Jdbi jdbi) {
    return jdbi.withHandle(SchemaCheck::described);
  }

  static List<String> described(Handle handle) {
    return handle.createQuery(DESCRIPTION).mapTo(String.class).list();
  }

  private static List<String> differences(List<String> expected, List<String> found) {
    Map<String, String> expectedByMeaning = byMeaning(expected);
    Map<String, String> foundByMeaning = byMeaning(found);
    Map<String, String> columns =
        foundByMeaning.values().stream()
            .filter(SchemaCheck::isColumn)
            .collect(Collectors.toMap(SchemaCheck::columnName, SchemaCheck::columnType));
    List<String> differences = new ArrayList<>();
    expectedByMeaning.forEach(
        (meaning, line) -> {
          if (!foundByMeaning.containsKey(meaning)) {
            String otherType = isColumn(line) ? columns.get(columnName(line)) : null;
            differences.add(
                otherType == null
                    ? "it lacks " + line
                    : "column %s is %s, not %s"
                        .formatted(columnName(line), otherType, columnType(line)));
          }
        });
    Set<String> known =
        expected.stream()
            .filter(SchemaCheck::isColumn)
            .map(SchemaCheck::columnName)
            .collect(Collectors.toSet());
    foundByMeaning.forEach(
        (meaning, line) -> {
          if (!expectedByMeaning.containsKey(meaning) && !isHarmless(line, known)) {
            differences.add("it has besides " + line);
          }
        });
    return differences;
  }

  /** A changed column was told above; one more is harmless if a write may leave it out. */
  private static boolean isHarmless(String line, Set<String> known) {
    return isColumn(line)
        && (known.contains(columnName(line)) || !columnType(line).endsWith(" not null"));
  }

  private static boolean isColumn(String line) {
    return line.startsWith("column ");
  }

  private static String columnName(String line) {
    return line.split(" ", 3)[1];
  }

  private static String columnType(String line) {
    String[] parts = line.split(" ", 3);
    return parts.length < 3 ? "there" : parts[2];
  }

  /** PostgreSQL's versions print the same expression with more or fewer brackets and casts. */
  private static Map<String, String> byMeaning(List<String> lines) {
    Map<String, String> byMeaning = new LinkedHashMap<>();
    for (String line : lines) {
      byMeaning.put(
          line.replaceAll("::(character varying|timestamp with time zone|\\w+)(\\[])?", "")
              .replaceAll("[()]", ""),
          line);
    }
    return byMeaning;
  }
}
