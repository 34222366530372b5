-- For whose answer a recipient waits who has not left, and for nothing else: once that one answers they are due. Empty where it
-- waits for a time of its own; of what was put off before, nobody knows. TEXT: no page may fail for its length.
ALTER TABLE dispatch_retry ADD COLUMN origin TEXT NOT NULL DEFAULT '';
CREATE INDEX dispatch_retry_origin ON dispatch_retry (origin, due_at) WHERE origin <> '';

-- Of the slice of those who are to be tried again: when somebody was put off last. If that is later than now, a clock was set
-- back since, and nothing tells who is due.
ALTER TABLE dispatch_slice ADD COLUMN put_off_at BIGINT NOT NULL DEFAULT 0;
