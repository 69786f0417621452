-- Accounts for which the intake takes nothing in: who said so, when and why; append-only, the last
-- entry of an account counts.
create table account_halts (
  account varchar(50) not null references accounts (name),
  number  int         not null check (number >= 1),
  type    text        not null check (type in ('HALTED', 'RESUMED')),
  who     text        not null,
  reason  text        not null,
  at      timestamptz not null default now(),
  primary key (account, number)
);
create trigger account_halts_append_only before update or delete on account_halts
  for each statement execute function pm_append_only();
create trigger account_halts_not_truncated before truncate on account_halts
  for each statement execute function pm_append_only();

-- Rows that waited are taken in as soon as their account is resumed.
create or replace function pm_announce_resumed() returns trigger language plpgsql as $$
begin
  perform pg_notify('pm_executions', new.account);
  return null;
end $$;
create trigger pm_announce_resumed after insert on account_halts
  for each row when (new.type = 'RESUMED') execute function pm_announce_resumed();

-- A good row of a halted account: nobody watches it before its account is resumed.
alter table intake_marks
  drop constraint intake_marks_outcome_check,
  add check (outcome in ('TAKEN', 'QUARANTINED', 'WAITING', 'HALTED')),
  add check (outcome <> 'HALTED' or (reason is not null and account_name is not null));

-- Days on which an account's kill switch closed everything: once a day, however often it is looked at.
create table kill_switch_days (
  account    varchar(50) not null references accounts (name),
  day        date        not null,
  lost       numeric     not null check (lost > 0),
  bound      numeric     not null check (bound > 0),
  tripped_at timestamptz not null default now(),
  started_at timestamptz,
  primary key (account, day)
);

alter table alerts
  drop constraint alerts_kind_check,
  add check (kind in ('RAPID_CREATION', 'POSITION_LIMIT', 'DAILY_LOSS', 'KILL_SWITCH',
    'LOSING_STREAK', 'UNEXPECTED_SHORT', 'MISMATCH', 'STUCK_EXIT', 'STALE_DATA', 'SILENT_WATCH',
    'NO_LIVE_WORKER', 'LATE_SYNC', 'FAILED_ROWS', 'ENTRY', 'ENTRY_IN_PART', 'NEVER_OPENED', 'PLAN',
    'BLIND', 'PROPOSAL', 'EXIT_REFUSED', 'EXIT_REJECTED', 'HOLDING_MISSING', 'STUCK',
    'STUCK_FLATTEN', 'LEDGER_REFUSED', 'OTHER'));

grant select, insert on account_halts to pm_account;

-- As for the other tables: the account's role sees its account's rows only, forced on the owner too.
do $$
declare
  guarded text;
begin
  foreach guarded in array array['account_halts', 'kill_switch_days']
  loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format(
      'create policy own_account on %I to pm_account'
        ' using (account = current_setting(''pm.account'', true))', guarded);
    execute format(
      'create policy every_account on %I to current_user'
        ' using (coalesce(current_setting(''pm.account'', true), '''') in ('''', account))', guarded);
  end loop;
end $$;
