-- Logins beside the owner's. What one may do, its group role says (pm_worker, pm_intake, pm_reader:
-- made when the first login of that duty is set up, so that no migration needs more rights than
-- before); which rows it sees, these tables say: a worker's those of the accounts that it was granted,
-- an intake's and a reader's all. An installation with one login, the owner's, has no rows here.
-- All of it is the owner's, also where a superuser migrates for it.
select set_config('role', pg_get_userbyid(relowner), true) from pg_class
where oid = 'positions'::regclass;

create table logins (
  login text        primary key check (login <> ''),
  duty  text        not null check (duty in ('WORKER', 'INTAKE', 'READER')),
  since timestamptz not null default now()
);

create table account_grants (
  login   text        not null references logins (login) on delete cascade,
  account varchar(50) not null references accounts (name),
  since   timestamptz not null default now(),
  primary key (login, account)
);

-- They run as the owner, for the tables above are nobody else's. session_user is who logged in,
-- whatever role the session has taken on since; a setting can be forged, a login cannot.

-- In PL/pgSQL their plans are kept for the session, and the owner, who is most often asked about,
-- is told from the catalog alone. Whom nobody set up is refused: no row would look like no rows.

-- Whether the login may be this account: it is the owner's, or was granted it.
create function pm_may_be(account text) returns boolean
language plpgsql stable security definer set search_path = pm, pg_temp as $$
begin
  if pg_has_role(session_user, current_user, 'USAGE') then
    return true;
  end if;
  return exists (select from account_grants g join logins using (login)
    where g.login = session_user::text and g.account = pm_may_be.account);
end $$;

-- What the login is for; null where it was never set up. For the owner see pm_may_be.
create function pm_duty() returns text
language plpgsql stable security definer set search_path = pm, pg_temp as $$
begin
  return (select duty from logins where login = session_user::text);
end $$;

-- The same; null for the owner, and for who may act as the owner. Refuses all others without one.
create function pm_needed_duty() returns text
language plpgsql stable security definer set search_path = pm, pg_temp as $$
declare
  duty constant text := pm_duty();
begin
  if duty is null and not pg_has_role(session_user, current_user, 'MEMBER') then
    raise insufficient_privilege using
      message = format('login %s is not set up for this ledger, so that no row can be shown to it',
        session_user),
      hint = 'Let the ledger''s owner run `pm database grant`.';
  end if;
  return duty;
end $$;

-- The accounts that the login was granted; only the one that the session names, where it names one.
create function pm_granted_accounts() returns text[]
language plpgsql stable security definer set search_path = pm, pg_temp as $$
begin
  if pg_has_role(session_user, current_user, 'USAGE') or pm_needed_duty() is null then
    return '{}';
  end if;
  return (select coalesce(array_agg(g.account::text), '{}')
    from account_grants g
    where g.login = session_user::text
      and coalesce(current_setting('pm.account', true), '') in ('', g.account));
end $$;

-- Whether the login sees all accounts by its duty.
create function pm_sees_every_account() returns boolean
language plpgsql stable security definer set search_path = pm, pg_temp as $$
begin
  if pg_has_role(session_user, current_user, 'USAGE') then
    return false;
  end if;
  return coalesce(pm_needed_duty() in ('INTAKE', 'READER'), false);
end $$;

-- Row level security of a table that has an account, forced on the owner too. Functions are asked
-- once a statement, in subqueries of their own, not once a row.
--   every_account: the owner, as whom the command line connects, unless its session names an account
--   own_account:   a session that has become an account its login may be
--   granted:       other logins, each by its duty
-- Policies are tried in the order of their names, and one that lets a row through is enough.
create function pm_keep_apart(guarded regclass, account text) returns void
language plpgsql as $$
declare
  own  constant text := 'current_setting(''pm.account'', true)';
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format('drop policy if exists every_account on %s', guarded);
  execute format('drop policy if exists own_account on %s', guarded);
  execute format('create policy every_account on %s to current_user'
    ' using (coalesce(%s, '''') in ('''', %s))', guarded, own, account);
  execute format('create policy own_account on %s to pm_account'
    ' using (%s = %s and (select pm_may_be(%3$s)))', guarded, account, own);
  execute format('create policy "granted" on %s'
    ' using (%s = any ((select pm_granted_accounts())::text[])'
    ' or (select pm_sees_every_account()) and coalesce(%s, '''') in ('''', %2$s))',
    guarded, account, own);
end $$;
revoke execute on function pm_keep_apart from public;

do $$
declare
  guarded name;
begin
  for guarded in select tablename from pg_policies
    where schemaname = 'pm' and policyname = 'own_account'
  loop
    perform pm_keep_apart(format('pm.%I', guarded)::regclass,
      case guarded when 'accounts' then 'name' else 'account' end);
  end loop;
end $$;
select pm_keep_apart('account_aliases', 'account');
-- a row that was not taken in may name an account by an alias, or one that does not exist
select pm_keep_apart('intake_marks',
  'coalesce(split_part(position_id, ''/'', 1), account_name)');

-- A delivery is of its alert's account, whose alert the login has to see: a row under another account
-- would keep the alert from being delivered.
create policy of_its_alert on alert_deliveries as restrictive using (true)
  with check (exists (select from alerts a where a.id = alert_deliveries.alert
    and a.account is not distinct from alert_deliveries.account));

-- Of grants only the owner's: the others ask the functions above, which read them.
alter table account_grants enable row level security;
alter table account_grants force row level security;
create policy every_account on account_grants to current_user
  using (coalesce(current_setting('pm.account', true), '') in ('', account));

-- What is only ever added to, is so by privilege, the owner's included: triggers refuse the rest a
-- superuser too, whom no privilege binds.
revoke update on position_history from pm_account;
do $$
declare
  kept name;
begin
  for kept in select distinct c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'pm'::regnamespace and t.tgfoid = 'pm_append_only'::regproc
  loop
    execute format('revoke update, delete, truncate on pm.%I from public, pm_account, current_user',
      kept);
  end loop;
end $$;

-- One open position of an execution in an instrument. The primary key says so of closed ones too; this
-- index would go on saying it, and serves what reads open positions as the one that it replaces did.
drop index positions_open;
create unique index positions_open on positions (account, symbol, execution_id)
  where phase not in ('CLOSED', 'NEVER_OPENED');

alter table positions
  add check (strategy in ('DAY_TRADE', 'SWING_TRADE', 'CONSERVATIVE', 'STOCK'));
alter table position_history
  add check (strategy in ('DAY_TRADE', 'SWING_TRADE', 'CONSERVATIVE', 'STOCK'));
