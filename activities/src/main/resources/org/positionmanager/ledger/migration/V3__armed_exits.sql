-- What each account's watch may send without asking: one permission per position, replaced by higher
-- armings. Beside it what the watch has seen, so that a take-over goes on from there.
create table armed_exits (
  account         varchar(50) not null,
  symbol          text        not null,
  execution_id    uuid        not null,
  arming          int         not null check (arming >= 1),
  armed           boolean     not null,
  client_order_id text check (length(client_order_id) <= 128),
  content         jsonb,
  why             text,
  acknowledged    int         not null default 0 check (acknowledged >= 0),
  peak            numeric check (peak >= 0),
  trough          numeric check (trough >= 0),
  evaluated_at    timestamptz,
  fresh_until     timestamptz,
  changed_at      timestamptz not null default now(),
  primary key (account, symbol, execution_id),
  foreign key (account, symbol, execution_id) references positions,
  check (armed = (content is not null)),
  check (armed = (client_order_id is not null)),
  check (armed or why is not null)
);

-- Who holds an account's watch, and when it was last heard of.
create table watches (
  account varchar(50) not null primary key references accounts (name),
  holder  text        not null,
  since   timestamptz not null,
  beat_at timestamptz not null
);

create or replace function pm_announce_armed() returns trigger language plpgsql as $$
begin
  perform pg_notify('pm_armed',
    new.account || '/' || new.symbol || '/' || new.execution_id);
  return null;
end $$;
create trigger armed_exits_announced after insert or update of arming on armed_exits
  for each row execute function pm_announce_armed();

grant select, insert, update on armed_exits, watches to pm_account;

-- As for the other tables: the account's role sees its account's rows only, forced on the owner too.
do $$
declare
  guarded text;
begin
  foreach guarded in array array['armed_exits', 'watches']
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
