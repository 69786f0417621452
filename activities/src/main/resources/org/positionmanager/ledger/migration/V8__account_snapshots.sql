-- How accounts stood: each minute while the market is open, at the close, and now and then while it
-- is shut. No build has written the table of this name before.
drop table account_snapshots;

-- at is the exchange's time. What the broker did not tell is null; open_risk leaves out the positions
-- that unknown_risk counts.
create table account_snapshots (
  account      varchar(50) not null references accounts (name),
  at           timestamptz not null,
  recorded_at  timestamptz not null default now(),
  equity       numeric     not null,
  last_equity  numeric     not null,
  cash         numeric     not null,
  buying_power numeric     not null,
  long_value   numeric     not null check (long_value >= 0),
  short_value  numeric     not null check (short_value <= 0),
  open_risk    numeric     not null check (open_risk >= 0),
  unknown_risk int         not null check (unknown_risk >= 0),
  realised     numeric     not null,
  unrealised   numeric,
  awaiting     int         not null check (awaiting >= 0),
  open         int         not null check (open >= 0),
  closing      int         not null check (closing >= 0),
  closed_today int         not null check (closed_today >= 0),
  alerts       int         not null check (alerts >= 0),
  primary key (account, at)
);

grant select, insert, delete on account_snapshots to pm_account;

-- As for the other tables: the account's role sees its account's rows only, forced on the owner too.
alter table account_snapshots enable row level security;
alter table account_snapshots force row level security;
create policy own_account on account_snapshots to pm_account
  using (account = current_setting('pm.account', true));
create policy every_account on account_snapshots to current_user
  using (coalesce(current_setting('pm.account', true), '') in ('', account));
