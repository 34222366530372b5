-- Why those counted as `failed` failed: `403=2 413=17`, by the reason in a word; they add up to `failed`. Of what was counted
-- before, nobody knows.
ALTER TABLE dispatch_slice ADD COLUMN reasons TEXT NOT NULL DEFAULT '';
