-- The counter of the event before: whoever reads on after a counter below that has missed what was taken away meanwhile. Counters
-- alone do not say it, since not each of them is an event's. NULL: not known.
ALTER TABLE live_event ADD COLUMN previous BIGINT;
