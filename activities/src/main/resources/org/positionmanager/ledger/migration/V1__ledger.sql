-- Account is part of every key. Workers connect as pm_account and see one account's rows only, even
-- where a query forgets to filter. Our tables live in the schema pm (the search path of a
-- migration), so that tables of the replaced system with the same names are left alone; the
-- dispatchers' table stays where they write it.

-- Rights that are missing are named by MigrationRights, before this runs.
do $$
begin
  if not exists (select from pg_roles where rolname = 'pm_account') then
    begin
      create role pm_account nologin;
    exception when duplicate_object or unique_violation then
      null; -- roles belong to the server: the ledger of another database made it at this moment
    end;
  end if;
  -- From 16 on, who creates a role administers it, but may act as it only once it is granted.
  if not pg_has_role(current_user, 'pm_account',
      case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end) then
    execute format('grant pm_account to %I', current_user);
  end if;
end $$;

create table accounts (
  name                  varchar(50) primary key check (name ~ '^[a-z0-9][a-z0-9-]{0,49}$'),
  broker_account_number text        not null unique,
  live                  boolean     not null default false,
  active                boolean     not null default true,
  notes                 text,
  registered_at         timestamptz not null default now()
);

create table account_aliases (
  alias   varchar(50) primary key,
  account varchar(50) not null references accounts (name)
);

-- Written by the dispatchers, read by us; taken as found where it exists already.
do $$
begin
  -- asked first: even "if not exists" needs the right to create
  if to_regclass('public.dispatch_executions') is null then
    create table public.dispatch_executions (
      execution_id        uuid primary key,
      recommendation_id   bigint,
      ticker              text,
      action              text,
      instrument_type     text           default 'STOCK',
      strategy_type       text,
      side                text           default 'long',
      option_symbol       text,
      strike_price        numeric(10, 2),
      premium_paid        numeric(10, 2),
      expiration_date     date,
      contracts           int,
      entry_price         numeric(18, 8),
      qty                 numeric(18, 8),
      notional            numeric(18, 8),
      stop_loss_price     numeric(18, 8),
      take_profit_price   numeric(18, 8),
      max_hold_minutes    int,
      execution_mode      text           default 'SIMULATED',
      simulated_ts        timestamptz    default now(),
      executed_at         timestamptz,
      status              text           default 'PENDING',
      broker_order_id     text,
      stop_order_id       text,
      target_order_id     text,
      explain_json        jsonb,
      risk_json           jsonb,
      sim_json            jsonb,
      features_snapshot   jsonb,
      sentiment_snapshot  jsonb,
      account_name        varchar(50)    default 'large',
      unique (recommendation_id, account_name)
    );
  end if;
end $$;

create or replace function pm_announce_execution() returns trigger language plpgsql as $$
begin
  perform pg_notify('pm_executions', new.execution_id::text);
  return null;
end $$;

create or replace trigger pm_announce_execution after insert on public.dispatch_executions
  for each row execute function pm_announce_execution();

-- What the intake has done with each row; the fingerprint tells whether a row changed since. A row
-- whose handling failed waits until retry_after, so that it never stands in a newer one's way.
create table intake_marks (
  execution_id text primary key,
  outcome      text        not null check (outcome in ('TAKEN', 'QUARANTINED', 'WAITING')),
  position_id  text,
  account_name text,
  field        text,
  reason       text,
  fix          text,
  content      jsonb,
  fingerprint  text        not null,
  attempts     int         not null default 0 check (attempts >= 0),
  retry_after  timestamptz,
  first_seen   timestamptz not null default now(),
  last_seen    timestamptz not null default now(),
  check ((outcome = 'TAKEN') = (position_id is not null)),
  check (outcome <> 'QUARANTINED'
    or (field is not null and reason is not null and fix is not null)),
  check ((outcome = 'WAITING') = (retry_after is not null)),
  check (outcome <> 'WAITING' or reason is not null)
);
create index intake_marks_position on intake_marks (position_id);

