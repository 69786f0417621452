-- What syncs found and did, when each position was looked at last, and the coverage last proved.

-- What a position was announced with, so that its workflow can be started again as it was.
alter table positions add column terms jsonb;

create table sync_runs (
  account    varchar(50) not null references accounts (name),
  run        text        not null,
  started_at timestamptz not null,
  ended_at   timestamptz not null,
  unsure     int         not null check (unsure >= 0),
  failure    text,
  primary key (account, run)
);
create index sync_runs_newest on sync_runs (account, ended_at);

create table sync_findings (
  account      varchar(50) not null,
  run          text        not null,
  number       int         not null check (number >= 1),
  kind         text        not null,
  symbol       text        not null,
  execution_id uuid        not null,
  evidence     text        not null,
  remedy       text        not null,
  done         text,
  failure      text,
  primary key (account, run, number),
  foreign key (account, run) references sync_runs,
  check ((done is null) <> (failure is null))
);

create table position_reviews (
  account      varchar(50) not null,
  symbol       text        not null,
  execution_id uuid        not null,
  reviewed_at  timestamptz not null,
  primary key (account, symbol, execution_id),
  foreign key (account, symbol, execution_id) references positions
);

create table account_coverage (
  account   varchar(50) not null primary key references accounts (name),
  proved_at timestamptz not null,
  held      int         not null check (held >= 0),
  open      int         not null check (open >= 0),
  gaps      jsonb       not null
);

grant select, insert, delete on sync_runs, sync_findings to pm_account;
grant select, insert, update on position_reviews, account_coverage to pm_account;

-- As for the other tables: the account's role sees its account's rows only, forced on the owner too.
do $$
declare
  guarded text;
begin
  foreach guarded in array array['sync_runs', 'sync_findings', 'position_reviews',
    'account_coverage']
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
