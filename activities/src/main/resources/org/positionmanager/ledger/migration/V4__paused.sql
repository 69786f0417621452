-- A position that people paused stays paused when its workflow has to be rebuilt.
alter table positions add column paused_because text;

update positions p
set paused_because = (
  select case when e.type = 'PAUSED' then e.text end
  from position_events e
  where (e.account, e.symbol, e.execution_id) = (p.account, p.symbol, p.execution_id)
    and e.type in ('PAUSED', 'RESUMED')
  order by e.sequence desc
  limit 1)
where p.phase not in ('CLOSED', 'NEVER_OPENED');
