-- Why a host took nothing, when that was noted last: NAMELESS, CERTIFICATE, SILENT, OVERLOADED, BROKEN, MOVED, REFUSES, GONE; with the
-- status that it answered (0: none), and until when it asked to be left alone.
ALTER TABLE fediverse_inbox ADD COLUMN failure VARCHAR(12);
ALTER TABLE fediverse_inbox ADD COLUMN failure_status INTEGER;
ALTER TABLE fediverse_inbox ADD COLUMN failure_until BIGINT;
CREATE INDEX fediverse_inbox_failing ON fediverse_inbox (town_id, host) WHERE failing_since IS NOT NULL;
