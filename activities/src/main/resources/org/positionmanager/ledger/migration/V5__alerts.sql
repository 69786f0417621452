-- Alerts by kind, how often and when last seen, acknowledged by people, delivered to endpoints.

alter table alerts
  add column kind             text        not null default 'OTHER',
  add column position         text,
  add column first_seen_at    timestamptz not null default now(),
  add column last_seen_at     timestamptz not null default now(),
  add column seen             bigint      not null default 1 check (seen >= 1),
  add column acknowledged_at  timestamptz,
  add column acknowledged_by  text,
  add column acknowledge_note text;

-- Rows from before say by their keys what they are about.
update alerts set
  kind = case
    when key like 'intake/%' then 'FAILED_ROWS'
    when split_part(key, '/', 1) in ('entry', 'entry-in-part', 'never-opened', 'plan', 'blind',
        'proposal', 'exit-refused', 'exit-rejected', 'holding-missing', 'stuck', 'ledger-refused')
      then upper(replace(split_part(key, '/', 1), '-', '_'))
    else 'OTHER' end,
  position = substring(key from '([^/]+/[^/]+/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$'),
  first_seen_at = raised_at,
  last_seen_at = coalesce(resolved_at, raised_at);

alter table alerts
  add check (kind in ('RAPID_CREATION', 'POSITION_LIMIT', 'DAILY_LOSS', 'LOSING_STREAK',
    'UNEXPECTED_SHORT', 'MISMATCH', 'STUCK_EXIT', 'STALE_DATA', 'SILENT_WATCH', 'NO_LIVE_WORKER',
    'LATE_SYNC', 'FAILED_ROWS', 'ENTRY', 'ENTRY_IN_PART', 'NEVER_OPENED', 'PLAN', 'BLIND',
    'PROPOSAL', 'EXIT_REFUSED', 'EXIT_REJECTED', 'HOLDING_MISSING', 'STUCK', 'LEDGER_REFUSED',
    'OTHER')),
  add check ((acknowledged_at is null) = (acknowledged_by is null)),
  add check (acknowledged_at is not null or acknowledge_note is null);

-- What became of each alert at each endpoint. One process at a time has an alert in hand, until
-- taken_until; delivered counts what the endpoint accepted, and names the next delivery.
create table alert_deliveries (
  alert        bigint      not null references alerts (id),
  account      varchar(50) references accounts (name),
  endpoint     text        not null,
  delivered    int         not null default 0 check (delivered >= 0),
  delivered_at timestamptz,
  severity     text check (severity in ('INFO', 'WARNING', 'CRITICAL')),
  attempts     int         not null default 0 check (attempts >= 0),
  next_try     timestamptz,
  taken_until  timestamptz,
  last_error   text,
  primary key (alert, endpoint),
  check ((delivered = 0) = (delivered_at is null)),
  check ((delivered_at is null) = (severity is null))
);

grant select on alert_deliveries to pm_account;

-- As for the other tables: the account's role sees its account's rows only, forced on the owner too.
alter table alert_deliveries enable row level security;
alter table alert_deliveries force row level security;
create policy own_account on alert_deliveries to pm_account
  using (account = current_setting('pm.account', true));
create policy every_account on alert_deliveries to current_user
  using (coalesce(current_setting('pm.account', true), '') in ('', account));

-- Since when a position is in its phase, and when it was recorded first, by the ledger's clock.
alter table positions
  add column phase_since timestamptz not null default now(),
  add column recorded_at timestamptz not null default now();
update positions p set
  phase_since = updated_at,
  recorded_at = coalesce((select min(e.recorded_at) from position_events e
    where (e.account, e.symbol, e.execution_id) = (p.account, p.symbol, p.execution_id)), updated_at);
create index positions_recorded on positions (account, recorded_at);
create index position_history_closed on position_history (account, closed_at);

create or replace function pm_note_phase() returns trigger language plpgsql as $$
begin
  new.phase_since := now();
  return new;
end $$;
create trigger positions_phase_noted before update of phase on positions
  for each row when (old.phase is distinct from new.phase) execute function pm_note_phase();

-- A watch that is given up has no beat any more, but was heard of until then.
alter table watches add column heard_at timestamptz not null default now();
