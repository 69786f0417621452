-- The quotes that a position was judged by, thinned, so that other plans can be tried on what really
-- happened. The whole row is the key: a repeated write adds nothing.
create table position_quotes (
  account      varchar(50) not null,
  symbol       text        not null,
  execution_id uuid        not null,
  seen_at      timestamptz not null,
  quoted_at    timestamptz not null,
  bid          numeric     not null check (bid >= 0),
  ask          numeric     not null check (ask >= 0),
  plan_version int         not null check (plan_version >= 1),
  why          text        not null
    check (why in ('FIRST', 'MOVED', 'VERDICT', 'STREAK', 'INTERVAL', 'HIGH', 'LOW', 'LAST')),
  primary key (account, symbol, execution_id, seen_at, quoted_at, bid, ask),
  foreign key (account, symbol, execution_id) references positions
);

grant select, insert on position_quotes to pm_account;

-- As for the other tables: the account's role sees its account's rows only, forced on the owner too.
alter table position_quotes enable row level security;
alter table position_quotes force row level security;
create policy own_account on position_quotes to pm_account
  using (account = current_setting('pm.account', true));
create policy every_account on position_quotes to current_user
  using (coalesce(current_setting('pm.account', true), '') in ('', account));
