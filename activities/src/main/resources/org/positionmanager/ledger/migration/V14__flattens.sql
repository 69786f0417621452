-- Flattens that were begun, by request, until they have ended: one that the engine loses is begun again
-- from here. One that was stopped by hand waits for a person. All of it is the owner's, also where a
-- superuser migrates for it.
select set_config('role', pg_get_userbyid(relowner), true) from pg_class
where oid = 'positions'::regclass;

create table flattens (
  account    varchar(50) not null references accounts (name),
  request    text        not null,
  who        text        not null,
  reason     text        not null,
  strategy   text,
  asked_at   timestamptz not null default now(),
  stopped_at timestamptz,
  ended_at   timestamptz,
  primary key (account, request)
);
grant select, insert, update on flattens to pm_account;
select pm_keep_apart('flattens', 'account');
