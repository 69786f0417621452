-- The entry of the basis that peak and trough belong to: after a split prices are others, and what
-- was seen before it would end the position at once.
alter table armed_exits add column peak_entry numeric check (peak_entry >= 0);
