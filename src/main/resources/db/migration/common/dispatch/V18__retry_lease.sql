-- Under which lease of which slice it left last: an answer under another says nothing of it. Of what was to be tried again before,
-- nobody is left who could answer.
ALTER TABLE dispatch_retry ADD COLUMN slice BIGINT NOT NULL DEFAULT 0;
ALTER TABLE dispatch_retry ADD COLUMN fence BIGINT NOT NULL DEFAULT 0;
