-- How the servers of others stand, alike in all inboxes of one host. Written when a host fails first after it took something,
-- while it fails once a day at most, and when it takes something again or speaks.
-- `failing_since`: the first failure since it took something, `failed_at` the last that was noted; null while all is well.
-- `aside_at`: it took nothing for a week when it failed then, and is told nothing new.
ALTER TABLE fediverse_inbox ADD COLUMN failing_since BIGINT;
ALTER TABLE fediverse_inbox ADD COLUMN failed_at BIGINT;
ALTER TABLE fediverse_inbox ADD COLUMN aside_at BIGINT;

-- Until when something that it was to be told may not have arrived there: what was published earlier it may not know.
ALTER TABLE fediverse_inbox ADD COLUMN missed_at BIGINT;
