-- What an account may not exceed, by the configuration of the worker that serves it, and whether that
-- keeps rows out. A login that may not write the registry writes this. All of it is the owner's, also
-- where a superuser migrates for it.
select set_config('role', pg_get_userbyid(relowner), true) from pg_class
where oid = 'positions'::regclass;

-- A word for people, such as funded or trial.
alter table accounts add column tier text check (tier ~ '^[a-z0-9][a-z0-9-]{0,29}$');

-- No row: nobody has told them, which is not the same as none.
create table account_limits (
  account         varchar(50) primary key references accounts (name),
  positions       int     check (positions >= 1),
  notional        numeric check (notional > 0),
  contracts       numeric check (contracts > 0),
  daily_loss      numeric check (daily_loss > 0),
  rapid_positions int     check (rapid_positions >= 2),
  rapid_within    interval check (rapid_within > interval '0'),
  gate            boolean not null,
  since           timestamptz not null default now(),
  check ((rapid_positions is null) = (rapid_within is null))
);
-- What was registered before had limits that told, and none that kept rows out.
insert into account_limits (account, gate) select name, false from accounts;
select pm_keep_apart('account_limits', 'account');

-- When the exchange's day began, as a worker of the account reads it: an intake has no broker to ask.
create table exchange_days (
  account  varchar(50) primary key references accounts (name),
  began_at timestamptz not null,
  seen_at  timestamptz not null default now()
);
select pm_keep_apart('exchange_days', 'account');

-- A good row that would take its account above a limit waits, with the limit and its age. One that was
-- let in has its place from then on, before its workflow writes anything down.
alter table intake_marks
  add column limited_by text check (limited_by in ('POSITIONS', 'NOTIONAL', 'CONTRACTS',
    'DAILY_LOSS', 'RAPID_CREATION')),
  add column announced_at timestamptz,
  add column admitted_at timestamptz,
  add column admitted_symbol text,
  add column admitted_quantity numeric,
  add column admitted_price numeric,
  drop constraint intake_marks_outcome_check,
  add check (outcome in ('TAKEN', 'QUARANTINED', 'WAITING', 'HALTED', 'MIGRATED', 'LIMITED')),
  add check ((outcome = 'LIMITED') = (limited_by is not null)),
  add check (outcome <> 'LIMITED'
    or (reason is not null and account_name is not null and announced_at is not null)),
  add check (admitted_at is null
    or (admitted_symbol is not null and admitted_quantity is not null));
create index intake_marks_limited on intake_marks (account_name, announced_at)
  where outcome = 'LIMITED';
create index intake_marks_admitted on intake_marks (admitted_at);