create table positions (
  account       varchar(50) not null references accounts (name),
  symbol        text        not null,
  execution_id  uuid        not null,
  phase         text        not null
    check (phase in ('AWAITING_ENTRY', 'PROTECTED', 'EXITING', 'CLOSED', 'NEVER_OPENED')),
  direction     text        not null check (direction in ('LONG', 'SHORT')),
  strategy      text        not null,
  quantity      numeric,
  held          numeric     not null check (held >= 0),
  entry_price   numeric check (entry_price >= 0),
  peak          numeric check (peak >= 0),
  plan_version  int,
  plan          jsonb,
  exits_settled int         not null check (exits_settled >= 0),
  exit_reason   text,
  realised      numeric     not null,
  last_event    int         not null check (last_event >= 0),
  opened_at     timestamptz,
  updated_at    timestamptz not null default now(),
  primary key (account, symbol, execution_id)
);
create index positions_open on positions (account, symbol)
  where phase not in ('CLOSED', 'NEVER_OPENED');

create table position_events (
  account      varchar(50) not null,
  symbol       text        not null,
  execution_id uuid        not null,
  sequence     int         not null check (sequence >= 1),
  type         text        not null,
  at           timestamptz not null,
  text         text        not null,
  details      jsonb       not null,
  recorded_at  timestamptz not null default now(),
  primary key (account, symbol, execution_id, sequence),
  foreign key (account, symbol, execution_id) references positions
);

create or replace function pm_append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger position_events_append_only before update or delete on position_events
  for each statement execute function pm_append_only();
create trigger position_events_not_truncated before truncate on position_events
  for each statement execute function pm_append_only();

create table exits (
  account         varchar(50) not null,
  symbol          text        not null,
  execution_id    uuid        not null,
  exit            int         not null check (exit >= 1),
  attempt         int         not null check (attempt >= 1),
  client_order_id text        not null check (length(client_order_id) <= 128),
  status          text        not null
    check (status in ('ARMED', 'INTENDED', 'SENT', 'REFUSED', 'UNKNOWN', 'FILLED', 'DEAD')),
  reason          text        not null,
  quantity        numeric     not null check (quantity > 0),
  filled          numeric     not null check (filled >= 0),
  average_price   numeric,
  broker_order_id text,
  plan_version    int,
  peak            numeric,
  at              timestamptz not null,
  primary key (account, symbol, execution_id, exit, attempt),
  unique (account, client_order_id),
  foreign key (account, symbol, execution_id) references positions
);

create table position_history (
  account       varchar(50) not null,
  symbol        text        not null,
  execution_id  uuid        not null,
  direction     text        not null check (direction in ('LONG', 'SHORT')),
  strategy      text        not null,
  quantity      numeric     not null check (quantity > 0),
  multiplier    int         not null check (multiplier > 0),
  entry_price   numeric     not null,
  exit_price    numeric     not null,
  realised      numeric     not null,
  reason        text        not null,
  opened_at     timestamptz not null,
  closed_at     timestamptz not null,
  primary key (account, symbol, execution_id),
  foreign key (account, symbol, execution_id) references positions
);

create table alerts (
  id           bigint generated always as identity primary key,
  account      varchar(50) references accounts (name),
  key          text        not null,
  severity     text        not null check (severity in ('INFO', 'WARNING', 'CRITICAL')),
  message      text        not null,
  raised_at    timestamptz not null,
  resolved_at  timestamptz
);
create unique index alerts_open on alerts (coalesce(account, ''), key) where resolved_at is null;

create table account_snapshots (
  account   varchar(50) not null references accounts (name),
  at        timestamptz not null,
  equity    numeric     not null,
  exposure  numeric     not null,
  realised  numeric     not null,
  open      int         not null check (open >= 0),
  primary key (account, at)
);

grant usage on schema pm to pm_account;
grant select on accounts to pm_account;
grant select, insert, update on positions, exits, position_history, alerts to pm_account;
grant select, insert on position_events, account_snapshots to pm_account;

-- Two policies a table, forced on the owner too: the account's role sees its account's rows only; the
-- owner, as which the intake and the command line connect, sees all, unless its session names an account.
do $$
declare
  guarded text;
  key     text;
begin
  foreach guarded in array array['accounts', 'positions', 'position_events', 'exits',
    'position_history', 'alerts', 'account_snapshots']
  loop
    key := case guarded when 'accounts' then 'name' else 'account' end;
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format(
      'create policy own_account on %I to pm_account'
        ' using (%I = current_setting(''pm.account'', true))', guarded, key);
    execute format(
      'create policy every_account on %I to current_user'
        ' using (coalesce(current_setting(''pm.account'', true), '''') in ('''', %I))', guarded, key);
  end loop;
end $$;
