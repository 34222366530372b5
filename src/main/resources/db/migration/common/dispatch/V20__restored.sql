-- Whether it is of a backup that was restored when it was not through: then it is held until its town resumes. Of a town that is
-- paused as this is added, that is what was published until it was.
ALTER TABLE dispatch ADD COLUMN restored SMALLINT NOT NULL DEFAULT 0;
UPDATE dispatch SET restored = 1
WHERE settled_at IS NULL
  AND opened_at <= (SELECT CAST(value AS BIGINT) FROM instance WHERE name = 'dispatch.paused.' || dispatch.town_id);
