-- A key that stops opening its account while it is served is an alert of its own kind.
alter table alerts
  drop constraint alerts_kind_check,
  add check (kind in ('RAPID_CREATION', 'POSITION_LIMIT', 'DAILY_LOSS', 'KILL_SWITCH',
    'LOSING_STREAK', 'UNEXPECTED_SHORT', 'MISMATCH', 'STUCK_EXIT', 'STALE_DATA', 'SILENT_WATCH',
    'NO_LIVE_WORKER', 'LATE_SYNC', 'FAILED_ROWS', 'ENTRY', 'ENTRY_IN_PART', 'NEVER_OPENED', 'PLAN',
    'BLIND', 'PROPOSAL', 'EXIT_REFUSED', 'EXIT_REJECTED', 'HOLDING_MISSING', 'STUCK',
    'STUCK_FLATTEN', 'LEDGER_REFUSED', 'WRONG_ACCOUNT', 'KEY_REFUSED', 'OTHER'));
