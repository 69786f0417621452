-- Every row of the replaced system's tables that was taken over, as it was, and what became of it. The
-- key is the row's own, so that a second migration adds nothing; one that could not be read, or whose
-- account was unknown, may become something later. All of it is the owner's, also where a superuser
-- migrates for it.
select set_config('role', pg_get_userbyid(relowner), true) from pg_class
where oid = 'positions'::regclass;

create table migrated_rows (
  source       text        not null,
  source_table text        not null check (source_table in ('dispatch_executions',
    'active_positions', 'position_events', 'position_history', 'account_metadata')),
  source_id    text        not null,
  account      varchar(50) references accounts (name),
  symbol       text,
  execution_id uuid,
  kind         text        not null check (kind in ('WORKFLOW', 'CLOSED', 'DUPLICATE',
    'OTHER_ACCOUNT', 'NOT_HELD', 'SIMULATED', 'CLOSED_BEFORE', 'UNREADABLE', 'ACCOUNT_UNKNOWN',
    'LOOKED_AFTER', 'KEPT')),
  cause        text        not null,
  at           timestamptz,
  content      jsonb       not null,
  migrated_at  timestamptz not null default now(),
  primary key (source, source_table, source_id, kind),
  check (kind not in ('WORKFLOW', 'CLOSED')
    or (account is not null and symbol is not null and execution_id is not null))
);
create index migrated_rows_position on migrated_rows (account, execution_id);
create trigger migrated_rows_append_only before update or delete on migrated_rows
  for each statement execute function pm_append_only();
create trigger migrated_rows_not_truncated before truncate on migrated_rows
  for each statement execute function pm_append_only();

-- An execution from before the migration: the intake never takes it in.
alter table intake_marks
  drop constraint intake_marks_outcome_check,
  add check (outcome in ('TAKEN', 'QUARANTINED', 'WAITING', 'HALTED', 'MIGRATED'));

grant select on migrated_rows to pm_account;

-- As for the other tables: the account's role sees its account's rows only, forced on the owner too.
alter table migrated_rows enable row level security;
alter table migrated_rows force row level security;
create policy own_account on migrated_rows to pm_account
  using (account = current_setting('pm.account', true));
create policy every_account on migrated_rows to current_user
  using (coalesce(current_setting('pm.account', true), '') in ('', account));
